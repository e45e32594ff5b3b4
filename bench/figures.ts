import { isLeft } from "fp-ts/Either";
import * as t from "io-ts";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What is done with the engine, in this order. */
export const operations = {
  upCreate: "create",
  previewNoop: "preview, no change",
  upNoop: "up, no change",
  refresh: "refresh",
  destroy: "destroy",
} as const;
export type Operation = keyof typeof operations;

/** A figure of each variant that was measured. */
const Measured = t.partial({
  ours: t.number,
  native: t.number,
  ordinary: t.number,
  floor: t.number,
});
export type Measured = t.TypeOf<typeof Measured>;

const Row = t.type({
  operation: t.keyof(operations),
  addons: t.number,
  /** Medians. */
  seconds: Measured,
  /** Per add-on. */
  requests: Measured,
});
export type Row = t.TypeOf<typeof Row>;

const Figures = t.type({
  machine: t.type({
    date: t.string,
    cpu: t.string,
    cores: t.number,
    node: t.string,
    pulumiCli: t.string,
    pulumiSdk: t.string,
  }),
  /** Of one add-on, in the largest stack. */
  stateBytes: Measured,
  rows: t.array(Row),
});
export type Figures = t.TypeOf<typeof Figures>;

/** The figures that the page about performance shows. */
export const figuresFile = "bench/results/latest.json";

export function savedFigures(): Figures {
  const path = join(__dirname, "..", figuresFile);
  const decoded = Figures.decode(JSON.parse(readFileSync(path, "utf8")));
  if (isLeft(decoded)) throw new Error(`${figuresFile} is not as the benchmark writes it`);
  return decoded.right;
}

/** JSON with a line for each row. */
export function textOf({ machine, stateBytes, rows }: Figures): string {
  const lines = rows.map((row) => `    ${JSON.stringify(row)}`).join(",\n");
  return `{
  "machine": ${JSON.stringify(machine)},
  "stateBytes": ${JSON.stringify(stateBytes)},
  "rows": [
${lines}
  ]
}
`;
}
