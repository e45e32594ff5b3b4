import type * as t from "io-ts";

/** The form of a value, for schemas and SDKs; what else it must satisfy its codec says. */
export type Shape =
  | { readonly type: "string" | "number" | "integer" | "boolean" | "object" }
  | { readonly type: "array"; readonly items: Shape }
  | { readonly type: "struct"; readonly properties: Readonly<Record<string, Property>> }
  | { readonly type: "either"; readonly of: readonly Shape[] };

export interface Property {
  readonly shape: Shape;
  readonly isOptional: boolean;
}

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
