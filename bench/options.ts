import { parseArgs } from "node:util";

export interface BenchOptions {
  /** Print the figures as JSON. */
  readonly json: boolean;
  /** Numbers of add-ons. */
  readonly sizes: readonly number[];
  /** How often everything is created, looked at and destroyed; by the number of add-ons, unless it is given. */
  readonly runs: number | undefined;
  /** Only what is the same on every machine, with few add-ons; fails where a limit is passed. */
  readonly short: boolean;
  /** Write the figures to bench/results, and the page and the plot that show them to docs. */
  readonly save: boolean;
  /** Also measure what the engine's settings change. */
  readonly settings: boolean;
}

export const usage =
  "npm run bench -- [--json] [--n 1,10,100,500] [--runs N] [--short] [--settings] [--save]";

export function optionsFrom(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: "boolean", default: false },
      n: { type: "string" },
      runs: { type: "string" },
      short: { type: "boolean", default: false },
      save: { type: "boolean", default: false },
      settings: { type: "boolean", default: false },
    },
  });
  const { json, n, runs, short, save, settings } = values;
  const sizes = n?.split(",").map((text) => count("--n", text)) ?? [1, 10, 100, 500];
  return {
    json,
    sizes,
    runs: runs === undefined ? undefined : count("--runs", runs),
    short,
    save,
    settings,
  };
}

function count(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new Error(`${name} needs whole numbers above 0, not ${JSON.stringify(text)}\n${usage}`);
  }
  return value;
}
