import { isLoopback } from "../http/loopback";
import type { Account } from "../http/request";
import type { Setting } from "../fields/field";
import type { ReadConfig, Runtime } from "./kind";
import { UserError } from "./state";

/** What a platform's API client needs to be told by the user. */
export interface PlatformSettings {
  /** `Miget`. */
  readonly platform: string;
  readonly token: Setting;
  readonly baseUrl: Setting & { readonly default: string };
  readonly advise: Account["advise"];
}

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
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url))) {
    throw new UserError(
      `${where} must begin with https://; http:// is allowed only for this machine.`,
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
