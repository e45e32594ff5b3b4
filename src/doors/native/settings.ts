import { workspace } from "../../miget/fields";
import * as miget from "../../miget/settings";
import { team } from "../../northflank/fields";
import * as northflank from "../../northflank/settings";
import { type Props, isUnknown } from "../../fields/values";
import type { ReadConfig } from "../../provider/kind";
import { safeBaseUrl } from "../../provider/settings";
import { messageOf } from "../../http/errors";
import type { Failure, Setting } from "../../fields/field";

export const packageName = "paas-addons";

interface ProviderInput {
  readonly doc: string;
  readonly setting: Setting;
  readonly secret?: boolean;
  readonly isUrl?: boolean;
}

/** The provider's inputs, which are its keys in the stack's configuration too. */
export const providerInputs: Readonly<Record<string, ProviderInput>> = Object.fromEntries(
  [
    {
      doc: "Miget's API token; needed at the first API call.",
      setting: miget.settings.token,
      secret: true,
    },
    { doc: "Miget's workspace to act in.", setting: workspace },
    { doc: "Base URL of Miget's API.", setting: miget.settings.baseUrl, isUrl: true },
    {
      doc: "Northflank's API token; needed at the first API call.",
      setting: northflank.settings.token,
      secret: true,
    },
    {
      doc: "Northflank's team whose paths are used; needed with tokens of an organisation.",
      setting: team,
    },
    { doc: "Base URL of Northflank's API.", setting: northflank.settings.baseUrl, isUrl: true },
  ].map((input) => [inputName(input.setting.key), input]),
);

export const secretSettings = Object.entries(providerInputs)
  .filter(([, { secret }]) => secret === true)
  .map(([name]) => name);

/** `miget:apiToken` is `migetApiToken` here: a plugin gets the keys of its own package only. */
function inputName(key: string): string {
  const [platform = "", name = ""] = key.split(":");
  return `${platform}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

export function configOf(args: Props): ReadConfig {
  return (key) => {
    const value = args[inputName(key)];
    return typeof value === "string" && !isUnknown(value) ? value : undefined;
  };
}

const keys = Object.values(providerInputs).map(({ setting }) => setting.key);
const anyKey = new RegExp(`\\b(?:${keys.join("|")})\\b`, "gu");

/** The same message, with the keys that this plugin reads. */
export function inOwnWords(message: string): string {
  return message.replace(anyKey, (key) => `${packageName}:${inputName(key)}`);
}

/** What every provider has, whatever its plugin. */
const engineInputs = ["version", "pluginDownloadURL"];

export function configFailures(args: Props): Failure[] {
  return Object.entries(args).flatMap(([property, value]) => {
    const input = providerInputs[property];
    if (engineInputs.includes(property) || property.startsWith("__") || isUnknown(value)) return [];
    if (input === undefined) {
      const reason = `${property} is not an input of this provider. There are ${Object.keys(providerInputs).join(", ")}.`;
      return [{ property: "", reason }];
    }
    if (typeof value !== "string") {
      return [{ property: "", reason: `${property} must be a string.` }];
    }
    if (input.isUrl !== true || value.trim() === "") return [];
    try {
      safeBaseUrl(value.trim(), input.setting);
      return [];
    } catch (error) {
      return [{ property, reason: inOwnWords(messageOf(error)) }];
    }
  });
}
