import type { Clock } from "../http/clock";
import { type Deadline, deadlineIn } from "../http/deadline";
import { AuthenticationError, NotFoundError, PermissionError } from "../http/errors";
import { pace } from "./pace";
import type { Listed } from "./platform";
import type { Progress } from "./progress";

/** What a look at the list means for one waiter. */
export type Verdict = "done" | "wait";

export interface Wait {
  readonly key: string;
  /** For progress lines. */
  readonly label: string;
  readonly state: string;
  readonly deadline: Deadline;
  /** Judges what the list shows; undefined: it is not in the list. May throw, which ends the wait. */
  judge(listed: Listed | undefined): Verdict | Promise<Verdict>;
}

interface Waiter {
  readonly wait: Wait;
  readonly since: number;
  readonly progress: { see(state: string): void; end(): void };
  readonly resolve: (done: boolean) => void;
  readonly reject: (error: unknown) => void;
}

const listLimit = 60_000;

/**
 * One for all that is waited for in one app or project: one look at the list per tick, whoever
 * waits. Waiters come and go; each has its own deadline.
 */
export class Poller {
  private readonly waiters = new Set<Waiter>();
  private running = false;

  constructor(
    private readonly list: (deadline: Deadline) => Promise<readonly Listed[]>,
    private readonly clock: Clock,
    private readonly progress: Progress,
    private readonly budgetPace: () => number,
  ) {}

  /** True when judged done; false when the deadline came first. */
  until(wait: Wait): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const progress = this.progress.begin(wait.label, wait.state);
      this.waiters.add({ wait, since: this.clock.now(), progress, resolve, reject });
      if (!this.running) {
        this.running = true;
        void this.run();
      }
    });
  }

  private async run(): Promise<void> {
    while (this.waiters.size > 0) {
      await this.clock.sleep(this.pause());
      this.expire();
      if (this.waiters.size > 0) await this.look();
      this.progress.tick();
    }
    this.running = false;
  }

  private pause(): number {
    const now = this.clock.now();
    const waited = [...this.waiters].map(({ since }) => now - since);
    const left = [...this.waiters].map(({ wait }) => wait.deadline.left());
    return Math.min(pace(Math.min(...waited), this.budgetPace()), Math.max(1, ...left));
  }

  private async look(): Promise<void> {
    const asked = [...this.waiters];
    const longest = Math.max(...asked.map(({ wait }) => wait.deadline.left()));
    let listed: Map<string, Listed>;
    try {
      const all = await this.list(deadlineIn(this.clock, Math.min(listLimit, longest)));
      listed = new Map(all.map((entry) => [entry.key, entry]));
    } catch (error) {
      // Anything else may pass: the next look may succeed, and each waiter has its deadline.
      const final =
        error instanceof AuthenticationError ||
        error instanceof PermissionError ||
        error instanceof NotFoundError;
      if (final) for (const waiter of asked) this.end(waiter, () => waiter.reject(error));
      return;
    }
    await Promise.all(asked.map((waiter) => this.judge(waiter, listed.get(waiter.wait.key))));
  }

  private async judge(waiter: Waiter, listed: Listed | undefined): Promise<void> {
    if (listed !== undefined) waiter.progress.see(listed.state);
    try {
      const verdict = await waiter.wait.judge(listed);
      if (verdict === "done") this.end(waiter, () => waiter.resolve(true));
    } catch (error) {
      this.end(waiter, () => waiter.reject(error));
    }
  }

  private expire(): void {
    for (const waiter of this.waiters) {
      if (waiter.wait.deadline.left() <= 0) this.end(waiter, () => waiter.resolve(false));
    }
  }

  private end(waiter: Waiter, settle: () => void): void {
    if (!this.waiters.delete(waiter)) return;
    waiter.progress.end();
    settle();
  }
}
