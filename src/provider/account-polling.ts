import type { Clock } from "../http/clock";
import type { RequestBudget } from "../http/budget";
import { WaitTimes } from "./poll-interval";

/** The share of the requests that are left that looks may use while waits grow to e times their age. */
const lookShare = 0.05;
/** At the end of a window looks may use one of so many requests. */
const shareOfWindow = 4;
/** A look that finds an add-on ready is followed by reading it and its credentials. */
const requestsAtEnd = 3;

/** A poller, which sleeps until its next look. */
interface Waking {
  reconsider(): void;
}

/**
 * What all pollers of one account share: what they learnt, and the pace of their looks, which goes by
 * the requests that are left, however many lists are waited for.
 */
export class AccountPolling {
  private readonly times = new WaitTimes();
  private readonly pollers = new Set<Waking>();
  private waiting = 0;
  private lastLook = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly clock: Clock,
    private readonly budget: Pick<RequestBudget, "forReads">,
  ) {}

  /** So many more, or fewer, are waited for. */
  countWaits(change: 1 | -1): void {
    this.waiting += change;
  }

  join(poller: Waking): void {
    this.pollers.add(poller);
  }

  leave(poller: Waking): void {
    this.pollers.delete(poller);
  }

  /** How long a wait took tells when to look for others of its kind. */
  took(kind: string, ms: number): void {
    this.times.took(kind, ms);
    for (const poller of this.pollers) poller.reconsider();
  }

  expected(kind: string): number | undefined {
    return this.times.expected(kind);
  }

  looked(): void {
    this.lastLook = this.clock.now();
  }

  /** When a list, last looked at then, may be looked at for somebody who will have waited so long. */
  nextLook(before: number, age: number): number {
    const { requests, ms } = this.budget.forReads();
    // What it takes to end the waits is not spent on looking, as far as that goes.
    const spare = Math.max(1, requests / 4, requests - requestsAtEnd * this.waiting);
    const pause = Math.min(age / lookShare, shareOfWindow * ms) / spare;
    // The lists take turns, so that each add-on that is ready early tells when to look for the others.
    return Math.max(this.lastLook + pause, before + this.pollers.size * pause);
  }
}
