import { closest } from "fastest-levenshtein";
import { isLeft } from "fp-ts/Either";
import type * as t from "io-ts";
import { pathOf } from "../http/decode";
import { timeoutsCodec, timeoutsField } from "./common";
import type { FieldTable } from "./fields";
import type { Failure } from "./platform";
import type { SecretInputs } from "./secrets";
import { at, isRecord, isUnknown, type Props, shown } from "./values";

/** A failure with the exact place, which may be inside of the property. */
export interface PlacedFailure extends Failure {
  readonly path: string;
}

/** What is wrong with the inputs one by one: unknown names, missing ones, wrong values. */
export function shapeFailures(
  table: FieldTable<never>,
  props: Props,
  secret: SecretInputs,
): PlacedFailure[] {
  const all = [
    ...Array.from(groupsOf(table), ([prefix, keys]) => groupFailures(props, prefix, keys)).flat(),
    ...Object.entries(table).flatMap(([path, field]) => {
      const value = at(props, path);
      if (value !== undefined) return valueFailures(path, field.codec, value, secret);
      return field.required === true ? [{ property: path, path, reason: "is required" }] : [];
    }),
    ...valueFailures(timeoutsField, timeoutsCodec, props[timeoutsField] ?? {}, secret),
  ];
  // One complaint about a value is enough, and the outermost says most.
  return all.filter(
    ({ path }, index) =>
      !all.some(
        (other, position) =>
          path.startsWith(`${other.path}.`) || (other.path === path && position < index),
      ),
  );
}

/** Failures about the properties that an object has, not about their values. */
function groupFailures(props: Props, prefix: string, keys: readonly string[]): PlacedFailure[] {
  const group = prefix === "" ? props : at(props, prefix);
  if (group === undefined || isUnknown(group)) return [];
  if (!isRecord(group)) {
    const reason = `must be an object with ${keys.join(", ")}`;
    return [{ property: prefix, path: prefix, reason }];
  }
  return Object.keys(group)
    .filter((key) => !keys.includes(key) && !(prefix === "" && key === timeoutsField))
    .map((key) => ({
      // The engine prints the value of a property that is named, and a misspelt one may be secret.
      property: "",
      path: prefix === "" ? key : `${prefix}.${key}`,
      reason: `is not an input of this resource. ${suggestion(key, keys)}`,
    }));
}

function valueFailures(
  property: string,
  codec: t.Mixed,
  value: unknown,
  secret: SecretInputs,
): PlacedFailure[] {
  const result = codec.validate(value, []);
  if (!isLeft(result)) return [];
  return result.left.map((error) => {
    const inner = pathOf([{ key: "", type: codec }, ...error.context]);
    const path = inner === "" ? property : `${property}${inner.startsWith("[") ? "" : "."}${inner}`;
    const last = error.context[error.context.length - 1];
    // An entry that a struct does not know may be a misspelt secret, in a message as in the value
    // of the property, which the engine prints.
    const stranger = last?.type.name === "unknown";
    const hidden = stranger || secret.has(path) || error.value === undefined;
    const got = hidden ? "" : `; got ${shown(error.value)}`;
    const reason = `${error.message ?? "is not valid"}${got}`;
    return { property: stranger ? "" : property, path, reason };
  });
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

function suggestion(key: string, keys: readonly string[]): string {
  const near = closest(key, [...keys]);
  const alike = near.toLowerCase().includes(key.toLowerCase());
  const close = alike || key.charAt(0).toLowerCase() === near.charAt(0).toLowerCase();
  return close ? `Did you mean ${near}?` : `There are ${keys.join(", ")}.`;
}
