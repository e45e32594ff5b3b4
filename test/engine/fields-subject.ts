import { isJsonObject, type JsonObject, type JsonValue } from "../contract/json";
import type { Emulator } from "../emulator/index";
import { Code, type Declared } from "./program";

/** Inputs by their dotted paths, as the field tables name them. */
export type Flat = Readonly<Record<string, JsonValue>>;

/** What is true of an add-on on its platform. */
export interface Facts {
  /** What tells it from one that is made anew. */
  readonly identity: string;
  /** How its API path ends. */
  readonly key: string;
  readonly password: string;
  /** What the platform has of an input. */
  readonly seen: (path: string) => unknown;
}

/** An add-on, and what happens to each of its inputs in the course of its life. */
export interface Subject {
  readonly name: string;
  readonly class: Declared["class"];
  readonly type: string;
  readonly base: Flat;
  /** Inputs that are changed in place, those of a column in one run; an empty one is no change. */
  readonly columns: readonly Flat[];
  /** Inputs whose change needs a replacement. */
  readonly replace: Flat;
  /** The same, refused as well, but its platform would not create an add-on of this type with them. */
  readonly refuse: Flat;
  /** Another type, and the inputs that come with it in place of those that go. */
  readonly retype: Flat;
  readonly retired: readonly string[];
  /** What somebody changes elsewhere. */
  readonly drift: Flat;
  /** The same where there is no way back. */
  readonly beyond: Flat;
  /** Its facts, found by what its inputs are now. */
  readonly facts: (emulator: Emulator, inputs: Flat) => Facts;
  /** What a create body must hold where these inputs are given, by dotted paths of the body. */
  readonly body: (inputs: Flat) => Flat;
  /** Changes it behind the API's back. */
  readonly change: (emulator: Emulator, inputs: Flat, changes: Flat) => void;
  /** Stops it behind the API's back; undefined for what cannot be stopped. */
  readonly stop: ((emulator: Emulator, inputs: Flat) => void) | undefined;
}

/** The inputs after all of the first columns. */
export function after(subject: Subject, columns: number): Flat {
  return subject.columns
    .slice(0, columns)
    .reduce((inputs, column) => ({ ...inputs, ...column }), subject.base);
}

export function declare(
  { name, class: kind }: Pick<Subject, "name" | "class">,
  inputs: Flat,
): Declared {
  const args = Object.entries(nest(inputs)).map(
    ([key, value]) => [key, new Code(JSON.stringify(value))] as const,
  );
  return { name, class: kind, args: Object.fromEntries(args) };
}

/** `{ "billing.storage": 1 }` as `{ billing: { storage: 1 } }`. */
export function nest(flat: Flat): JsonObject {
  const nested: JsonObject = {};
  for (const [path, value] of Object.entries(flat)) {
    const keys = path.split(".");
    const last = keys.pop() ?? path;
    let parent = nested;
    for (const key of keys) {
      const inner = parent[key];
      const next = isJsonObject(inner) ? inner : {};
      parent[key] = next;
      parent = next;
    }
    parent[last] = value;
  }
  return nested;
}

/** An input that is a text for certain. */
export function textAt(value: JsonValue | undefined): string {
  if (typeof value !== "string") throw new Error(`${JSON.stringify(value)} is not a text`);
  return value;
}

/** The inputs without some of them. */
export function omit(flat: Flat, ...paths: readonly string[]): Flat {
  return Object.fromEntries(Object.entries(flat).filter(([path]) => !paths.includes(path)));
}

/** The properties that dotted paths belong to, in the order of the alphabet. */
export function propertiesOf(paths: readonly string[]): string[] {
  return [...new Set(paths.map((path) => path.split(".")[0] ?? path))].sort();
}
