/**
 * How many runs a costly property gets: few by default, and as many times more as `FC_TIMES` says,
 * for a longer hunt: `FC_SEED=random FC_TIMES=20 npm test`.
 */
const factor = Number(process.env.FC_TIMES ?? 1);

export function times(runs: number): number {
  return Math.max(1, Math.round(runs * (Number.isFinite(factor) ? factor : 1)));
}
