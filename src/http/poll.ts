import type { Clock } from "./clock";
import type { Deadline } from "./deadline";

export interface Polling {
  readonly clock: Clock;
  readonly deadline: Deadline;
  /** Milliseconds before the second look, the third and so on; the last one repeats. */
  readonly pauses: readonly [number, ...number[]];
}

/**
 * Looks until there is something to see, and at the deadline for the last time; undefined if it never
 * came. What a look throws ends it.
 */
export async function poll<T>(
  { clock, deadline, pauses }: Polling,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  for (let turn = 0; ; turn += 1) {
    const found = await look();
    if (found !== undefined || deadline.left() <= 0) return found;
    const pause = pauses[Math.min(turn, pauses.length - 1)] ?? pauses[0];
    await clock.sleep(Math.min(pause, deadline.left()));
  }
}
