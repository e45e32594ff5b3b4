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

/** Requests that are left for this kind, given how many are under way that the headers do not count yet. */
function usable(kind: RequestKind, allowance: Allowance, uncounted: number): number {
  const reserve = Math.min(reservedForWrites, Math.floor(allowance.limit / 10));
  return allowance.remaining - uncounted - (kind === "write" ? 0 : reserve);
}

/** Milliseconds until the platform would not refuse the next request. */
export function pauseBefore(
  kind: RequestKind,
  allowance: Allowance | undefined,
  uncounted: number,
  now: number,
): number {
  if (allowance === undefined || now >= allowance.resetAt) return 0;
  return usable(kind, allowance, uncounted) > 0 ? 0 : allowance.resetAt - now;
}

/**
 * Milliseconds between requests that spread what is left over the time that is left; 0 while there
 * is plenty. For what can be asked less often: a request that someone waits for is not held back.
 */
export function spread(allowance: Allowance | undefined, uncounted: number, now: number): number {
  if (allowance === undefined || now >= allowance.resetAt) return 0;
  const left = usable("read", allowance, uncounted);
  if (left > allowance.limit * comfortableShare) return 0;
  return (allowance.resetAt - now) / Math.max(1, left);
}

/** Thrown when the wait that the rate limit asks for does not fit into the deadline. */
export class BudgetExhausted extends Error {
  constructor(readonly wait: number) {
    super("the request budget is used up");
  }
}

/**
 * The request budget of one token at one base URL: a cap on requests in flight, and a pace that
 * keeps inside the limit which the response headers announce.
 */
export class RequestBudget {
  private allowance: Allowance | undefined;
  private inFlight = 0;
  /** Requests begun since the headers were last heard of. */
  private uncounted = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly maxInFlight: number,
  ) {}

  /** Waits for a free place and for the pace; the returned function gives the place back. */
  async enter(kind: RequestKind, deadline: Deadline): Promise<() => void> {
    for (;;) {
      if (this.inFlight >= this.maxInFlight) {
        await new Promise<void>((resolve) => this.waiting.push(resolve));
        continue;
      }
      const pause = pauseBefore(kind, this.allowance, this.uncounted, this.clock.now());
      if (pause <= 0) break;
      if (pause >= deadline.left()) throw new BudgetExhausted(pause);
      await this.clock.sleep(pause);
    }
    this.inFlight += 1;
    this.uncounted += 1;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.inFlight -= 1;
      this.waiting.shift()?.();
    };
  }

  /** Takes in `x-ratelimit-limit`, `-remaining` and `-reset` (seconds) of an answer. */
  learn(headers: HeaderReader): void {
    const [limit, remaining, reset] = ["limit", "remaining", "reset"].map((name) => {
      const value = headers(`x-ratelimit-${name}`)?.trim();
      return value === undefined || value === "" ? Number.NaN : Number(value);
    });
    if (!isCount(limit) || !isCount(remaining) || !isCount(reset)) return;
    this.allowance = { limit, remaining, resetAt: this.clock.now() + reset * 1000 };
    this.uncounted = Math.max(0, this.inFlight - 1);
  }

  /** Milliseconds between requests that the budget allows at present; 0 while there is plenty. */
  pace(): number {
    return spread(this.allowance, this.uncounted, this.clock.now());
  }
}

function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && value >= 0;
}
