import { RequestBudget } from "./http/budget";
import { HttpClient } from "./http/client";
import { systemClock } from "./http/clock";
import type { Account } from "./http/request";
import { nodeFetchTransport, UnderWay } from "./http/transport";
import type { ReadConfig, Runtime } from "./lifecycle/platform";
import { UserError } from "./lifecycle/state";
import { systemSigns, watchEngine } from "./engine";
import { version } from "./version";

/** One setting: its key in the stack's configuration, and the variables that stand in for it. */
export interface Setting {
  readonly key: string;
  readonly variables: readonly string[];
}

/** What a platform's API client needs to be told by the user. */
export interface PlatformSettings {
  /** `Miget`. */
  readonly platform: string;
  readonly token: Setting;
  readonly baseUrl: Setting & { readonly default: string };
  readonly advise: Account["advise"];
}

/** Requests to one API that may be under way at once. */
const maxInFlight = 24;

/** A setting's value, and the key or variable that it stands in. */
export interface FoundSetting {
  readonly value: string;
  readonly from: string;
}

/** The value from the configuration, else from the environment; empty text counts as not set. */
export function findSetting(
  setting: Setting,
  config: ReadConfig,
  env: Runtime["env"],
): FoundSetting | undefined {
  const places = [
    { from: setting.key, text: config(setting.key) },
    ...setting.variables.map((from) => ({ from, text: env[from] })),
  ];
  return places
    .map(({ from, text }) => ({ from, value: text?.trim() ?? "" }))
    .find(({ value }) => value !== "");
}

export function settingOf(
  setting: Setting,
  config: ReadConfig,
  env: Runtime["env"],
): string | undefined {
  return findSetting(setting, config, env)?.value;
}

/** Makes API clients; one per base URL and token, so that all of its requests share a budget. */
export class Clients {
  private readonly clients = new Map<string, { client: HttpClient; budget: RequestBudget }>();

  constructor(private readonly settings: PlatformSettings) {}

  /** Throws an error that says what to run if the token is missing or the base URL unsafe. */
  open(
    config: ReadConfig,
    runtime: Runtime,
  ): { client: HttpClient; budget: RequestBudget; account: string } {
    const { platform, token: tokenSetting, baseUrl: urlSetting } = this.settings;
    const token = settingOf(tokenSetting, config, runtime.env);
    if (token === undefined) {
      throw new UserError(
        `${platform} needs an API token. Run \`pulumi config set --secret ${tokenSetting.key} <token>\`, or set the environment variable ${tokenSetting.variables.join(" or ")}.`,
      );
    }
    const baseUrl = safeBaseUrl(
      settingOf(urlSetting, config, runtime.env) ?? urlSetting.default,
      urlSetting,
    );
    const account = `${baseUrl} ${token}`;
    let entry = this.clients.get(account);
    if (entry === undefined) {
      const budget = new RequestBudget(runtime.clock, maxInFlight);
      const client = new HttpClient({
        platform,
        baseUrl,
        token,
        // Found on the engine: these two take the configuration from the state, not from the stack.
        tokenAdvice: `Set a good token with \`pulumi config set --secret ${tokenSetting.key} <token>\` or ${tokenSetting.variables.join(" or ")}, and run \`pulumi up\`: refresh and destroy use the configuration of the last \`up\`.`,
        advise: this.settings.advise,
        userAgent: `pulumi-paas-addons/${version} (node ${process.versions.node})`,
        transport: runtime.transport,
        clock: runtime.clock,
        random: runtime.random,
        budget,
        isAbandoned: runtime.isAbandoned,
        notice: seldom(runtime),
      });
      entry = { client, budget };
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

/**
 * The base URL without a slash at its end. The token travels with every request, so it must be https,
 * or stay on this machine; throws otherwise.
 */
export function safeBaseUrl(text: string, setting: Setting): string {
  const where = `${setting.key} (or ${setting.variables.join(" or ")})`;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new UserError(`${where} is not a URL.`);
  }
  const host = url.hostname.replace(/^\[(.*)\]$/u, "$1");
  const loopback = host === "localhost" || host === "::1" || /^127(?:\.\d{1,3}){3}$/u.test(host);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && loopback)) {
    throw new UserError(
      `${where} must begin with https://; http:// is allowed to this machine only.`,
    );
  }
  if (url.search !== "" || url.hash !== "") {
    throw new UserError(`${where} must not hold a query or a fragment.`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new UserError(`${where} must not hold credentials.`);
  }
  return `${url.origin}${url.pathname.replace(/(?<!\/)\/+$/u, "")}`;
}

let runtime: Runtime | undefined;

/** The real world; one for all providers of this process. */
export function systemRuntime(): Runtime {
  runtime ??= makeRuntime();
  return runtime;
}

function makeRuntime(): Runtime {
  const requests = new UnderWay(nodeFetchTransport(maxInFlight));
  // What was sent before the engine was gone may end; then nothing is left to do here.
  const engine = watchEngine(systemSigns(), () => requests.whenNone(() => process.exit()));
  return {
    clock: systemClock,
    random: Math.random,
    transport: requests.transport,
    env: process.env,
    log: (line) => {
      // The engine shows what the plugin prints under the stack.
      console.log(line);
    },
    isAbandoned: engine.isGone,
    taken: new Set(),
  };
}
