import fc from "fast-check";
import { isRecord, type Props, unknownValue, withAt } from "../../../src/fields/values";

/** The way to a value inside of a value. */
export type Path = readonly (string | number)[];

/** The ways to every value inside of a value, itself left out. */
export function placesIn(value: unknown): Path[] {
  if (Array.isArray(value)) {
    return value.flatMap((entry: unknown, index) => below(index, entry));
  }
  return isRecord(value) ? Object.entries(value).flatMap(([key, entry]) => below(key, entry)) : [];
}

function below(key: string | number, value: unknown): Path[] {
  return [[key], ...placesIn(value).map((path) => [key, ...path])];
}

export function valueAt(value: unknown, path: Path): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(value)) return valueAt(value[Number(key)], rest);
  return isRecord(value) ? valueAt(value[key], rest) : undefined;
}

/** A copy with another value there; `undefined` takes it out. */
export function edited(value: unknown, path: Path, next: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return next;
  if (Array.isArray(value)) {
    return value.flatMap((entry: unknown, index) => {
      const changed = index === key ? edited(entry, rest, next) : entry;
      return changed === undefined ? [] : [changed];
    });
  }
  if (!isRecord(value)) return value;
  const changed = edited(value[key], rest, next);
  const others = Object.entries(value).filter(([other]) => other !== key);
  return Object.fromEntries(changed === undefined ? others : [...others, [key, changed]]);
}

export function editedProps(props: Props, path: Path, next: unknown): Props {
  const result = edited(props, path, next);
  return isRecord(result) ? result : {};
}

/** Inputs from values at dotted paths. */
export function assemble(values: Props): Props {
  return Object.entries(values).reduce<Props>((props, [path, value]) => {
    return withAt(props, path, value);
  }, {});
}

/** Inputs with any of these, at dotted paths; those that are required always. */
export function someOf(
  values: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  required: readonly string[] = [],
): fc.Arbitrary<Props> {
  return fc.record(values, { requiredKeys: [...required] }).map(assemble);
}

/** The entries of a table of arbitraries that are of interest. */
export function pick(
  values: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  wanted: (path: string) => boolean,
): Record<string, fc.Arbitrary<unknown>> {
  return Object.fromEntries(Object.entries(values).filter(([path]) => wanted(path)));
}

/** Inputs of several sources as one. */
export function together(...parts: readonly fc.Arbitrary<Props>[]): fc.Arbitrary<Props> {
  return fc.tuple(...parts).map((all) => {
    return all.reduce<Props>((props, part) => ({ ...props, ...part }), {});
  });
}

/** The same, in a preview in which some values, at any depth, are not known yet. */
export function withUnknowns(programs: fc.Arbitrary<Props>): fc.Arbitrary<Props> {
  return fc.tuple(programs, fc.array(fc.nat(), { minLength: 1, maxLength: 6 })).map(preview);
}

export function preview([program, choices]: [Props, number[]]): Props {
  return choices.reduce<Props>((props, choice) => {
    const places = placesIn(props);
    const place = places[choice % places.length];
    return place === undefined ? props : editedProps(props, place, unknownValue);
  }, program);
}

/** What a paused add-on cannot do stays as it is while it is paused before and after. */
export function calm(program: Props, successor: Props, paths: readonly string[]): Props {
  if (program.paused !== true || successor.paused !== true) return successor;
  return paths.reduce<Props>((props, path) => withAt(props, path, program[path]), successor);
}
