import { findSetting, type FoundSetting, safeBaseUrl } from "../../provider/settings";
import type { Allowance } from "../../http/budget";
import { deadlineIn } from "../../http/deadline";
import {
  AuthenticationError,
  isRequestError,
  messageOf,
  NotFoundError,
  PermissionError,
} from "../../http/errors";
import type { RequestContext, ListedAddon, Runtime } from "../../provider/kind";
import type { Selection } from "../selection";
import type { OpenSource, Scope } from "../source";
import type { StackConfig } from "../stack-config";

/** What came of a call: its answer, or why there is none. */
export type Attempt<T> = { readonly value: T } | Refused;

export interface Refused {
  readonly problem: "token" | "permission" | "missing" | "other";
  /** What happened, without the advice. */
  readonly message: string;
  readonly advice?: string;
}

/** What reading tells about one platform; what comes after a failure is not there. */
export interface RemoteFacts {
  /** Where the token stands, never what it is. */
  readonly token: { readonly from: string; readonly isPlain: boolean } | undefined;
  readonly baseUrl:
    { readonly value: string; readonly from: string | undefined } | { readonly problem: string };
  /** The workspace or team. */
  readonly holder?: string;
  /** The projects or apps that the token sees. */
  readonly scopes?: Attempt<readonly Scope[]>;
  /** The one that was looked into. */
  readonly looked?: {
    readonly scope: string;
    readonly addons: Attempt<number>;
    /** Undefined: there is no add-on to try it with. */
    readonly connection?: Attempt<true | undefined>;
  }[];
  readonly allowance?: Allowance;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Milliseconds for each call with its repetitions: the user waits for the answer. */
const limit = 20_000;

/** Asks the platform, by reading alone. */
export async function remoteFacts(
  { source, scopes: named, holder }: Selection,
  { read: config, isPlain }: StackConfig,
  runtime: Runtime,
): Promise<RemoteFacts> {
  const { settings } = source;
  const call = (): RequestContext => ({ deadline: deadlineIn(runtime.clock, limit), secrets: [] });
  const token = findSetting(settings.token, config, runtime.env);
  const found = findSetting(settings.baseUrl, config, runtime.env);
  const base = baseUrlOf(found, settings.baseUrl);
  const known = {
    token:
      token === undefined
        ? undefined
        : { from: token.from, isPlain: token.from === settings.token.key && isPlain(token.from) },
    baseUrl: base,
    now: runtime.clock.now(),
  };
  if (token === undefined || "problem" in base) return known;
  const opened = source.open({ config, runtime, ...(holder === undefined ? {} : { holder }) });
  const scopes = await attempt(() => opened.scopes(call()));
  const isRefused = "problem" in scopes && scopes.problem === "token";
  const first = "value" in scopes ? scopes.value.slice(0, 1).map(({ id }) => id) : [];
  const looked = [];
  for (const scope of isRefused ? [] : named.length > 0 ? named : first) {
    looked.push(await look(opened, scope, call));
  }
  const allowance = opened.budget.announced();
  return {
    ...known,
    ...(opened.holder === undefined ? {} : { holder: opened.holder }),
    scopes,
    looked,
    ...(allowance === undefined ? {} : { allowance }),
    now: runtime.clock.now(),
  };
}

async function look(opened: OpenSource, scope: string, call: () => RequestContext) {
  const list: Attempt<readonly ListedAddon[]> = await attempt(() => opened.list(scope, call()));
  if ("problem" in list) return { scope, addons: list };
  const connection = await attempt(() => opened.tryConnection(scope, list.value, call()));
  return { scope, addons: { value: list.value.length }, connection };
}

function baseUrlOf(
  found: FoundSetting | undefined,
  setting: Parameters<typeof safeBaseUrl>[1] & { readonly default: string },
): RemoteFacts["baseUrl"] {
  try {
    const value = safeBaseUrl(found?.value ?? setting.default, setting);
    return { value, from: found?.from };
  } catch (error) {
    return { problem: messageOf(error) };
  }
}

async function attempt<T>(work: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    return { problem: problemOf(error), ...inParts(error) };
  }
}

function problemOf(error: unknown): Refused["problem"] {
  if (error instanceof AuthenticationError) return "token";
  if (error instanceof PermissionError) return "permission";
  return error instanceof NotFoundError ? "missing" : "other";
}

/** A message ends with its advice. */
function inParts(error: unknown): Pick<Refused, "message" | "advice"> {
  const message = messageOf(error);
  const advice = isRequestError(error) ? error.failure.advice : undefined;
  if (advice === undefined || !message.endsWith(advice)) return { message };
  return { message: message.slice(0, -advice.length).trim(), advice };
}
