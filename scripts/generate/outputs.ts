import { type Output, parts } from "../../src/fields/output";
import type { ResourceRows } from "../../src/fields/resource";
import { type Shape, type Struct, typeIn } from "../../src/fields/shape";
import { outputDoc } from "./comments";
import { code, table } from "./table";
import { typeOf } from "./program";

/** The outputs of a resource that are no inputs. */
export function outputTable(rows: ResourceRows<never>): string {
  const outputs = Object.entries<Output<never>>(rows.outputs).map(([name, output]) => {
    const { shape, presence, readAs = typeOf(shape, "output") } = output;
    const type = presence === "optional" ? `${readAs} | undefined` : readAs;
    return [code(name), code(shortened(type)), outputDoc(output)];
  });
  return table(["Output", "Type", "Meaning"], outputs);
}

/** The outputs that are parts of `connection`. */
export function plainOutputTable(): string {
  const rows = Object.entries(parts).map(([name, { type, doc }]) => [code(name), code(type), doc]);
  return table(["Output", "Type", "Meaning"], rows);
}

export function propertyTable({ properties }: Struct): string {
  const rows = Object.entries(properties).map(([name, { shape, doc, isOpen }]) => {
    const type = `${typeOf(shape, "output")}${isOpen === true ? " | undefined" : ""}`;
    return [code(name), code(type), doc];
  });
  return table(["Property", "Type", "Meaning"], rows);
}

/** The properties of an object among the inputs, and those of the objects in it, by dotted names. */
export function nestedTable(shape: Shape): string {
  return table(["Property", "Type", "Required", "Meaning"], nestedRows(shape, ""));
}

function nestedRows(shape: Shape, prefix: string): string[][] {
  if (shape.type === "array") return nestedRows(shape.items, prefix);
  if (shape.type !== "struct") return [];
  return Object.entries(shape.properties).flatMap(([key, { shape: inner, doc, isOptional }]) => {
    const path = `${prefix}${key}`;
    const within = inner.type === "array" ? inner.items : inner;
    const list = inner.type === "array" ? "[]" : "";
    const type = within.type === "struct" ? `object${list}` : typeIn(inner);
    const row = [code(path), code(type), isOptional ? "no" : "yes", doc];
    return [row, ...nestedRows(within, `${path}${list}.`)];
  });
}

/** The type as a reader wants it, without `readonly`. */
function shortened(type: string): string {
  return type.replace(/\breadonly /g, "").replace(/\bReadonly<(Record<[^<>]*>)>/g, "$1");
}
