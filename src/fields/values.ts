import { truncate } from "../http/redact";

/**
 * Values as they arrive from the engine: JSON, in which a value that is not known yet is a certain
 * string (`pulumi.runtime.unknownValue`), wherever it stands and whatever type is expected there.
 */

/** `pulumi.runtime.unknownValue`; a test holds it against the SDK's. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Inputs or outputs of a resource. */
export type Props = Readonly<Record<string, unknown>>;

export function isUnknown(value: unknown): boolean {
  return value === unknownValue;
}

/** True for a value that is there for certain: one that is not known yet may turn out to be nothing. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && !isUnknown(value);
}

export function hasUnknown(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isRecord(value) ? Object.values(value).some(hasUnknown) : isUnknown(value);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a dotted path; `undefined` where it, or a parent, is not there; unknown below an unknown. */
export function at(props: Props, path: string): unknown {
  let value: unknown = props;
  for (const key of path.split(".")) {
    if (isUnknown(value)) return value;
    if (!isRecord(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value ?? undefined;
}

/** A copy with the value at a dotted path set, or removed where it is `undefined`. */
export function withAt(props: Props, path: string, value: unknown): Props {
  const [head = "", ...rest] = path.split(".");
  const copy: Record<string, unknown> = { ...props };
  if (head === "__proto__") return copy;
  if (rest.length === 0) {
    if (value === undefined) Reflect.deleteProperty(copy, head);
    else copy[head] = value;
    return copy;
  }
  const inner = Object.hasOwn(props, head) ? props[head] : undefined;
  if (value === undefined && !isRecord(inner)) return copy;
  copy[head] = withAt(isRecord(inner) ? inner : {}, rest.join("."), value);
  return copy;
}

/** Equality of JSON values; the order of an object's keys does not count, nor keys that are undefined. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((value, index) => same(value, b[index]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) =>
    same(a[key] ?? undefined, b[key] ?? undefined),
  );
}

/** Characters of a value in a message, and parts of it that can be among them. */
const longestShown = 80;
/** Of a text, which has its quotes and the mark of what is left out besides. */
const longestText = longestShown - 3;
const mostShown = 20;

/** A value in a message: short, and what it is rather than all of it where it is long. */
export function inspect(value: unknown): string {
  if (value === undefined) return "nothing";
  if (isUnknown(value)) return "a value not known yet";
  const text = beginning(value, 0);
  return text.length <= longestShown ? text : truncate(text, longestText);
}

/** JSON of which only the beginning is right, since nobody sees more: a value can be of any size. */
function beginning(value: unknown, depth: number): string {
  if (typeof value === "string") return JSON.stringify(truncate(value, longestText));
  if (depth > mostShown) return "…";
  if (Array.isArray(value)) {
    const entries = value.slice(0, mostShown).map((entry) => beginning(entry ?? null, depth + 1));
    return `[${[...entries, ...(value.length > mostShown ? ["…"] : [])].join(",")}]`;
  }
  if (!isRecord(value)) return JSON.stringify(value);
  const parts: string[] = [];
  for (const key in value) {
    if (!Object.hasOwn(value, key) || value[key] === undefined) continue;
    if (parts.length >= mostShown) return `{${parts.join(",")},…}`;
    parts.push(`${beginning(key, 0)}:${beginning(value[key], depth + 1)}`);
  }
  return `{${parts.join(",")}}`;
}
