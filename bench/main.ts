import { accessSync, constants } from "node:fs";
import { saveFigures } from "./page/save";
import { type CheckFigures, measureChecks } from "./check";
import { measure } from "./measure";
import { type BenchOptions, optionsFrom } from "./options";
import { judge, shortFigures } from "./short";
import { showResult } from "./show";
import { showRequests } from "./virtual";

/**
 * `npm run bench`: what this package costs in time, memory, requests and state, beside a provider
 * written the ordinary way and beside no provider at all. What it prints while it works goes to the
 * error stream, so that `-- --json` prints nothing but JSON.
 */
async function main(options: BenchOptions): Promise<void> {
  const tell = (line: string) => console.error(line);
  if (options.short) {
    const { lines, over } = judge(await shortFigures(tell));
    console.log(lines.join("\n"));
    if (over > 0) throw new Error(`${over} figures are over their limits`);
    return;
  }
  const { saved, counted } = await measure(options, tell);
  const checks = measureChecks();
  if (options.json) console.log(JSON.stringify({ ...saved.result, checks }, undefined, 2));
  else {
    console.log(showRequests(counted).join("\n"));
    console.log(showResult(saved.result));
    checks.forEach(showChecks);
  }
  if (options.save) await saveFigures(saved);
}

function showChecks({ title, ordinary, median, worst, worstOf, inputs }: CheckFigures): void {
  const times = (ms: number) => `${(ms / ordinary).toFixed(0)} times`;
  console.log(`${title}: check of one resource takes ${ordinary.toFixed(2)} ms`);
  console.log(
    `  with a hostile value (${inputs} of them): median ${median.toFixed(2)} ms (${times(median)}), worst ${worst.toFixed(1)} ms (${times(worst)}): ${worstOf}`,
  );
}

/**
 * The state of five hundred add-ons is written a thousand times. Where there is a file system in
 * memory it is kept there, so that the figures are the engine's and not the disk's.
 */
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
Promise.resolve(process.argv.slice(2))
  .then(optionsFrom)
  .then(main)
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
