import { recordAt } from "../../support/json";

const builtIn: readonly (readonly [string, object])[] = Object.entries({
  Object: Object.prototype,
  Array: Array.prototype,
  Function: Function.prototype,
  String: String.prototype,
  Number: Number.prototype,
  Map: Map.prototype,
  Promise: Promise.prototype,
});

/** What is not what it was before: the functions that everything inherits, and whatever came to them. */
export function changedSince(before: ReadonlyMap<string, unknown>): string[] {
  const after = prototypes();
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => before.get(key) !== after.get(key))
    .map((key) => `${key} is not what it was`);
}

/** What everything inherits, to see later whether something has added to it or changed it. */
export function prototypes(): Map<string, unknown> {
  return new Map(
    builtIn.flatMap(([name, prototype]) =>
      Reflect.ownKeys(prototype).map((key) => {
        const descriptor: unknown = Object.getOwnPropertyDescriptor(prototype, key);
        const found = recordAt(descriptor);
        return [`${name}.${String(key)}`, found.value ?? found.get] as const;
      }),
    ),
  );
}
