import type { Clock } from "./clock";

/** The time by which a whole operation, with all its requests and waits, must have ended. */
export interface Deadline {
  /** Milliseconds that are left; never negative. */
  left(): number;
}

/** Time that the machine sleeps does not count: nothing was looked at meanwhile. */
export function deadlineIn(clock: Clock, ms: number): Deadline {
  const awake = () => clock.now() - (clock.asleep?.() ?? 0);
  const at = awake() + ms;
  return { left: () => Math.max(0, at - awake()) };
}

/** A length of time in words: `45 s`, `3 min 20 s`, `1 h 5 min`. */
export function inWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60)
    return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  const rest = minutes % 60;
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}
