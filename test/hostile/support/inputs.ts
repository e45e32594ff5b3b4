import fc from "fast-check";
import { type Props, withAt } from "../../../src/fields/values";
import type { Checks } from "../../unit/support/platforms";
import { deepValue, magicObjects, oddIds, oddKeys, oddTexts } from "./texts";

const million = 1_000_000;

/** Texts that are long, each of one kind: what makes one expression backtrack is nothing to another. */
const long = [
  "x",
  " ",
  "a-",
  "1",
  "../",
  "\n",
  "a ",
  "1h",
  ".",
  "1.",
  "🐘",
  ":",
  "a@",
  "\\",
  "[0]",
].map((unit): readonly [string, unknown] => [
  `1 MB of ${JSON.stringify(unit)}`,
  unit.repeat(million / unit.length),
]);

const schedule = {
  scheduling: { interval: "daily", minute: [0], hour: [1] },
  backupType: "dump",
  retentionTime: 1,
};
const rule = { addresses: ["192.0.2.1"], action: "ALLOW" };
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `tag-${index}`);

/** Values that are large in one way or another, by what they are. */
export const large: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ...long,
  ["a list 10 000 levels deep", deepValue(10_000, "list")],
  ["an object 10 000 levels deep", deepValue(10_000, "object")],
  ["10 000 zeros", Array.from({ length: 10_000 }, () => 0)],
  ["10 000 texts", numbered(10_000)],
  ["an object with 10 000 keys", Object.fromEntries(numbered(10_000).map((key) => [key, key]))],
  ["an object with a key of 1 MB", { ["k".repeat(million)]: 1 }],
  ["1000 schedules", Array.from({ length: 1000 }, () => schedule)],
  ["1000 rules", Array.from({ length: 1000 }, () => rule)],
  ["1000 wrong rules", Array.from({ length: 1000 }, () => ({ ...rule, action: "x", b: 1 }))],
]);

/** Places in the inputs: every row of the table, what the rows are in, and what is no input. */
export function placesOf({ table }: Checks): string[] {
  const rows = Object.keys(table);
  const groups = rows.filter((path) => path.includes(".")).map((path) => path.split(".")[0] ?? "");
  return [
    ...new Set([...rows, ...groups]),
    ...["customTimeouts", "customTimeouts.create", "noInput", "metadata.labels", "__secretInputs"],
    ...["constructor", "toString", "__proto__", "", "a.b.c", "__provider", "ключ"],
  ];
}

const odd: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  ...[...oddTexts, ...oddIds, ...oddKeys],
  ...magicObjects,
  ...[Number.MAX_SAFE_INTEGER + 2, 1e308, -1, 0.1, 5e-324, -0],
  ...[null, true, false, [], {}, [null], [[]], { a: null }, [{}]],
);

/** Anything that a program can have for a value. */
export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: odd },
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  { weight: 2, arbitrary: fc.constantFrom(...large.values()) },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.tuple(fc.constantFrom(...oddKeys), odd), { maxLength: 4 })
      .map((entries) => Object.fromEntries(entries)),
  },
  { weight: 1, arbitrary: fc.array(odd, { maxLength: 4 }) },
);

/** Programs in which anything stands anywhere. */
export function anyProgram(checks: Checks): fc.Arbitrary<Props> {
  const bases = fc.constantFrom<Props>({}, ...checks.programs.map(([, program]) => program));
  const edits = fc.array(fc.tuple(fc.constantFrom(...placesOf(checks)), anyValue), {
    maxLength: 3,
  });
  const secrets = fc.subarray(placesOf(checks), { maxLength: 3 });
  return fc.tuple(bases, edits, secrets).map(([base, changes, listed]) => {
    const program = changes.reduce<Props>((props, [path, value]) => {
      return withAt(props, path, value);
    }, base);
    return listed.length === 0 ? program : { ...program, __secretInputs: listed };
  });
}

/** What a state may hold: nothing, inputs, outputs, or something that nobody has written. */
export function anyOlds(checks: Checks): fc.Arbitrary<Props> {
  const keys = fc.constantFrom(...placesOf(checks), ...oddKeys);
  const anything = fc
    .array(fc.tuple(keys, anyValue), { maxLength: 5 })
    .map((entries): Props => Object.fromEntries(entries));
  return fc.oneof(anyProgram(checks), anything);
}
