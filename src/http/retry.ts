/**
 * Whether and when a request is sent again. A pure and total function, so that its promises can be
 * tested as properties: it never waits a negative time or past the deadline, and never repeats what
 * may not be repeated.
 */

export type Outcome =
  | { readonly kind: "answered"; readonly status: number; readonly headers: HeaderReader }
  /** The connection was refused or never made: nothing reached the platform. */
  | { readonly kind: "unsent" }
  /** It broke, or took too long, after the request may have arrived. */
  | { readonly kind: "lost" };

export type HeaderReader = (name: string) => string | null | undefined;

export interface RetryQuestion {
  readonly outcome: Outcome;
  /** True if doing it twice ends in the same state as doing it once. */
  readonly repeatable: boolean;
  /** How many attempts were made so far; at least 1. */
  readonly attempts: number;
  /** Milliseconds left until the deadline. */
  readonly left: number;
  /** Milliseconds since the epoch, for a `Retry-After` that is a date. */
  readonly now: number;
  /** A number in [0, 1). */
  readonly random: number;
}

export type RetryAnswer =
  | { readonly again: true; readonly after: number }
  | { readonly again: false; readonly suggested?: number };

const firstBackoff = 500;
const longestBackoff = 20_000;
/** Beside all of 5xx. */
const transientStatuses = new Set([408, 425, 429]);
/** No platform asks for more in earnest, and a timer could not wait for it. */
const longestTold = 24 * 3_600_000;

export function retry(question: RetryQuestion): RetryAnswer {
  const { outcome, repeatable } = question;
  const transient =
    outcome.kind !== "answered" || transientStatuses.has(outcome.status) || outcome.status >= 500;
  // A 429 and a refused connection had no effect, so even a write may be sent again.
  const harmless =
    repeatable ||
    outcome.kind === "unsent" ||
    (outcome.kind === "answered" && outcome.status === 429);
  const told =
    outcome.kind === "answered"
      ? toldToWait(outcome.headers, question.now, outcome.status)
      : undefined;
  const after = Math.max(told ?? 0, backoff(question.attempts, question.random));
  if (transient && harmless && after < question.left) return { again: true, after };
  return told === undefined ? { again: false } : { again: false, suggested: told };
}

/** Exponential with jitter over its upper half, so that a hundred clients do not return at once. */
export function backoff(attempts: number, random: number): number {
  const step = Number.isFinite(attempts) ? Math.min(Math.max(attempts, 1) - 1, 16) : 16;
  const ceiling = Math.min(longestBackoff, firstBackoff * 2 ** step);
  const share = Number.isFinite(random) ? Math.min(Math.max(random, 0), 1) : 0.5;
  return Math.round(ceiling / 2 + (ceiling / 2) * share);
}

/**
 * Milliseconds that the platform asks to wait: `Retry-After` in seconds or as a date, else, on a
 * 429, `x-ratelimit-reset`, which Northflank documents as seconds until the window ends.
 */
export function toldToWait(headers: HeaderReader, now: number, status: number): number | undefined {
  const retryAfter = headers("retry-after")?.trim() ?? "";
  const seconds = secondsIn(retryAfter) ?? secondsUntil(retryAfter, now);
  const reset = status === 429 ? secondsIn(headers("x-ratelimit-reset")?.trim() ?? "") : undefined;
  const told = seconds ?? reset;
  return told === undefined ? undefined : Math.min(longestTold, Math.ceil(told * 1000));
}

function secondsIn(text: string): number | undefined {
  return /^\d{1,15}(?:\.\d+)?$/u.test(text) ? Number(text) : undefined;
}

/** An HTTP date, and nothing else that Date.parse would make a date of. */
function secondsUntil(text: string, now: number): number | undefined {
  const date = /^[A-Za-z]{3,9},? .*GMT$/u.test(text) ? Date.parse(text) : Number.NaN;
  const seconds = (date - now) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
