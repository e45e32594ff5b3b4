import { large, placesOf } from "../test/hostile/support/inputs";
import { both, type Checks } from "../test/unit/support/platforms";
import { type Props, withAt } from "../src/fields/values";

/** What check takes of the processor, in milliseconds. */
export interface CheckFigures {
  readonly title: string;
  /** An ordinary program, the median of many. */
  readonly ordinary: number;
  /** Programs with one hostile value. */
  readonly median: number;
  readonly worst: number;
  /** What the worst one had, and where. */
  readonly worstOf: string;
  readonly inputs: number;
}

/** How often each program is checked; the quickest counts, since all else makes it slower only. */
const turns = 3;
const warmUp = 200;

/** Puts a value of every hostile kind into every place, and measures what check takes. */
export function measureChecks(): CheckFigures[] {
  return both.map((checks) => {
    const [, base] = checks.programs[0] ?? ["", {}];
    for (let turn = 0; turn < warmUp; turn += 1) checks.check(base);
    const ordinary = Array.from({ length: warmUp }, () => timeOf(checks, base, 1));
    const measured = placesOf(checks).flatMap((path) =>
      Array.from(large, ([name, value]) => ({
        name: `${name} in ${path === "" ? "the input without a name" : path}`,
        ms: timeOf(checks, withAt(base, path, value), turns),
      })),
    );
    const sorted = measured.sort((a, b) => a.ms - b.ms);
    const worst = sorted.at(-1);
    return {
      title: checks.title,
      ordinary: median(ordinary.sort((a, b) => a - b)),
      median: median(sorted.map(({ ms }) => ms)),
      worst: worst?.ms ?? 0,
      worstOf: worst?.name ?? "",
      inputs: sorted.length,
    };
  });
}

function timeOf({ check }: Checks, program: Props, repeats: number): number {
  const times = Array.from({ length: repeats }, () => {
    const began = process.cpuUsage();
    check(program);
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}

function median(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
