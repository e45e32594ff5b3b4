import { isId } from "../http/path";
import * as codec from "./codecs";
import type { Field } from "./field";
import { isRecord, type Props, same } from "./values";

/** A length of time as Pulumi's `customTimeouts` take it: `90s`, `20m`, `1h30m`. */
const duration = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/u;
const timeout = codec.matching(duration, 'must be a duration such as "90s", "20m" or "1h30m"');

/** The inputs that every resource of every platform has. */
export const commonFields = {
  adopt: {
    doc: "Take over an existing add-on instead of creating one: `true` for the one with this natural key, a string for the one with that API id. It counts only at creation.",
    codec: codec.input(
      { type: "either", of: [{ type: "boolean" }, { type: "string" }] },
      "must be true, false or the API id of an add-on",
      (value) => typeof value === "boolean" || isId(value),
    ),
    whenRemoved: false,
    change: "none",
  },
  allowReplace: {
    doc: "Allow a change that deletes the add-on with its data and creates a new one.",
    codec: codec.flag,
    whenRemoved: false,
    change: "none",
  },
  deletionProtection: {
    doc: "Refuse to delete the add-on while this is true in the state: by `pulumi destroy`, by removal from the program, and by a replacement. Taking it down needs two runs: set it to `false`, `pulumi up`, then delete.",
    codec: codec.flag,
    whenRemoved: false,
    change: "record",
  },
  waitForReady: {
    doc: "Wait until the add-on serves. With `false`, outputs that are not there yet come with the next refresh or update.",
    codec: codec.flag,
    whenRemoved: true,
    change: "none",
  },
} as const satisfies Record<string, Field<unknown>>;

/**
 * Copied by the constructor from the `customTimeouts` resource option, which the engine does not
 * pass to dynamic providers. Not an input that users set.
 */
export const timeoutsField = "customTimeouts";
export const timeoutsCodec = codec.struct({
  "create?": [timeout, "Of a creation."],
  "update?": [timeout, "Of an update."],
  "delete?": [timeout, "Of a deletion."],
});

/** Dotted paths of the inputs that the user made secret, listed by the constructor. */
export const secretPathsField = "__secretInputs";
export const providerField = "__provider";
/** The resource's URN. */
export const urnField = "__urn";
/** True in a preview; check takes it out. */
export const previewField = "__preview";
/** What the constructor adds to the inputs. */
export const hiddenInputs = [providerField, secretPathsField, urnField, previewField];

export type TimedOperation = "create" | "update" | "delete" | "read";

const defaultMinutes: Record<TimedOperation, number> = {
  create: 15,
  update: 15,
  delete: 10,
  read: 5,
};
const unitMs: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** The time limit of an operation in milliseconds. */
export function timeLimit(operation: TimedOperation, props: Props): number {
  const timeouts = props[timeoutsField];
  const own =
    typeof timeouts === "object" && timeouts !== null && operation in timeouts
      ? durationMs(Reflect.get(timeouts, operation))
      : undefined;
  return own ?? defaultMinutes[operation] * 60_000;
}

/** Milliseconds of a duration such as `1h30m`. */
export function durationMs(value: unknown): number | undefined {
  if (typeof value !== "string" || !duration.test(value)) return undefined;
  let total = 0;
  for (const [, amount, unit] of value.matchAll(/(?<![\d.])(\d+(?:\.\d+)?)(ms|s|m|h)/gu)) {
    total += Number(amount) * (unitMs[unit ?? ""] ?? 0);
  }
  return total > 0 ? total : undefined;
}

export function timeoutsChanged(olds: Props, news: Props): boolean {
  return !same(olds[timeoutsField], news[timeoutsField]);
}

/** Levels of lists and objects in an input; what is deeper nobody has meant. */
export const deepest = 100;

/** Inputs with more levels than a value can have. */
export function tooDeep(props: Props): string[] {
  return Object.keys(props).filter((key) => {
    let level = [props[key]];
    for (let depth = 0; depth <= deepest && level.length > 0; depth += 1) {
      level = level.flatMap((value): unknown[] =>
        typeof value === "object" && value !== null ? Object.values(value) : [],
      );
    }
    return level.length > 0;
  });
}

/**
 * Inputs without what only the provider's machinery needs, without what is null, which is how some
 * programs write that they leave something out, and without what is nested too deeply.
 */
export function userProps(props: Props): Props {
  return withoutNulls(
    Object.fromEntries(Object.entries(props).filter(([key]) => !key.startsWith("__"))),
  );
}

function withoutNulls(props: Props, depth = 0): Props {
  const entries = Object.entries(props).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  return Object.fromEntries(entries.map(([key, value]) => [key, inside(value, depth)]));
}

function inside(value: unknown, depth: number): unknown {
  if (depth > deepest) return undefined;
  if (Array.isArray(value)) return value.map((entry: unknown) => inside(entry, depth + 1));
  return isRecord(value) ? withoutNulls(value, depth + 1) : value;
}
