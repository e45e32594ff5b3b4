import type { Clock } from "./clock";
import type { Deadline } from "./deadline";
import type { HeaderReader } from "./retry";

/** Reads make way: the last requests of a window are kept for what changes something. */
export type RequestKind = "read" | "write";

/** What the platform's headers said last: requests left in a window that ends at a known time. */
export interface Allowance {
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds since the epoch. */
  readonly resetAt: number;
}

/** Below this share of the limit, looks at lists are spread over the time that is left. */
const comfortableShare = 0.2;
/** Requests of each window that reads leave to writes. */
const reservedForWrites = 20;

/** The longest pause between looks, whatever the headers say. */
const longestSpread = 3_600_000;
/** Answers about one window give ends that differ by their latency and by rounding. */
const sameWindow = 10_000;

/** Requests that are left for this kind if all that are under way are not counted yet. */
function usable(kind: RequestKind, allowance: Allowance, inFlight: number): number {
  const reserve = Math.min(reservedForWrites, Math.floor(allowance.limit / 10));
  return allowance.remaining - inFlight - (kind === "write" ? 0 : reserve);
}

/** Milliseconds until the platform would not refuse the next request. */
export function pauseBefore(
  kind: RequestKind,
  allowance: Allowance | undefined,
  inFlight: number,
  now: number,
): number {
  if (allowance === undefined || now >= allowance.resetAt) return 0;
  return usable(kind, allowance, inFlight) > 0 ? 0 : allowance.resetAt - now;
}

/**
 * Milliseconds between requests that spread what is left over the time that is left; 0 while there
 * is plenty. For what can be asked less often: a request that someone waits for is not held back.
 */
export function spread(allowance: Allowance | undefined, inFlight: number, now: number): number {
  if (allowance === undefined || now >= allowance.resetAt) return 0;
  const left = usable("read", allowance, inFlight);
  if (left > allowance.limit * comfortableShare) return 0;
  return Math.min(longestSpread, (allowance.resetAt - now) / Math.max(1, left));
}

/** Thrown when the wait that the rate limit asks for does not fit into the deadline. */
export class BudgetExhausted extends Error {
  constructor(readonly wait: number) {
    super("the request budget is used up");
  }
}

/** Thrown when the deadline passed before there was a place. */
export class NoPlaceInTime extends Error {
  constructor() {
    super("too many requests are under way");
  }
}

interface Queued {
  readonly kind: RequestKind;
  readonly deadline: Deadline;
  readonly admit: (leave: () => void) => void;
  readonly refuse: (error: Error) => void;
}

/**
 * The request budget of one token at one base URL: a cap on requests in flight, and a pace that
 * keeps inside the limit which the response headers announce.
 */
export class RequestBudget {
  private allowance: Allowance | undefined;
  private inFlight = 0;
  private queue: Queued[] = [];
  private timer = new AbortController();

  constructor(
    private readonly clock: Clock,
    private readonly maxInFlight: number,
  ) {}

  /** Waits for a free place inside the limit; the returned function gives the place back. */
  enter(kind: RequestKind, deadline: Deadline): Promise<() => void> {
    return new Promise((admit, refuse) => {
      this.queue.push({ kind, deadline, admit, refuse });
      this.pump();
    });
  }

  /** What the headers said last; undefined where they said nothing yet, or their window is over. */
  announced(): Allowance | undefined {
    const { allowance, clock } = this;
    return allowance === undefined || clock.now() >= allowance.resetAt ? undefined : allowance;
  }

  /** Takes in `x-ratelimit-limit`, `-remaining` and `-reset` (seconds) of an answer. */
  learn(headers: HeaderReader): void {
    const [limit, remaining, reset] = ["limit", "remaining", "reset"].map((name) => {
      const value = headers(`x-ratelimit-${name}`)?.trim();
      return value === undefined || value === "" ? Number.NaN : Number(value);
    });
    if (!isCount(limit) || !isCount(remaining) || !isCount(reset)) return;
    const now = this.clock.now();
    const heard = { limit, remaining, resetAt: now + reset * 1000 };
    const known = this.allowance;
    if (known === undefined || now >= known.resetAt || heard.resetAt > known.resetAt + sameWindow) {
      this.allowance = heard;
    } else if (heard.resetAt > known.resetAt - sameWindow) {
      // Answers overtake each other: the lowest number counts the most requests.
      const lowest = Math.min(known.remaining, remaining);
      this.allowance = {
        limit,
        remaining: lowest,
        resetAt: Math.min(known.resetAt, heard.resetAt),
      };
    }
    this.pump();
  }

  /** Milliseconds between requests that the budget allows at present; 0 while there is plenty. */
  pace(): number {
    return spread(this.allowance, this.inFlight, this.clock.now());
  }

  /** Admits whoever may go, in the order in which they came; a write may pass reads that must wait. */
  private pump(): void {
    const now = this.clock.now();
    const waiting: Queued[] = [];
    let wakeAt = Number.POSITIVE_INFINITY;
    for (const entry of this.queue) {
      const left = entry.deadline.left();
      const pause = pauseBefore(entry.kind, this.allowance, this.inFlight, now);
      // Requests under way may be counted already: their answers will tell.
      const certain = pauseBefore(entry.kind, this.allowance, 0, now);
      if (left <= 0) entry.refuse(new NoPlaceInTime());
      else if (certain >= left) entry.refuse(new BudgetExhausted(certain));
      else if (pause === 0 && this.inFlight < this.maxInFlight) entry.admit(this.take());
      else {
        waiting.push(entry);
        wakeAt = Math.min(wakeAt, now + left, pause > 0 ? now + pause : wakeAt);
      }
    }
    this.queue = waiting;
    this.wakeAt(wakeAt, now);
  }

  private take(): () => void {
    this.inFlight += 1;
    let taken = true;
    return () => {
      if (!taken) return;
      taken = false;
      this.inFlight -= 1;
      this.pump();
    };
  }

  private wakeAt(time: number, now: number): void {
    this.timer.abort();
    if (!Number.isFinite(time)) return;
    this.timer = new AbortController();
    this.clock.sleep(time - now, this.timer.signal).then(
      () => this.pump(),
      () => undefined,
    );
  }
}

function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && value >= 0;
}
