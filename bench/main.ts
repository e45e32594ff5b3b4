import { accessSync, constants, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { render, write } from "../scripts/generate/documents";
import { parseRecord, textOf as text } from "../test/support/json";
import { requireCli } from "../test/support/skip";
import { measureEngine } from "./engine";
import { type Figures, figuresFile, textOf } from "./figures";
import { timeTable } from "./page";
import { judge, shortFigures } from "./short";

const usage = `npm run bench -- [--short] [--json] [--save] [--n 1,10,100,500] [--runs N]

  --short   only what CI checks: requests, bytes and files, and fails where one is over its limit
  --json    print JSON
  --save    write the figures to ${figuresFile}, and the page and the plot that show them`;

/** What this package costs, beside an ordinary provider and beside no provider at all. */
async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      short: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      save: { type: "boolean", default: false },
      n: { type: "string", default: "1,10,100,500" },
      runs: { type: "string", default: "2" },
    },
  });
  const tell = (line: string) => console.error(line);
  if (values.short) {
    const { lines, over } = judge(await shortFigures(tell));
    console.log(lines.join("\n"));
    if (over > 0) throw new Error(`${over} figures are over their limits`);
    return;
  }
  const runs = numberIn(values.runs);
  const sizes = values.n.split(",").map(numberIn);
  const figures = await measure(sizes, runs, tell);
  console.log(values.json ? textOf(figures) : timeTable(figures));
  if (!values.save) return;
  writeFileSync(join(__dirname, "..", figuresFile), textOf(figures));
  for (const file of ["docs/performance.md", "docs/performance.svg"]) {
    write(file, await render(file));
  }
}

async function measure(
  sizes: readonly number[],
  runs: number,
  tell: (line: string) => void,
): Promise<Figures> {
  const measured = [];
  for (const addons of sizes) {
    measured.push(await measureEngine({ addons, runs, provisioningMs: 3000 }, tell));
  }
  const manifest = require.resolve("@pulumi/pulumi/package.json");
  const bytes = measured.at(-1)?.stateBytes;
  return {
    machine: {
      date: new Date().toISOString().slice(0, 10),
      cpu: cpus()[0]?.model.trim() ?? "unknown",
      cores: cpus().length,
      node: process.version,
      pulumiCli: (await requireCli()).version,
      pulumiSdk: text(parseRecord(readFileSync(manifest, "utf8"), manifest).version),
    },
    stateBytes: Object.fromEntries(
      Object.entries(bytes ?? {}).map(([variant, { all }]) => [variant, Math.round(all)]),
    ),
    rows: measured.flatMap(({ rows }) => rows),
  };
}

function numberIn(value: string): number {
  if (!/^[1-9]\d{0,4}$/u.test(value))
    throw new Error(`${value} is no number of add-ons\n\n${usage}`);
  return Number(value);
}

/** Where there is a file system in memory the state is kept there, so that no disk is measured. */
function keepStateInMemory(): void {
  const memory = "/dev/shm";
  try {
    accessSync(memory, constants.W_OK);
    process.env.TMPDIR ??= memory;
  } catch {
    // Then the usual place will do.
  }
}

keepStateInMemory();
main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
