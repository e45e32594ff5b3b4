import { edited, type Path, placesIn, valueAt } from "../../property/support/edit";
import type { Random } from "../../emulator/random";
import type { Outgoing } from "../../emulator/index";
import { isRecord, listOf } from "../../support/json";
import { deepText, magicObjects, oddIds, oddKeys, oddNumbers, oddTexts } from "./texts";

/** What a lie may draw on. */
export interface Source {
  readonly random: Random;
  /** Ids of add-ons that are there and that nobody may touch: of the same project, and of others. */
  readonly others: readonly string[];
}

/** One way to answer wrongly: makes a JSON text, or more, of the right answer's value. */
export interface Lie {
  readonly name: string;
  readonly tell: (truth: unknown, source: Source) => string | Partial<Outgoing>;
}

/** A number's or a nesting's own JSON text inside of a value. */
const raw = (text: string) => `raw!${text}`;

/** JSON text in which raw parts stand as they are. */
function textOf(value: unknown): string {
  // `JSON.stringify` has no text for undefined.
  const text = value === undefined ? "" : JSON.stringify(value);
  return text.replace(/"raw!([^"\\]*(?:\\.[^"\\]*)*)"/gu, (_, quoted: string) =>
    String(JSON.parse(`"${quoted}"`)),
  );
}

export function pick<T>(random: Random, from: readonly T[]): T {
  const value = from[Math.floor(random.next() * from.length)];
  if (value === undefined) throw new Error("there is nothing to pick from");
  return value;
}

type Change = (old: unknown, source: Source, path: Path) => unknown;

/** A lie about one place, or about some, of those that are of interest. */
function about(
  name: string,
  change: Change,
  isOfInterest: (path: Path, value: unknown) => boolean = () => true,
): Lie {
  return {
    name,
    tell: (truth, source) => {
      const places = [[], ...placesIn(truth)].filter((path) =>
        isOfInterest(path, valueAt(truth, path)),
      );
      if (places.length === 0) return textOf(truth);
      const count = pick(source.random, [1, 1, 2, 5]);
      const chosen = Array.from({ length: count }, () => pick(source.random, places));
      const lied = chosen.reduce<unknown>((value, path) => {
        return edited(value, path, change(valueAt(value, path), source, path));
      }, truth);
      return textOf(lied);
    },
  };
}

const isText = (_: Path, value: unknown) => typeof value === "string";
const isNumber = (_: Path, value: unknown) => typeof value === "number";
const isObject = (_: Path, value: unknown) => isRecord(value);
const isList = (_: Path, value: unknown) => Array.isArray(value);
const isId = (path: Path, value: unknown) =>
  typeof value === "string" && ["id", "uuid", "uid"].includes(String(path.at(-1)));
/** The id by which the add-on is addressed. */
const isKey = (path: Path, value: unknown) =>
  isId(path, value) && path.at(-1) !== "uid" && !path.includes("cluster");

const wrongTypes = [null, true, false, 0, 1.5, "", "text", [], {}, [[]], [null], { a: [] }];

/** A copy with more keys, those that an assignment would take for something else among them. */
function withKeys(old: unknown, entries: readonly (readonly [string, unknown])[]): unknown {
  return Object.fromEntries([...Object.entries(isRecord(old) ? old : {}), ...entries]);
}

function polluting({ random }: Source): readonly [string, unknown] {
  return pick(random, [
    ["__proto__", { polluted: true }],
    ["__proto__", null],
    ["constructor", { prototype: { polluted: true } }],
    ["constructor", "x"],
    ["toString", "x"],
    ["hasOwnProperty", null],
    ["toJSON", { polluted: true }],
    ["then", "x"],
  ]);
}

function anyJson(random: Random, depth = 0): unknown {
  const leaf = () => pick(random, [...wrongTypes, pick(random, oddTexts), pick(random, numbers)]);
  if (depth > 3 || random.next() < 0.3) return leaf();
  const size = Math.floor(random.next() * 5);
  const inner = Array.from({ length: size }, () => anyJson(random, depth + 1));
  if (random.next() < 0.4) return inner;
  const keys = ["data", "addons", "id", "uuid", "state", "status", "type", "spec", "name"];
  return Object.fromEntries(inner.map((value) => [pick(random, [...keys, ...oddKeys]), value]));
}

const numbers = oddNumbers.map(raw);

const bodies = [
  ...["null", "true", "0", '""', '"text"', "[]", "{}", "[[]]", "[null]", "", " ", "{", "NaN"],
  ...['{"data":null}', '{"data":[]}', '{"data":{}}', '{"data":{"data":{}}}', '{"data":[null]}'],
  ...["\ufeff{}", '{"uuid":"a","uuid":{}}', `[${"0,".repeat(100_000)}0]`, "'{}'", "undefined"],
  ...[deepText(10_000, "list"), deepText(10_000, "object"), `{"data":${deepText(10_000, "list")}}`],
];

const retryHints = ["1e400", "-1", "NaN", "9".repeat(30), "Fri, 31 Dec 9999 23:59:59 GMT", "", "3"];

/** Every way to lie about an answer's value. */
export const lies: readonly Lie[] = [
  about(
    "leaves fields out",
    () => undefined,
    (path) => path.length > 0,
  ),
  about("says null", () => null),
  about("says another type", (_, { random }) => pick(random, wrongTypes)),
  about("makes a list of it", (old) => [old]),
  about("makes an object of it", (old) => ({ 0: old, value: old })),
  about("says another text", (_, { random }) => pick(random, oddTexts), isText),
  about("says a text", (_, { random }) => pick(random, oddTexts)),
  about("says another number", (_, { random }) => pick(random, numbers), isNumber),
  about("says a number", (_, { random }) => pick(random, numbers)),
  about("says the engine's magic", (_, { random }) => pick(random, magicObjects)),
  about(
    "adds the engine's magic",
    (old, { random }) =>
      withKeys(old, [
        ["smuggled", pick(random, magicObjects)],
        ...Object.entries(pick(random, magicObjects)),
      ]),
    isObject,
  ),
  about(
    "adds prototype keys",
    (old, source) => withKeys(old, [polluting(source), polluting(source)]),
    isObject,
  ),
  about(
    "adds strange keys",
    (old, { random }) =>
      withKeys(old, [
        [pick(random, oddKeys), pick(random, oddTexts)],
        [pick(random, oddKeys), {}],
      ]),
    isObject,
  ),
  about("nests deeply", (_, { random }) =>
    raw(deepText(10_000, pick(random, ["list", "object"] as const))),
  ),
  about(
    "adds something deep",
    (old) => withKeys(old, [["deep", raw(deepText(10_000, "object"))]]),
    isObject,
  ),
  about("says an odd id", (_, { random }) => pick(random, oddIds), isId),
  about("says the id of another", (_, { random, others }) => pick(random, others), isKey),
  about("says everything twice", (old) => [...listOf(old), ...listOf(old)], isList),
  about(
    "lists what is none",
    (old, { random }) => [anyJson(random), ...listOf(old), pick(random, wrongTypes)],
    isList,
  ),
  about("lists nothing", () => [], isList),
  {
    name: "swaps two values",
    tell: (truth, { random }) => {
      const places = placesIn(truth);
      if (places.length === 0) return textOf(truth);
      const [one, two] = [pick(random, places), pick(random, places)];
      return textOf(edited(edited(truth, one, valueAt(truth, two)), two, valueAt(truth, one)));
    },
  },
  {
    name: "goes on for ever",
    tell: (truth, { random }) => {
      const cursor = pick(random, [
        "again",
        `more-${random.hex(8)}`,
        "",
        "x".repeat(3000),
        "a&b=c",
      ]);
      return textOf(withKeys(truth, [["pagination", { hasNextPage: true, cursor }]]));
    },
  },
  { name: "says anything", tell: (_, { random }) => textOf(anyJson(random)) },
  { name: "says something else", tell: (_, { random }) => pick(random, bodies) },
  {
    name: "says no",
    tell: (_, { random }) => {
      const text = pick(random, oddTexts);
      const error = pick(random, [text, { message: text, id: text, details: { [text]: [text] } }]);
      return {
        // Not 429: that says that there was no effect, and can be believed.
        status: pick(random, [400, 401, 403, 404, 409, 418, 422, 500, 503]),
        headers: {
          "content-type": "application/json",
          "retry-after": pick(random, retryHints),
          "x-request-id": "r".repeat(pick(random, [1, 3000])),
        },
        text: pick(random, [
          textOf({ error }),
          textOf({ errors: anyJson(random) }),
          `{"error":${deepText(10_000, "list")}}`,
        ]),
      };
    },
  },
  {
    name: "counts the requests wrongly",
    tell: (truth, { random }) => ({
      text: textOf(truth),
      headers: {
        "content-type": "application/json",
        "x-ratelimit-limit": pick(random, ["1000", "0", "-1", "1e400", "x"]),
        "x-ratelimit-remaining": pick(random, ["0", "1", "-5", "1e400", "NaN"]),
        "x-ratelimit-reset": pick(random, ["0", "1", "1e300", "-1", "3600", ""]),
      },
    }),
  },
];
