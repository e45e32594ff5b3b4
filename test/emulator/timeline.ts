/**
 * A value that changes at known times. What an add-on will be later is written down when an action
 * begins and read when a request arrives, so no timer runs and a test's clock decides.
 */
export type Timeline<T> = readonly { readonly at: number; readonly value: T }[];

/** The value at a time; before the first entry, the first one's. */
export function valueAt<T>(timeline: Timeline<T>, now: number, fallback: T): T {
  let value = timeline[0]?.value ?? fallback;
  for (const entry of timeline) if (entry.at <= now) value = entry.value;
  return value;
}

/** The value once everything written down has happened. */
export const finalValue = <T>(timeline: Timeline<T>, fallback: T): T =>
  timeline.at(-1)?.value ?? fallback;

/** The stages in order, spread evenly: the first begins at once, the last one when `lasting` is over. */
export function spread<T>(start: number, lasting: number, stages: readonly T[]): Timeline<T> {
  const steps = Math.max(1, stages.length - 1);
  return stages.map((value, index) => ({ at: start + (lasting * index) / steps, value }));
}

/** The same past, another future: what was to come after `now` is dropped. */
export const continueWith = <T>(timeline: Timeline<T>, now: number, next: Timeline<T>) => [
  ...timeline.filter((entry) => entry.at < now),
  ...next,
];
