/** What decides how long one waiter may go without a look at the list. */
export interface Waiting {
  /** Milliseconds that it has waited. */
  readonly age: number;
  /** Milliseconds that others waited for the same thing in this run, if any have. */
  readonly expected: number | undefined;
}

const quickest = 2000;
/** From 100 s on, a twenty-fifth of the age is more than the least of these. */
const slowest = [4000, 10_000] as const;
/** The longest time without a look at something that is expected much later: it may fail before. */
const longestPatience = 30_000;
/** Around the time that others took: at least so often, and at most. */
const closePace = [500, 3000] as const;

/**
 * Milliseconds after the last look at which the next one is due: what others of its kind took says
 * when looking pays; without that, quick at first and slower later.
 */
export function pollInterval({ age, expected }: Waiting): number {
  if (expected !== undefined && expected > quickest) {
    const near = nearing(expected);
    if (age < near) return within(near - age, closePace[0], longestPatience);
    if (age < expected * 1.5) return within(expected * 0.03, ...closePace);
  }
  return within(age / 2, quickest, within(age / 25, ...slowest));
}

/** When to look for what is expected: looking a little early costs a look, looking late costs time. */
function nearing(expected: number): number {
  return expected * 0.97;
}

/**
 * Milliseconds after which a look pays, though requests are few: when others of its kind were done, and
 * a few times soon after that.
 */
export function overdueAfter({ age, expected }: Waiting): number {
  if (expected === undefined || age >= expected * 1.5) return Number.POSITIVE_INFINITY;
  const near = nearing(expected);
  // Never less than the quickest: what is left of a wait can be next to nothing.
  return Math.max(closePace[0], age < near ? near - age : Math.max(expected - near, age - near));
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

  /** The shortest of the last ones. */
  expected(kind: string): number | undefined {
    const times = this.recent.get(kind);
    return times === undefined ? undefined : Math.min(...times);
  }
}
