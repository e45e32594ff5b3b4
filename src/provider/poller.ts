import type { Clock } from "../http/clock";
import { type Deadline, deadlineIn } from "../http/deadline";
import { AuthenticationError, NotFoundError, PermissionError } from "../http/errors";
import type { AccountPolling } from "./account-polling";
import type { ListedAddon } from "./kind";
import { overdueAfter, pollInterval } from "./poll-interval";
import type { Progress } from "./progress";

/** What a look at the list means for one waiter. */
export type Verdict = "done" | "wait";

export interface Wait {
  readonly key: string;
  /** Waits of one kind take about the same time: `running postgresql`. */
  readonly kind: string;
  /** For progress lines. */
  readonly label: string;
  readonly state: string;
  readonly deadline: Deadline;
  /** Judges what the list shows; undefined: it is not in the list. May throw, which ends the wait. */
  judge(listed: ListedAddon | undefined): Verdict | Promise<Verdict>;
}

interface Waiter {
  readonly wait: Wait;
  readonly since: number;
  readonly progress: { see(state: string): void; end(): void };
  /** True while it is being judged, which may take calls of its own. */
  busy: boolean;
  readonly resolve: (done: boolean) => void;
  readonly reject: (error: unknown) => void;
}

const listLimit = 60_000;

/**
 * One for all that is waited for in one app or project: one look at the list per tick. Waiters come
 * and go; each has its own deadline, and a slow one does not hold up the others.
 */
export class Poller {
  private readonly waiters = new Set<Waiter>();
  private running = false;
  private lastLook = 0;
  private listFailed = false;
  private wake = new AbortController();

  constructor(
    private readonly list: (deadline: Deadline) => Promise<readonly ListedAddon[]>,
    private readonly clock: Clock,
    private readonly progress: Progress,
    private readonly account: AccountPolling,
  ) {}

  /** True when judged done; false when the deadline came first. */
  until(wait: Wait): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const progress = this.progress.begin(wait.label, wait.state);
      const since = this.clock.now();
      this.waiters.add({ wait, since, progress, busy: false, resolve, reject });
      this.account.countWaits(1);
      // One that has just begun to wait is looked at sooner than one that has waited long.
      this.reconsider();
      if (!this.running) void this.run();
    });
  }

  /** Called where a look may be due sooner. */
  reconsider(): void {
    this.wake.abort();
  }

  private async run(): Promise<void> {
    this.running = true;
    this.account.join(this);
    this.lastLook = this.clock.now();
    while (this.waiters.size > 0) {
      const pause = this.pause();
      if (pause > 0) await this.sleep(pause);
      this.expire();
      if (this.dueAt() <= this.clock.now()) await this.look();
      this.progress.tick();
    }
    this.running = false;
    this.account.leave(this);
  }

  private async sleep(ms: number): Promise<void> {
    this.wake = new AbortController();
    try {
      await this.clock.sleep(ms, this.wake.signal);
    } catch {
      // Woken, to see what is due now.
    }
  }

  /** When the list is to be looked at next; never while nobody waits for what it shows. */
  private dueAt(): number {
    const { account, lastLook } = this;
    const times = this.unjudged().map(({ since, wait }) => {
      // What counts is how long it had waited when it was last looked at, or when it came.
      const seen = Math.max(since, lastLook);
      const waiting = { age: seen - since, expected: account.expected(wait.kind) };
      const due = seen + pollInterval(waiting);
      const affordable = Math.max(due, account.nextLook(seen, due - since));
      return Math.min(affordable, seen + overdueAfter(waiting));
    });
    return Math.min(...times);
  }

  private unjudged(): Waiter[] {
    return [...this.waiters].filter(({ busy }) => !busy);
  }

  private pause(): number {
    const soonest = Math.min(...[...this.waiters].map(({ wait }) => wait.deadline.left()));
    return Math.min(this.dueAt() - this.clock.now(), soonest);
  }

  private async look(): Promise<void> {
    const asked = this.unjudged();
    const longest = Math.max(...asked.map(({ wait }) => wait.deadline.left()));
    this.account.looked();
    if (this.listFailed) {
      // In its turn each add-on is asked for itself: that may work where the list does not.
      this.listFailed = false;
      this.lastLook = this.clock.now();
      for (const waiter of asked) void this.judge(waiter, undefined);
      return;
    }
    try {
      const all = await this.list(deadlineIn(this.clock, Math.min(listLimit, longest)));
      const listed = new Map(all.map((entry) => [entry.key, entry]));
      for (const waiter of asked) void this.judge(waiter, listed.get(waiter.wait.key));
    } catch (error) {
      const final =
        error instanceof AuthenticationError ||
        error instanceof PermissionError ||
        error instanceof NotFoundError;
      if (final) for (const waiter of asked) this.end(waiter, () => waiter.reject(error));
      // Anything else may pass. More requests at once would not help a platform that is in trouble.
      this.listFailed = !final;
    } finally {
      this.lastLook = this.clock.now();
    }
  }

  private async judge(waiter: Waiter, listed: ListedAddon | undefined): Promise<void> {
    if (listed !== undefined) waiter.progress.see(listed.state);
    waiter.busy = true;
    try {
      const verdict = await waiter.wait.judge(listed);
      if (verdict === "done") {
        this.account.took(waiter.wait.kind, this.clock.now() - waiter.since);
        this.end(waiter, () => waiter.resolve(true));
      }
    } catch (error) {
      this.end(waiter, () => waiter.reject(error));
    } finally {
      waiter.busy = false;
      this.reconsider();
    }
  }

  private expire(): void {
    for (const waiter of this.waiters) {
      if (waiter.wait.deadline.left() <= 0) this.end(waiter, () => waiter.resolve(false));
    }
  }

  private end(waiter: Waiter, settle: () => void): void {
    if (!this.waiters.delete(waiter)) return;
    this.account.countWaits(-1);
    waiter.progress.end();
    settle();
  }
}
