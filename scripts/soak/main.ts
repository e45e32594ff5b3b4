import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import fc from "fast-check";
import { noTotals, take, type Totals, walks } from "../../test/walk/walk";

const usage = "usage: npm run soak -- --minutes N [--seed S], or --seed S --path P";
/** Moves of a walk, and walks with one seed. */
const longest = 30;
const batch = 25;

/**
 * `npm run soak -- --minutes N [--seed S]`: the model walk of test/walk, with one seed after the other.
 * With a path it is the one walk that failed there.
 */
async function main(): Promise<void> {
  const { minutes, seed, path } = options();
  const totals = noTotals();
  const end = Date.now() + minutes * 60_000;
  const failed: string[] = [];
  for (let next = seed; ; next += 1) {
    const found = await walkWith(next, path, end, totals);
    if (found !== undefined) {
      failed.push(found);
      console.log(found);
    }
    if (path !== undefined || Date.now() >= end) break;
  }
  console.log(summary(totals, failed.length));
  process.exitCode = failed.length === 0 ? 0 : 1;
}

/** What was broken, as shortly as it can be shown, and how to see it again. */
async function walkWith(
  seed: number,
  path: string | undefined,
  end: number,
  totals: Totals,
): Promise<string | undefined> {
  const property = fc.asyncProperty(walks(longest), async (walk) => {
    await take(walk, totals);
  });
  const { failed, counterexamplePath, errorInstance } = await fc.check(property, {
    seed,
    numRuns: batch,
    ...(path === undefined
      ? { interruptAfterTimeLimit: Math.max(1, end - Date.now()), markInterruptAsFailure: false }
      : { path, endOnFailure: true }),
  });
  if (!failed) return undefined;
  const what = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return `FAILED: ${what}\nagain: npm run soak -- --seed ${seed} --path ${counterexamplePath ?? ""}\n`;
}

function options(): { minutes: number; seed: number; path: string | undefined } {
  const { values } = parseArgs({
    options: { minutes: { type: "string" }, seed: { type: "string" }, path: { type: "string" } },
  });
  const { minutes, seed, path } = values;
  if (minutes === undefined && (seed === undefined || path === undefined)) throw new Error(usage);
  return {
    minutes: count("minutes", minutes ?? "0"),
    seed: seed === undefined ? randomInt(1, 2 ** 30) : count("seed", seed),
    path,
  };
}

function count(name: string, text: string): number {
  if (!/^\d{1,10}$/u.test(text)) throw new Error(`--${name} must be a whole number. ${usage}`);
  return Number(text);
}

function summary(
  { walks, programs, runs, kills, faults, requests }: Totals,
  failed: number,
): string {
  const rows: readonly (readonly [string, number])[] = [
    ["walks", walks],
    ["programs", programs],
    ["runs", runs],
    ["kills", kills],
    ["requests", requests],
    ["requests made to fail", faults],
    ["promises broken", failed],
  ];
  return rows
    .map(([title, value]) => `${title.padEnd(22)} ${String(value).padStart(8)}`)
    .join("\n");
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
