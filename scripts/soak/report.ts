import type { Life } from "../../test/engine/kill/life";

/** Whatever must not be: what of a life is not zero. */
function violations({ lost, duplicated, leaked, problems }: Life): string[] {
  return [
    ...lost.map((what) => `lost: ${what}`),
    ...duplicated.map((what) => `duplicated: ${what}`),
    ...leaked.map((what) => `leaked: ${what}`),
    ...problems,
  ];
}

export function isClean(life: Life): boolean {
  return violations(life).length === 0;
}

/** One line of a life, and what went wrong in it, with the command that shows it again. */
export function lineOf(life: Life, seconds: number): string {
  const { seed, runs, kills, faults } = life;
  const figures = `${runs} runs, ${kills} kills, ${faults} faults, ${seconds.toFixed(0)} s`;
  const found = violations(life);
  if (found.length === 0) return `seed ${seed}: ok (${figures})`;
  const list = found.map((what) => `  - ${what.replaceAll("\n", "\n    ")}`);
  return [
    `seed ${seed}: FAILED (${figures})`,
    ...list,
    `  again: npm run soak -- --seed ${seed}`,
  ].join("\n");
}

/** The table at the end. */
export function summary(lives: readonly Life[]): string {
  const sum = (count: (life: Life) => number) =>
    lives.reduce((total, life) => total + count(life), 0);
  const rows: readonly (readonly [string, number])[] = [
    ["lives of ten add-ons", lives.length],
    ["runs of the CLI", sum(({ runs }) => runs)],
    ["kills", sum(({ kills }) => kills)],
    ["faults injected", sum(({ faults }) => faults)],
    ["databases lost", sum(({ lost }) => lost.length)],
    ["databases duplicated", sum(({ duplicated }) => duplicated.length)],
    ["secrets leaked", sum(({ leaked }) => leaked.length)],
    ["anything else wrong", sum(({ problems }) => problems.length)],
  ];
  const width = Math.max(...rows.map(([title]) => title.length));
  const lines = rows.map(
    ([title, count]) => `${title.padEnd(width)}  ${String(count).padStart(6)}`,
  );
  const failed = lives.filter((life) => !isClean(life)).map(({ seed }) => seed);
  const again = failed.map((seed) => `replay: npm run soak -- --seed ${seed}`);
  return ["", ...lines, ...again].join("\n");
}
