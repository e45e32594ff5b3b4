import { readFileSync } from "node:fs";
import {
  isRecord,
  listOf,
  parseRecord,
  recordAt,
  textOf,
  type JsonRecord,
} from "../test/support/json";

/** Bytes of state per add-on. */
export interface StateBytes {
  /** Everything that the state file holds of it. */
  readonly all: number;
  /** The same without `__provider`, in inputs and outputs. */
  readonly withoutProvider: number;
  /** What each property costs: `inputs.billing`, `outputs.connection`; the rest is the engine's own. */
  readonly properties: Readonly<Record<string, number>>;
}

/** Reads the stack's state as it is on disk. */
export function stateBytes(stateFiles: readonly string[], addons: number): StateBytes {
  const file = stateFiles.find((path) => /[\\/]stacks[\\/].*[\\/]\w+\.json$/.test(path));
  if (file === undefined) throw new Error("there is no state file");
  const state = parseRecord(readFileSync(file, "utf8"), file);
  const resources = listOf(recordAt(state, "checkpoint", "latest").resources)
    .filter(isRecord)
    .filter(({ type }) => textOf(type).startsWith("pulumi-nodejs:dynamic"));
  if (resources.length !== addons) {
    throw new Error(`${resources.length} add-ons in the state, where ${addons} were made`);
  }
  const sum = (size: (resource: JsonRecord) => number) =>
    resources.reduce((total, resource) => total + size(resource), 0) / addons;
  const properties = new Map<string, number>();
  for (const resource of resources) {
    for (const side of ["inputs", "outputs"]) {
      for (const name of Object.keys(recordAt(resource, side))) {
        const path = `${side}.${name}`;
        const cost = sizeOf(resource) - sizeOf(without(resource, side, name));
        properties.set(path, (properties.get(path) ?? 0) + cost / addons);
      }
    }
  }
  return {
    all: sum(sizeOf),
    withoutProvider: sum((resource) =>
      sizeOf(without(without(resource, "inputs", "__provider"), "outputs", "__provider")),
    ),
    properties: Object.fromEntries([...properties].sort(([, a], [, b]) => b - a)),
  };
}

/** Bytes as the engine writes it, with the comma after it. */
function sizeOf(resource: JsonRecord): number {
  return Buffer.byteLength(JSON.stringify(resource)) + 1;
}

function without(resource: JsonRecord, side: string, name: string): JsonRecord {
  const rest = Object.entries(recordAt(resource, side)).filter(([key]) => key !== name);
  return { ...resource, [side]: Object.fromEntries(rest) };
}
