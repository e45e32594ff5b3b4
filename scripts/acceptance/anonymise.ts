import { isJsonObject, type JsonObject, type JsonValue } from "../../test/contract/json";
import { maskSecrets } from "../../src/http/redact";
import { isOurs, prefix } from "./names";

/** Members whose texts are words of the API. */
const wordsAt = new Set(
  "action architecture backupType compressionType currency from interval lifecycleStatus newVersion planId previousVersion role state status to type upgradeType version versionTag access_type storageClass".split(
    " ",
  ),
);
/** What everybody may read, whole. */
const publicOperations = new Set(["listAddonTypes", "listPlans"]);
const listOperations = new Set(["listAddons", "listApps", "listProjects", "getApp", "getProject"]);
const word = /^[\w .:+-]{0,40}$/u;
const date = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/u;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;
const host = /^[\w-]+(?:\.[\w-]+)+$/u;
const address = /^[\d.]+(?:\/\d+)?$|^[0-9a-f]*:[0-9a-f:]+(?:\/\d+)?$/iu;
const url =
  /^(?<scheme>(?:jdbc:)?[a-z][a-z0-9+.-]*):\/\/(?:(?<login>[^@/]*)@)?(?<hosts>[^/?]*)(?<path>\/[^?]*)?(?:\?(?<query>.*))?$/isu;
const pairs = /^[\w ]+=[^;]*(?:;[\w ]+=[^;]*)+;?$/u;
const alias = /^(?:DATABASE|REDIS)_URL$/u;

/**
 * Replaces every text that is not known to be harmless by a stand-in of the same shape: equal texts by
 * equal ones, so that a recording still shows what became of a password without holding it.
 */
export class Anonymiser {
  private readonly standIns = new Map<string, string>();
  private readonly counts = new Map<string, number>();
  private readonly own = new Set<string>();

  /** Gives a text of the caller's account a stand-in before it is seen anywhere. */
  replaces(text: string | undefined, by: string): void {
    if (text !== undefined && text !== "")
      this.standIns.set(text, uuid.test(text) ? this.next("uuid") : by);
  }

  /** Texts of this run's own requests are kept. */
  knows(body: JsonValue | undefined): void {
    if (typeof body === "string") this.own.add(body);
    else if (typeof body === "object" && body !== null) {
      for (const inner of Object.values(body)) this.knows(inner);
    }
  }

  body(operation: string, status: number, value: JsonValue | undefined): JsonValue | undefined {
    if (value === undefined || (publicOperations.has(operation) && status < 400)) return value;
    if (status >= 400) return this.walk(value, "error", (text) => this.words(text));
    return this.walk(
      listOperations.has(operation) || operation === "listAppVars" ? ours(value) : value,
      "",
    );
  }

  path(path: string, params: Readonly<Record<string, string>>): string {
    const values = new Set(Object.values(params));
    const parts = path.split("/").map((part) => {
      const plain = decodeURIComponent(part);
      return values.has(plain) ? this.text(plain, "") : part;
    });
    return Object.keys(params).length === 0 && !/^\/(?:api\/)?v1\/[a-z-]+$/u.test(path)
      ? "/unknown"
      : parts.join("/");
  }

  /** A message of the CLI, which may repeat what the platform said. */
  message(text: string): string {
    return this.words(text);
  }

  private walk(value: JsonValue, key: string, words?: (text: string) => string): JsonValue {
    if (typeof value === "string") return words ? words(value) : this.text(value, key);
    if (Array.isArray(value)) return value.map((inner) => this.walk(inner, key, words));
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        inner === undefined ? inner : this.walk(inner, name, words),
      ]),
    );
  }

  private text(text: string, key: string): string {
    const known = this.standIns.get(text);
    if (known !== undefined) return known;
    const harmless =
      text === "" ||
      this.own.has(text) ||
      isOurs(text.trim()) ||
      date.test(text) ||
      /^(?:true|false|\d{1,5})$/u.test(text) ||
      (wordsAt.has(key) && word.test(text)) ||
      (key === "key" && isOurVariable(text));
    if (harmless) return text;
    const made = this.standIn(text);
    this.standIns.set(text, made);
    return made;
  }

  private standIn(text: string): string {
    if (uuid.test(text)) return this.next("uuid");
    const parts = url.exec(text)?.groups;
    if (parts) {
      const { scheme = "", login, hosts = "", path = "", query } = parts;
      const inner = (value: string) => this.text(plainOf(value), "");
      const server = hosts.split(",").map((each) => {
        const [, name = "", port = ""] = /^(.*?)((?::\d+)?)$/su.exec(each) ?? [];
        return `${name === "" ? "" : inner(name)}${port}`;
      });
      return [
        `${scheme}://`,
        login === undefined ? "" : `${login.split(":").map(inner).join(":")}@`,
        server.join(","),
        path.split("/").map(inner).join("/"),
        query === undefined
          ? ""
          : `?${query
              .split("&")
              .map((each) => this.pair(each))
              .join("&")}`,
      ].join("");
    }
    if (pairs.test(text)) {
      return text
        .split(";")
        .map((each) => (each === "" ? "" : this.pair(each)))
        .join(";");
    }
    if (address.test(text)) return this.next("address");
    if (host.test(text)) return this.next("host");
    return this.next(/\s/u.test(text) ? "text" : "value");
  }

  private pair(pair: string): string {
    const [key = "", ...value] = pair.split("=");
    return `${key}=${this.text(plainOf(value.join("=")), "")}`;
  }

  /** What a platform says of a mistake, without anything that is not an ordinary word. */
  private words(text: string): string {
    return maskSecrets(text, [...this.standIns.keys()], 400)
      .slice(0, 400)
      .split(/(\s+)/u)
      .map(
        (each) =>
          this.standIns.get(each) ??
          (/^["'(]?[A-Za-z_]{1,20}["'),.:;]{0,2}$/u.test(each) ||
          isOurs(each) ||
          /^\s*$/u.test(each)
            ? each
            : "…"),
      )
      .join("");
  }

  private next(kind: string): string {
    const number = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, number);
    switch (kind) {
      case "uuid":
        return `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
      case "host":
        return `host-${number}.example.invalid`;
      case "address":
        return `192.0.2.${number % 256}`;
      default:
        return `${kind}-${number}`;
    }
  }
}

const isOurVariable = (name: string) =>
  alias.test(name) || name.startsWith(prefix.toUpperCase().replaceAll("-", "_"));

function plainOf(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A list without what is not this tool's; other databases of the account are nobody's business. */
function ours(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.filter(isMine).map(ours);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, JsonValue | undefined] => [
    key,
    inner === undefined ? inner : ours(inner),
  ]);
  return Object.fromEntries(entries);
}

function isMine(item: JsonValue): boolean {
  if (!isJsonObject(item)) return true;
  const { name, key } = item satisfies JsonObject;
  return isOurs(name) || (typeof key === "string" && isOurVariable(key));
}
