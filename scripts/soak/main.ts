import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { live, type Life } from "../../test/engine/kill/life";
import { bad, Weather } from "../../test/engine/kill/weather";
import { requireCli } from "../../test/support/skip";
import { isClean, lineOf, summary } from "./report";

/**
 * `npm run soak -- --seconds N [--seed S] [--verbose]`: lives of ten add-ons on the real engine while
 * runs are killed and requests fail, one after the other, for so long. A life that is going on then
 * ends after its present part. With a seed and no time it is that one life, to its end.
 */
async function main(): Promise<void> {
  const { seconds, seed, verbose } = options();
  await requireCli();
  const lives: Life[] = [];
  const end = Date.now() + seconds * 1000;
  const isOver = () => Date.now() >= end;
  do {
    const began = Date.now();
    const life = await live({
      seed: seed + lives.length,
      weather: new Weather(bad),
      isOver: seconds > 0 ? isOver : () => false,
      ...(verbose && { log: (line: string) => console.log(`  ${line}`) }),
    });
    lives.push(life);
    console.log(lineOf(life, (Date.now() - began) / 1000));
  } while (!isOver());
  console.log(summary(lives));
  process.exitCode = lives.every(isClean) ? 0 : 1;
}

function options(): { seconds: number; seed: number; verbose: boolean } {
  const { values } = parseArgs({
    options: {
      seconds: { type: "string" },
      seed: { type: "string" },
      verbose: { type: "boolean", default: false },
    },
  });
  if (values.seconds === undefined && values.seed === undefined) {
    throw new Error("usage: npm run soak -- --seconds N [--seed S] [--verbose], or --seed S alone");
  }
  return {
    seconds: count("seconds", values.seconds ?? "0"),
    // Room for those of the lives after the first.
    seed: values.seed === undefined ? randomInt(1, 2 ** 31) : count("seed", values.seed),
    verbose: values.verbose,
  };
}

function count(name: string, text: string): number {
  if (!/^\d{1,10}$/u.test(text)) throw new Error(`--${name} must be a whole number`);
  return Number(text);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
