import fc from "fast-check";
import { hasUnknown, type Props, unknownValue } from "../../../src/fields/values";

/** Any JSON value, with the odd keys and texts that break careless code. */
export const anyJson: fc.Arbitrary<unknown> = fc
  .oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom(unknownValue, "__proto__", "constructor", "", " ", "a/b", "\u0000", "\ud800"),
    fc.dictionary(
      fc.constantFrom("__proto__", "constructor", "toString", "enabled", "type", "a.b", ""),
      fc.jsonValue(),
      { maxKeys: 3 },
    ),
  )
  .map((value): unknown => JSON.parse(JSON.stringify(value)));

/** Every copy of the value in which one part, at any depth, is not known yet. */
export function withOneUnknown(value: unknown): unknown[] {
  const inner = Array.isArray(value)
    ? value.flatMap((entry: unknown, index) =>
        withOneUnknown(entry).map((changed) =>
          value.map((old: unknown, i) => (i === index ? changed : old)),
        ),
      )
    : isObject(value)
      ? Object.entries(value).flatMap(([key, entry]) =>
          withOneUnknown(entry).map((changed) => ({ ...value, [key]: changed })),
        )
      : [];
  return [unknownValue, ...inner];
}

/** The programs that a program is in preview while one part of it, at any depth, is not known yet. */
export function previewsOf(program: Props, fixed: readonly string[] = []): Props[] {
  return withOneUnknown(program)
    .filter(isObject)
    .filter((preview) => !fixed.some((key) => hasUnknown(preview[key])));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
