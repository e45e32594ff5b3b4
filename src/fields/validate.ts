import { closest } from "fastest-levenshtein";
import { isLeft } from "fp-ts/Either";
import type * as t from "io-ts";
import { longestKey, pathOf } from "../http/decode";
import { truncate } from "../http/redact";
import { timeoutsCodec, timeoutsField } from "./common";
import { type FieldTable, isOfType } from "./field";
import type { Failure } from "../fields/field";
import type { SecretInputs } from "./secret-inputs";
import { at, isRecord, isUnknown, type Props } from "./values";

/** A failure with the exact place, which may be inside of the property. */
export interface PlacedFailure extends Failure {
  readonly path: string;
}

/** Failures of one input that are told; the rest is counted. */
const mostOfOne = 20;

/** What is wrong with the inputs one by one: unknown names, missing ones, wrong values. */
export function shapeFailures(
  table: FieldTable<never>,
  props: Props,
  secret: SecretInputs,
): PlacedFailure[] {
  const isListed = (path: string) => {
    const field = table[path];
    return field === undefined || isOfType(field, props.type);
  };
  const all = [
    ...Array.from(groupsOf(table), ([prefix, keys]) => {
      return groupFailures(props, prefix, keys, keys.filter(isListed));
    }).flat(),
    ...Object.entries(table).flatMap(([path, field]) => {
      const value = at(props, path);
      if (value !== undefined) return valueFailures(path, field.codec, value, secret);
      const { required, types, unless } = field;
      const isMissing = required === true && isOfType(field, props.type);
      if (!isMissing || (unless !== undefined && at(props, unless) !== undefined)) return [];
      const only = types === undefined ? "" : ` for type ${String(props.type)}`;
      const reason = `is required${only}${unless === undefined ? "" : ` without ${unless}`}`;
      return [{ property: path, path, reason }];
    }),
    ...valueFailures(timeoutsField, timeoutsCodec, props[timeoutsField] ?? {}, secret),
  ];
  // One complaint about a value is enough, and the outermost says most.
  const first = new Map([...all.entries()].reverse().map(([index, { path }]) => [path, index]));
  return all.filter(
    ({ path }, index) =>
      first.get(path) === index && !parentsOf(path).some((parent) => first.has(parent)),
  );
}

/** `billing` and `billing.diskAutoscaling` of `billing.diskAutoscaling.enabled`. */
function parentsOf(path: string): string[] {
  const keys = path.split(".");
  return keys.slice(1).map((_, index) => keys.slice(0, index + 1).join("."));
}

/** Failures about the properties that an object has, not about their values. */
function groupFailures(
  props: Props,
  prefix: string,
  keys: readonly string[],
  listed: readonly string[],
): PlacedFailure[] {
  const group = prefix === "" ? props : at(props, prefix);
  if (group === undefined || isUnknown(group)) return [];
  if (!isRecord(group)) {
    const reason = `must be an object with ${keys.join(", ")}`;
    return [{ property: prefix, path: prefix, reason }];
  }
  const isMisspelts = Object.keys(group).filter(
    (key) => !keys.includes(key) && !(prefix === "" && key === timeoutsField),
  );
  return upTo(mostOfOne, isMisspelts, (key) => {
    const short = truncate(key, longestKey);
    return {
      // The engine prints the value of a property that is named, and a misspelt one may be secret.
      property: "",
      path: prefix === "" ? short : `${prefix}.${short}`,
      reason: `is not an input of this resource. ${suggestion(short, keys, listed)}`,
    };
  });
}

function valueFailures(
  property: string,
  codec: t.Mixed,
  value: unknown,
  secret: SecretInputs,
): PlacedFailure[] {
  const result = codec.validate(value, []);
  if (!isLeft(result)) return [];
  return upTo(mostOfOne, result.left, (error) => {
    const inner = pathOf([{ key: "", type: codec }, ...error.context]);
    const path = inner === "" ? property : `${property}${inner.startsWith("[") ? "" : "."}${inner}`;
    const last = error.context[error.context.length - 1];
    // An entry that a struct does not know may be a misspelt secret, in a message as in the value
    // of the property, which the engine prints.
    const isMisspelt = last?.type.name === "unknown";
    const hidden = isMisspelt || secret.has(path) || error.value === undefined;
    const got = hidden ? "" : `; got ${secret.shown(error.value)}`;
    const right = hidden ? undefined : rewritten(error.value, last?.type ?? codec);
    const hint = right === undefined ? "" : `; write it as ${right}`;
    const reason = `${error.message ?? "is not valid"}${got}${hint}`;
    return { property: isMisspelt ? "" : property, path, reason };
  });
}

/** The value as the codec takes it, where it only is of the wrong type: `text: "17"`. */
function rewritten(value: unknown, codec: t.Decoder<unknown, unknown>) {
  const accepts = (other: unknown) => !isLeft(codec.validate(other, []));
  if (typeof value === "number" || typeof value === "boolean") {
    return accepts(String(value)) ? `text: "${value}"` : undefined;
  }
  if (typeof value !== "string" || value.trim() === "") return undefined;
  if (accepts(Number(value))) return `a number: ${Number(value)}`;
  const isFlag = value === "true" || value === "false";
  return isFlag && accepts(value === "true") ? `a boolean, without quotes: ${value}` : undefined;
}

/** The failures of the first ones, and one that says how many more there are. */
export function upTo<T>(
  most: number,
  wrong: readonly T[],
  failureOf: (one: T) => PlacedFailure,
): PlacedFailure[] {
  const failures = wrong.slice(0, most).map(failureOf);
  const more = wrong.length - most;
  if (more <= 0) return failures;
  return [...failures, { property: "", path: `and ${more} more`, reason: "like this" }];
}

/** The property names of each object that the dotted paths of a table make up. */
function groupsOf(table: FieldTable<never>): Map<string, string[]> {
  const groups = new Map<string, string[]>([["", []]]);
  for (const path of Object.keys(table)) {
    const keys = path.split(".");
    keys.forEach((key, index) => {
      const prefix = keys.slice(0, index).join(".");
      const group = groups.get(prefix) ?? [];
      if (!group.includes(key)) group.push(key);
      groups.set(prefix, group);
    });
  }
  return groups;
}

/** `listed`: those that are named where none is close. */
function suggestion(key: string, keys: readonly string[], listed = keys): string {
  const near = closest(key, [...keys]);
  const alike = near.toLowerCase().includes(key.toLowerCase());
  const close = alike || key.charAt(0).toLowerCase() === near.charAt(0).toLowerCase();
  return close ? `Did you mean ${near}?` : `There are ${listed.join(", ")}.`;
}
