import { isLeft } from "fp-ts/Either";
import { closest } from "fastest-levenshtein";
import { pathOf } from "../http/decode";
import { redact, stringsIn } from "../http/redact";
import { secretPathsField, timeoutsCodec, timeoutsField, userProps } from "./common";
import { changesOf } from "./diff";
import type { FieldTable } from "./fields";
import type { Entity, Failure, Platform } from "./platform";
import { at, isRecord, isUnknown, type Props, shown, unknownValue, withAt } from "./values";

export interface Checked {
  readonly inputs: Record<string, unknown>;
  readonly failures: Failure[];
}

/** Decodes the inputs, fills in defaults, and refuses what cannot work or would destroy data. */
export function check<E extends Entity>(
  platform: Platform<E>,
  olds: Props,
  news: Props,
  setting: (field: string) => string | undefined,
): Checked {
  const secret = secretPaths(platform.fields, news);
  const given = userProps(news);
  const wrong = shapeFailures(platform.fields, given, secret);
  // What is wrong already counts as not known, so that no rule complains about it a second time.
  const known = wrong.reduce<Props>(
    (props, { path }) =>
      at(props, path) === undefined ? props : withAt(props, path, unknownValue),
    given,
  );
  const inputs = platform.defaults(known, setting);
  const failures = [
    ...wrong,
    ...platform.rules(inputs).map((failure) => ({ ...failure, path: failure.property })),
    ...refusals(platform, userProps(olds), inputs, secret),
  ];
  const secrets = [...secret].flatMap((path) => stringsIn(at(given, path)));
  const kept = platform.defaults(given, setting);
  const listed = news[secretPathsField];
  return {
    inputs: {
      ...kept,
      ...(Array.isArray(listed) && listed.length > 0 ? { [secretPathsField]: listed } : {}),
    },
    failures: failures.map(({ path, property, reason }) => ({
      // The engine prints the value of a property that is named here.
      property: isSecret(path, secret) ? "" : property,
      reason: redact(`${path} ${reason}`, secrets),
    })),
  };
}

/** Dotted paths of the inputs whose values must not be shown. */
export function secretPaths<E>(table: FieldTable<E>, props: Props): Set<string> {
  const listed = props[secretPathsField];
  const paths = Array.isArray(listed) ? listed.filter((path) => typeof path === "string") : [];
  for (const [path, field] of Object.entries(table)) if (field.secret === true) paths.push(path);
  return new Set(paths);
}

/** True for a secret input, what is inside it, and what contains it. */
function isSecret(path: string, secret: ReadonlySet<string>): boolean {
  const plain = path.replace(/\[\d+\]/gu, "");
  return [...secret].some(
    (other) => other === plain || other.startsWith(`${plain}.`) || plain.startsWith(`${other}.`),
  );
}

interface ShapeFailure extends Failure {
  readonly path: string;
}

function shapeFailures<E>(
  table: FieldTable<E>,
  props: Props,
  secret: ReadonlySet<string>,
): ShapeFailure[] {
  const failures: ShapeFailure[] = [];
  const fail = (property: string, reason: string, path = property) => {
    // One complaint about a value is enough, and the outermost says most.
    if (!failures.some((other) => path === other.path || path.startsWith(`${other.path}.`))) {
      failures.push({ property, path, reason });
    }
  };
  const groups = groupsOf(table);
  for (const [prefix, keys] of groups) {
    const group = prefix === "" ? props : at(props, prefix);
    if (group === undefined || isUnknown(group)) continue;
    if (!isRecord(group)) {
      fail(prefix, `must be an object with ${keys.join(", ")}`);
      continue;
    }
    for (const key of Object.keys(group)) {
      if (keys.includes(key) || (prefix === "" && key === timeoutsField)) continue;
      const path = prefix === "" ? key : `${prefix}.${key}`;
      fail(path, `is not an input of this resource. ${suggestion(key, keys)}`);
    }
  }
  for (const [path, field] of Object.entries(table)) {
    const value = at(props, path);
    if (value === undefined) {
      if (field.required === true) fail(path, "is required");
      continue;
    }
    const result = field.codec.validate(value, []);
    if (!isLeft(result)) continue;
    for (const error of result.left) {
      const inner = pathOf([{ key: "", type: field.codec }, ...error.context]);
      const full = inner === "" ? path : `${path}${inner.startsWith("[") ? "" : "."}${inner}`;
      const got = isSecret(path, secret) ? "" : `; got ${shown(error.value)}`;
      fail(path, `${error.message ?? "is not valid"}${got}`, full);
    }
  }
  const timeouts = props[timeoutsField];
  const result = timeoutsCodec.validate(timeouts ?? {}, []);
  if (isLeft(result)) fail(timeoutsField, result.left[0]?.message ?? "is not valid");
  return failures;
}

/** The property names of each object that the dotted paths of a table make up. */
function groupsOf<E>(table: FieldTable<E>): Map<string, string[]> {
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
  const close =
    key.charAt(0).toLowerCase() === near.charAt(0).toLowerCase() ||
    near.toLowerCase().includes(key.toLowerCase());
  return close ? `Did you mean ${near}?` : `There are ${keys.join(", ")}.`;
}

/** Changes that would destroy the add-on's data, unless the program allows that. */
function refusals<E extends Entity>(
  platform: Platform<E>,
  olds: Props,
  news: Props,
  secret: ReadonlySet<string>,
): ShapeFailure[] {
  if (Object.keys(olds).length === 0 || news.allowReplace === true) return [];
  return changesOf(platform.fields, olds, news)
    .filter(({ kind }) => kind === "replace")
    .map(({ path, old, next, reason }) => {
      const hidden = isSecret(path, secret);
      const from = hidden || old === undefined ? "" : ` from ${shown(old)}`;
      const to = hidden ? "" : next === undefined ? "" : ` to ${shown(next)}`;
      const back =
        hidden || old === undefined ? "undo the change" : `put ${path} back to ${shown(old)}`;
      const why = reason === undefined || reason === "" ? "" : `: ${reason}`;
      return {
        property: path,
        path,
        reason: `cannot change in place${from}${to}${why}. Replacing would delete the add-on with its data. Either ${back}, or set allowReplace: true to replace it.`,
      };
    });
}
