import { readFileSync } from "node:fs";
import { isRecord, listOf, parseRecord, recordAt, textOf } from "../test/support/json";

/** Bytes of state per add-on. */
export interface StateBytes {
  readonly all: number;
  /** What the property `__provider` takes of them, in inputs and outputs. */
  readonly provider: number;
}

/** Reads the stack's state as it is on disk. */
export function stateBytes(stateFiles: readonly string[], addons: number): StateBytes {
  const file = stateFiles.find((path) => /[\\/]stacks[\\/].*[\\/]\w+\.json$/.test(path));
  if (file === undefined) throw new Error("there is no state file");
  const state = parseRecord(readFileSync(file, "utf8"), file);
  const resources = listOf(recordAt(state, "checkpoint", "latest").resources)
    .filter(isRecord)
    .filter(({ type }) => /^(?:pulumi-nodejs:dynamic|paas-addons:)/u.test(textOf(type)));
  if (resources.length !== addons) {
    throw new Error(`${resources.length} add-ons in the state, where ${addons} were made`);
  }
  const bytes = (replacer?: (key: string, value: unknown) => unknown) =>
    Buffer.byteLength(JSON.stringify(resources, replacer)) / addons;
  const all = bytes();
  return { all, provider: all - bytes((key, value) => (key === "__provider" ? undefined : value)) };
}
