import { isJsonObject, type JsonValue } from "../../test/contract/json";
import { maskSecrets } from "../../src/http/redact";
import { isOurs, prefix } from "./target";

/** Members whose texts are words of the API. */
const wordsAt = new Set(
  "action architecture backupType compressionType currency from interval lifecycleStatus newVersion planId previousVersion reason role state status to type upgradeType version versionTag access_type storageClass".split(
    " ",
  ),
);
/** What everybody may read, whole. */
const publicOperations = new Set(["listAddonTypes", "listPlans"]);
/** Here the add-ons, variables, services … of others are left out. */
const listOperations = /^list|^get(?:App|Project)$/u;
const word = /^[\w .:+-]{0,40}$/u;
const date = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/u;
const plain = /^(?:true|false|\d{0,5})$/u;
const spoken = /^["'(]?[A-Za-z_]{1,25}["'),.:;]{0,2}$/u;
const joints = /(:\/\/|[:/@?&=;,\s]+)/u;
/** Texts made of several: addresses, and settings such as `uid=…;password=…`. */
const compound = /:\/\/|=[^;]*;/u;

/** What a stand-in looks like, by the shape of the text. */
const shapes: readonly (readonly [shape: RegExp, make: (number: number) => string])[] = [
  [
    /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu,
    (number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
  ],
  [
    /^\d+(?:\.\d+){3}(?:\/\d+)?$|^[0-9a-f]*:[0-9a-f:]+(?:\/\d+)?$/iu,
    (number) => `192.0.2.${number % 256}`,
  ],
  [/^[\w-]+(?:\.[\w-]+)+$/u, (number) => `host-${number}.example.invalid`],
  [/\s/u, (number) => `text-${number}`],
  [/^/u, (number) => `value-${number}`],
];

/**
 * Replaces every text that is not known to be harmless by a stand-in of the same shape: equal texts by
 * equal ones, so that a recording still shows what became of a password without holding it.
 */
export class Anonymiser {
  private readonly standIns = new Map<string, string>();
  private readonly own = new Set<string>();

  /** Gives a text of the caller's account a stand-in before it is seen anywhere. */
  replaces(text: string | undefined): void {
    if (text !== undefined && text !== "") this.standIn(text);
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
    if (status >= 400) return this.walk(value, "", (text) => this.message(text));
    const own = listOperations.test(operation) ? withoutOthers(value) : value;
    return this.walk(own, "", (text, key) => this.text(text, key));
  }

  path(path: string, params: Readonly<Record<string, string>>): string {
    const values = new Set(Object.values(params));
    const parts = path.split("/").map(decodeURIComponent);
    return parts.map((part) => (values.has(part) ? this.text(part) : part)).join("/");
  }

  /** What a platform or the CLI says, without anything that is not an ordinary word. */
  message(text: string): string {
    return maskSecrets(text, [...this.standIns.keys()], 400)
      .slice(0, 400)
      .split(/(\s+)/u)
      .map((each) => this.standIns.get(each) ?? (this.isSpoken(each) ? each : "…"))
      .join("");
  }

  text(text: string, key = ""): string {
    const known = this.standIns.get(text);
    if (known !== undefined) return known;
    if (this.isHarmless(text, key)) return text;
    return compound.test(text) ? this.parts(text) : this.standIn(text);
  }

  private isSpoken(each: string): boolean {
    return spoken.test(each) || each.trim() === "" || isOurs(each);
  }

  private isHarmless(text: string, key: string): boolean {
    return (
      plain.test(text) ||
      date.test(text) ||
      this.own.has(text) ||
      isOurs(text.trim()) ||
      (wordsAt.has(key) && word.test(text)) ||
      (key === "key" && isOurVariable(text))
    );
  }

  /** Every part by its stand-in, but for schemes and the names of settings. */
  private parts(text: string): string {
    const pieces = text.split(joints);
    return pieces
      .map((piece, index) => {
        const next = pieces[index + 1] ?? "";
        const isName = next === "://" || (next === "=" && /^[\w ]{1,30}$/u.test(piece));
        if (index % 2 === 1 || isName) return piece;
        return this.text(decoded(piece));
      })
      .join("");
  }

  private walk(
    value: JsonValue,
    key: string,
    replace: (text: string, key: string) => string,
  ): JsonValue {
    if (typeof value === "string") return replace(value, key);
    if (Array.isArray(value)) return value.map((inner) => this.walk(inner, key, replace));
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, inner]) =>
        inner === undefined ? [] : [[name, this.walk(inner, name, replace)]],
      ),
    );
  }

  private standIn(text: string): string {
    const [, make] = shapes.find(([shape]) => shape.test(text)) ?? [];
    const made = make?.(this.standIns.size + 1) ?? "";
    this.standIns.set(text, made);
    return made;
  }
}

const isOurVariable = (name: string) =>
  /^(?:DATABASE|REDIS)_URL$/u.test(name) ||
  name.startsWith(prefix.toUpperCase().replaceAll("-", "_"));

function withoutOthers(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.filter(isOurOwn).map(withoutOthers);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.flatMap(([key, inner]) => (inner === undefined ? [] : [[key, withoutOthers(inner)]])),
  );
}

function isOurOwn(item: JsonValue): boolean {
  if (!isJsonObject(item)) return true;
  const { name, key } = item;
  if (typeof key === "string") return isOurVariable(key);
  return typeof name !== "string" || isOurs(name);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
