/** What decides how long one waiter may go without a look at the list. */
export interface Waiting {
  /** Milliseconds that it has waited. */
  readonly age: number;
  /** How many wait for the same list. */
  readonly waiters: number;
  /** Milliseconds that others waited for the same thing in this run, if any have. */
  readonly expected: number | undefined;
}

const quickest = 500;
const slowest = 15_000;
/** The slowest pace of the first minutes: so much for a few that wait, more for each of many. */
const slowestForFew = 1500;
const slowestForEach = 80;
const slowestForMany = 8000;
/** From this age on the slowest pace is a share of the age. */
const firstMinutes = 180_000;
/** The longest time without a look at something that is expected much later: it may fail before. */
const longestPatience = 30_000;

/**
 * Milliseconds after the last look at which the next one is due. Quick at first and slower later: a
 * look is shared by all, so the fewer wait, the dearer each look is per add-on, but the sooner the
 * total is harmless; with a hundred it is the total that counts. What others of its kind took says
 * when looking pays.
 */
export function pollInterval({ age, waiters, expected }: Waiting): number {
  const atFirst = within(waiters * slowestForEach, slowestForFew, slowestForMany);
  const most = Math.min(slowest, atFirst * Math.max(1, age / firstMinutes));
  if (expected !== undefined && expected > 4 * quickest) {
    const near = expected * 0.97;
    // Never less than the quickest pace: what is left of a wait can be next to nothing.
    if (age < near) return within(near - age, quickest, longestPatience);
    if (age < expected * 1.5) return within(expected * 0.03, quickest, 3000);
  }
  const growth = within(waiters / 240, 0.04, 0.25);
  const least = within(waiters * 10, quickest, 2 * quickest);
  return within(age * growth, least, most);
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/** Remembers how long waits of each kind took. */
export class WaitTimes {
  private readonly recent = new Map<string, number[]>();

  took(kind: string, ms: number): void {
    this.recent.set(kind, [...(this.recent.get(kind) ?? []), ms].slice(-10));
  }

  /** The shortest of the last ones: looking a little early costs a look, looking late costs time. */
  expected(kind: string): number | undefined {
    const times = this.recent.get(kind);
    return times === undefined ? undefined : Math.min(...times);
  }
}
