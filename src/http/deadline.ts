import type { Clock } from "./clock";

/** A point in time by which a whole operation, with all its requests and waits, must have ended. */
export interface Deadline {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Milliseconds that are left; never negative. */
  left(): number;
}

export function deadlineIn(clock: Clock, ms: number): Deadline {
  const at = clock.now() + ms;
  return { at, left: () => Math.max(0, at - clock.now()) };
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
