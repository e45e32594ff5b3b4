import type * as t from "io-ts";

/** The form of a value, for types, schemas and documentation; what else it must satisfy its codec says. */
export type Shape =
  | {
      readonly type: "string" | "number" | "integer";
      /** The only values; with `isOpen`, those that are known. */
      readonly values?: readonly (string | number)[];
      readonly isOpen?: true;
      readonly unit?: string;
    }
  | { readonly type: "boolean" | "any" }
  | { readonly type: "array"; readonly items: Shape }
  | { readonly type: "map"; readonly values: Shape }
  | Struct
  | { readonly type: "either"; readonly of: readonly Shape[] };

export interface Struct {
  readonly type: "struct";
  readonly properties: Readonly<Record<string, Property>>;
  readonly named?: Name;
}

/** The interface that programs know an object by. */
export interface Name {
  readonly name: string;
  readonly doc: string;
  /** True for one that all platforms share: SDKs in other languages have it under this name too. */
  readonly isShared?: true;
}

export interface Property {
  readonly shape: Shape;
  readonly doc: string;
  readonly isOptional: boolean;
  /** There, but possibly `undefined`. */
  readonly isOpen?: true;
  readonly secret?: true;
}

export const anything: Shape = { type: "any" };
export const object: Shape = { type: "map", values: anything };

const shapes = new WeakMap<t.Mixed, Shape>();

/** The codec, with its form noted. */
export function shaped<C extends t.Mixed>(codec: C, shape: Shape): C {
  shapes.set(codec, shape);
  return codec;
}

export function shapeOf(codec: t.Mixed): Shape {
  const shape = shapes.get(codec);
  if (shape === undefined) throw new Error(`the codec ${codec.name} has no shape`);
  return shape;
}

/**
 * As in the documentation: `"RWO" | "RWX"`, `integer (MB)`, `{ dbName?: string }`. An object that has
 * others in it has its interface's name.
 */
export function typeIn(shape: Shape): string {
  switch (shape.type) {
    case "array":
      return `${typeIn(shape.items)}[]`;
    case "map":
      return "object";
    case "either":
      return shape.of.map(typeIn).join(" | ");
    case "struct": {
      const inner = Object.values(shape.properties).map((property) => property.shape.type);
      if (shape.named !== undefined && inner.includes("struct")) return shape.named.name;
      const properties = Object.entries(shape.properties).map(([key, property]) => {
        return `${key}${property.isOptional ? "?" : ""}: ${typeIn(property.shape)}`;
      });
      return `{ ${properties.join(", ")} }`;
    }
    case "string":
    case "number":
    case "integer": {
      const { type, values, isOpen, unit } = shape;
      if (values === undefined || isOpen === true) {
        return unit === undefined ? type : `${type} (${unit})`;
      }
      return values.map((value) => JSON.stringify(value)).join(" | ");
    }
    case "boolean":
    case "any":
      return shape.type;
  }
}
