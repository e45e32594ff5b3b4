/** Time as the package sees it. Passed in everywhere, so that no test has to wait for real time. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Milliseconds that the machine was asleep so far, as far as was noticed; none where it never is. */
  asleep?(): number;
}

/** A timer that is so late was not held up by work: the machine slept. */
const sleepFrom = 30_000;

/** The same clock, which notices by its timers that the machine slept. */
export function noticingSleep(clock: Clock): Clock {
  let asleep = 0;
  let noticed = Number.NEGATIVE_INFINITY;
  return {
    now: () => clock.now(),
    sleep: async (ms, signal) => {
      const due = clock.now() + ms;
      await clock.sleep(ms, signal);
      // Several timers are late for one sleep.
      const late = clock.now() - Math.max(due, noticed);
      if (late < sleepFrom) return;
      asleep += late;
      noticed = clock.now();
    },
    asleep: () => asleep,
  };
}

/** Milliseconds; Node's timers fire at once for more. A sleeper that is woken early looks at the clock again. */
const longestTimer = 2 ** 31 - 1;

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const timer = setTimeout(
        () => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        },
        Math.min(ms, longestTimer),
      );
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal?.reason instanceof Error ? signal.reason : new Error("aborted"));
      };
      signal?.addEventListener("abort", onAbort, { once: true });
    }),
};
