import { isRight } from "fp-ts/Either";
import * as t from "io-ts";

import { type Name, object, type Property, type Shape, shaped, shapeOf } from "./shape";
import { isRecord, isUnknown } from "./values";

/**
 * io-ts codecs of inputs. Each says in its failures what is accepted, never what was given, and
 * lets a value that is not known yet pass, at any depth.
 */

/** A codec that takes what `is` takes, and otherwise says `expected`: `must be …`. */
export function input(shape: Shape, expected: string, is: (value: unknown) => boolean): t.Mixed {
  const accepts = (value: unknown): value is unknown => isUnknown(value) || is(value);
  const codec = new t.Type(
    shape.type,
    accepts,
    (value, context) => (accepts(value) ? t.success(value) : t.failure(value, context, expected)),
    t.identity,
  );
  return shaped(codec, shape);
}

export const text = input(
  { type: "string" },
  "must be a non-empty string",
  (value) => typeof value === "string" && value.trim() !== "",
);

export const flag = input(
  { type: "boolean" },
  "must be true or false",
  (value) => typeof value === "boolean",
);

export function matching(pattern: RegExp, expected: string): t.Mixed {
  return input(
    { type: "string" },
    expected,
    (value) => typeof value === "string" && pattern.test(value),
  );
}

/** The same codec, with values that are known; there may be others. */
export function knowing(codec: t.Mixed, ...values: readonly string[]): t.Mixed {
  const { name, is, validate } = codec;
  const copy = new t.Type<unknown>(name, is, validate, t.identity);
  return shaped(copy, { type: "string", values, isOpen: true });
}

export function oneOf(...values: readonly (string | number)[]): t.Mixed {
  const list = values.map((value) => JSON.stringify(value));
  const last = list.pop() ?? "";
  const expected = list.length === 0 ? `must be ${last}` : `must be ${list.join(", ")} or ${last}`;
  const type = values.every((value) => typeof value === "number") ? "integer" : "string";
  return input({ type, values }, expected, (value) => values.some((each) => each === value));
}

export function positive(unit: string): t.Mixed {
  return input(
    { type: "number", unit },
    `must be a number of ${unit} above 0`,
    (value) => typeof value === "number" && Number.isFinite(value) && value > 0,
  );
}

export function whole(unit: string, least: number, most = Number.MAX_SAFE_INTEGER): t.Mixed {
  const range = most === Number.MAX_SAFE_INTEGER ? `at least ${least}` : `from ${least} to ${most}`;
  return input(
    unit === "" ? { type: "integer" } : { type: "integer", unit },
    `must be a whole number${unit === "" ? "" : ` of ${unit}`}, ${range}`,
    (value) =>
      typeof value === "number" && Number.isSafeInteger(value) && value >= least && value <= most,
  );
}

/** Any JSON object, such as labels. */
export const freeObject = input(object, "must be an object", isRecord);

export function list(item: t.Mixed, expected = "must be a list"): t.Mixed {
  const codec = new t.Type<unknown>(
    "list",
    (value): value is unknown => isUnknown(value) || (Array.isArray(value) && value.every(item.is)),
    (value, context) => {
      if (isUnknown(value)) return t.success(value);
      if (!Array.isArray(value)) return t.failure(value, context, expected);
      return collect(
        value,
        value.map((entry: unknown, index) =>
          item.validate(entry, t.appendContext(context, String(index), item, entry)),
        ),
      );
    },
    t.identity,
  );
  return shaped(codec, { type: "array", items: shapeOf(item) });
}

/** An object with just these properties, each with its sentence; a key ending in `?` is optional. */
export function struct(
  properties: Readonly<Record<string, readonly [codec: t.Mixed, doc: string]>>,
  named?: Name,
): t.Mixed {
  const entries = Object.entries(properties).map(([key, [codec, doc]]) => ({
    key: key.replace(/\?$/u, ""),
    optional: key.endsWith("?"),
    codec,
    doc,
  }));
  const known = entries.map(({ key }) => key);
  const validate: t.Validate<unknown, unknown> = (value, context) => {
    if (isUnknown(value)) return t.success(value);
    if (!isRecord(value)) return t.failure(value, context, "must be an object");
    const checked = entries.map(({ key, optional, codec }) => {
      const entry = Object.hasOwn(value, key) ? (value[key] ?? undefined) : undefined;
      const inner = t.appendContext(context, key, codec, entry);
      if (entry !== undefined) return codec.validate(entry, inner);
      return optional ? t.success(entry) : t.failure(entry, inner, "is required");
    });
    const strangers = Object.keys(value)
      .filter((key) => !known.includes(key))
      .map((key) =>
        t.failure(
          value[key],
          t.appendContext(context, key, t.unknown, value[key]),
          `is not a property here; there are ${known.join(", ")}`,
        ),
      );
    return collect(value, [...checked, ...strangers]);
  };
  const shape = entries.map(({ key, optional, codec, doc }): [string, Property] => {
    return [key, { shape: shapeOf(codec), doc, isOptional: optional }];
  });
  const codec = new t.Type<unknown>(
    "object",
    (value): value is unknown => isRight(validate(value, [])),
    validate,
    t.identity,
  );
  return shaped(codec, {
    type: "struct",
    properties: Object.fromEntries(shape),
    ...(named === undefined ? {} : { named }),
  });
}

function collect(value: unknown, results: readonly t.Validation<unknown>[]): t.Validation<unknown> {
  const errors = results.flatMap((result) => (result._tag === "Left" ? result.left : []));
  return errors.length === 0 ? t.success(value) : t.failures(errors);
}
