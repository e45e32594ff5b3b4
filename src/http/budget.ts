import type { Clock } from "./clock";
import type { Deadline } from "./deadline";
import type { RequestError } from "./errors";
import { backoff, type HeaderReader, resetIn } from "./retry";

/** Reads make way: the last requests of a window are kept for what changes something. */
export type RequestKind = "read" | "write";

/** What the platform's headers said last: requests left in a window that ends at a known time. */
export interface Allowance {
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds since the epoch. */
  readonly resetAt: number;
}

/** Requests of each window that reads leave to writes. */
const reservedForWrites = 20;

/** What is assumed of a platform that announces no limit. */
const assumed = { requests: 1000, ms: 3_600_000 };
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

/** Thrown when the platform asked for a longer pause than the deadline allows, or one until then. */
export class HeldBack extends Error {
  constructor(
    readonly wait: number,
    /** The failure of another request that holds this one back. */
    readonly because: RequestError,
  ) {
    super("requests are held back");
  }
}

/** A pause of all requests after one has failed. */
interface Hold {
  readonly until: number;
  /** True where the platform said how long. */
  readonly isTold: boolean;
  readonly because: RequestError;
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
  private hold: Hold | undefined;
  private failures = 0;
  private timer = new AbortController();

  constructor(
    private readonly clock: Clock,
    private readonly maxInFlight: number,
    private readonly random: () => number = Math.random,
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

  /** Takes in `x-ratelimit-limit`, `-remaining` and `-reset` of an answer. */
  learn(headers: HeaderReader): void {
    const [limit, remaining] = ["limit", "remaining"].map((name) => {
      const value = headers(`x-ratelimit-${name}`)?.trim();
      return value === undefined || value === "" ? Number.NaN : Number(value);
    });
    const now = this.clock.now();
    const reset = resetIn(headers("x-ratelimit-reset"), now);
    if (!isCount(limit) || !isCount(remaining) || reset === undefined) return;
    const heard = { limit, remaining, resetAt: now + reset };
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

  /**
   * A failure that may pass holds back what is sent next: as long as the platform says, else the longer
   * the more have failed in a row.
   */
  failed(because: RequestError, told: number | undefined): void {
    const now = this.clock.now();
    const known = this.hold?.until ?? now;
    // Those that were under way together have failed for one reason.
    if (told === undefined && known > now) return;
    this.failures += 1;
    const until = now + (told ?? backoff(this.failures, this.random()));
    if (until > known) this.hold = { until, isTold: told !== undefined, because };
  }

  succeeded(): void {
    this.failures = 0;
    if (this.hold?.isTold === true) return;
    this.hold = undefined;
    this.pump();
  }

  /** The requests that reads may use in the window that ends after so many milliseconds. */
  forReads(): { readonly requests: number; readonly ms: number } {
    const { allowance, inFlight, clock } = this;
    const now = clock.now();
    if (allowance === undefined || now >= allowance.resetAt) return assumed;
    const requests = Math.max(0, usable("read", allowance, inFlight));
    return { requests, ms: allowance.resetAt - now };
  }

  /** Admits all that may go, in the order in which they came; a write may pass reads that must wait. */
  private pump(): void {
    const now = this.clock.now();
    const waiting: Queued[] = [];
    let wakeAt = Number.POSITIVE_INFINITY;
    const hold = this.hold !== undefined && this.hold.until > now ? this.hold : undefined;
    const held = hold === undefined ? 0 : hold.until - now;
    for (const entry of this.queue) {
      const left = entry.deadline.left();
      const pause = Math.max(held, pauseBefore(entry.kind, this.allowance, this.inFlight, now));
      // Requests under way may be counted already: their answers will tell.
      const certain = pauseBefore(entry.kind, this.allowance, 0, now);
      if (hold !== undefined && (left <= 0 || (hold.isTold && held >= left)))
        entry.refuse(new HeldBack(held, hold.because));
      else if (left <= 0) entry.refuse(new NoPlaceInTime());
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
