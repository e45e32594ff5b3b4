import { AccountPolling } from "./account-polling";
import { findSetting, type PlatformSettings, safeBaseUrl, settingOf } from "./settings";
import { RequestBudget } from "../http/budget";
import { HttpClient } from "../http/client";
import { maxInFlight } from "../http/transport";
import type { ReadConfig, Runtime } from "./kind";
import { UserError } from "./state";
import { about, type Package } from "../zz_package";

/** The client of one account. */
export interface OpenClient {
  readonly client: HttpClient;
  readonly budget: RequestBudget;
  readonly polling: AccountPolling;
  /** Identifies the account. */
  readonly account: string;
}

/** Makes API clients; one per base URL and token, so that all of its requests share a budget. */
export class Clients {
  private readonly clients = new Map<string, Omit<OpenClient, "account">>();

  constructor(private readonly settings: PlatformSettings) {}

  /** Throws an error that says what to run if the token is missing or the base URL unsafe. */
  open(config: ReadConfig, runtime: Runtime): OpenClient {
    const { platform, token: tokenSetting, baseUrl: urlSetting } = this.settings;
    const token = settingOf(tokenSetting, config, runtime.env);
    if (token === undefined) {
      throw new UserError(
        `${platform} needs an API token. Run \`pulumi config set --secret ${tokenSetting.key} <token>\`, or set the environment variable ${tokenSetting.variables.join(" or ")}.`,
      );
    }
    const address = findSetting(urlSetting, config, runtime.env);
    const baseUrl = safeBaseUrl(address?.value ?? urlSetting.default, urlSetting);
    const account = `${baseUrl} ${token}`;
    let entry = this.clients.get(account);
    if (entry === undefined) {
      const budget = new RequestBudget(runtime.clock, maxInFlight, runtime.random);
      const client = new HttpClient({
        platform,
        baseUrl,
        token,
        addressAdvice:
          address === undefined
            ? "Check the network, and HTTPS_PROXY where there is a proxy."
            : `Check ${address.from}, which is ${baseUrl}, and the network.`,
        // Found on the engine: these two take the configuration from the state, not from the stack.
        tokenAdvice: `Set a good token with \`pulumi config set --secret ${tokenSetting.key} <token>\` or ${tokenSetting.variables.join(" or ")}, and run \`pulumi up\`: refresh and destroy use the configuration of the last \`up\`.`,
        advise: (refusal) => {
          const isOdd = refusal.status === 404 && /^(?:not found\.?)?$/iu.test(refusal.said ?? "");
          const advice = this.settings.advise(refusal);
          return isOdd && address !== undefined
            ? [`Check ${address.from}, which is ${baseUrl}.`, advice].filter(Boolean).join(" ")
            : advice;
        },
        userAgent: userAgent(about),
        transport: runtime.transport,
        clock: runtime.clock,
        random: runtime.random,
        budget,
        isAbandoned: runtime.isAbandoned,
        notice: seldom(runtime),
        debug: runtime.env.PAAS_ADDONS_DEBUG === "1" ? runtime.log : runtime.debug,
      });
      entry = { client, budget, polling: new AccountPolling(runtime.clock, budget) };
      this.clients.set(account, entry);
    }
    return { ...entry, account };
  }
}

/** Shows a line at most every 10 s: with a hundred add-ons they all say the same. */
function seldom({ clock, log }: Runtime): (line: string) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (line) => {
    if (clock.now() - last < 10_000) return;
    last = clock.now();
    log(line);
  };
}

/** With the address of the package, where it has one, for who wonders about its requests. */
export function userAgent({ version, homepage, repository }: Package): string {
  const address = homepage ?? repository;
  const more = address === undefined ? "" : `+${address}; `;
  return `pulumi-paas-addons/${version} (${more}node ${process.versions.node})`;
}
