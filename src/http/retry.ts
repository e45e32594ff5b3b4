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

/** True where asking again later may help: the platform or the way to it is in trouble. */
export function isTransient(outcome: Outcome): boolean {
  if (outcome.kind !== "answered") return true;
  return transientStatuses.has(outcome.status) || outcome.status >= 500;
}

/** How long the platform asks to wait, if it does. */
export function toldBy(outcome: Outcome, now: number): number | undefined {
  return outcome.kind === "answered" ? toldToWait(outcome.headers, now, outcome.status) : undefined;
}

const firstBackoff = 500;
const longestBackoff = 20_000;
/** Beside all of 5xx. */
const transientStatuses = new Set([408, 425, 429]);
/** No platform asks for more in earnest, and a timer could not wait for it. */
const longestTold = 24 * 3_600_000;

export function retry(question: RetryQuestion): RetryAnswer {
  const { outcome, repeatable } = question;
  const transient = isTransient(outcome);
  // A 429 and a refused connection had no effect, so even a write may be sent again.
  const harmless =
    repeatable ||
    outcome.kind === "unsent" ||
    (outcome.kind === "answered" && outcome.status === 429);
  const told = toldBy(outcome, question.now);
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
 * 429, until the rate limit's window ends.
 */
export function toldToWait(headers: HeaderReader, now: number, status: number): number | undefined {
  const retryAfter = headers("retry-after")?.trim() ?? "";
  const seconds = secondsIn(retryAfter) ?? secondsUntil(retryAfter, now);
  const told = seconds === undefined ? undefined : Math.ceil(seconds * 1000);
  const reset = status === 429 ? resetIn(headers("x-ratelimit-reset"), now) : undefined;
  return told === undefined ? reset : Math.min(longestTold, told);
}

/** Seconds since the epoch, in this millennium: no window lasts that long. */
const epochSeconds = 900_000_000;

/**
 * Milliseconds until the rate limit's window ends: Northflank documents seconds until then; other
 * platforms, and what stands before them, give the time itself in seconds.
 */
export function resetIn(header: string | null | undefined, now: number): number | undefined {
  const seconds = secondsIn(header?.trim() ?? "");
  if (seconds === undefined) return undefined;
  const ms = seconds < epochSeconds ? seconds * 1000 : seconds * 1000 - now;
  return Math.min(longestTold, Math.max(0, Math.ceil(ms)));
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
