import type { Clock } from "../http/clock";
import { inWords } from "../http/deadline";
import { truncate } from "../http/redact";

/** Milliseconds between two lines. */
const interval = 10_000;
const named = 3;

interface Waiter {
  readonly label: string;
  readonly since: number;
  state: string;
}

/**
 * Shows the state of each wait at its own row, where the door can; elsewhere one line at most every
 * 10 s sums up who is waited for, in which state and for how long.
 */
export class Progress {
  private readonly waiters = new Set<Waiter>();
  private lastLine: number | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly log: (line: string) => void,
    private readonly status?: () => (line: string) => void,
  ) {}

  begin(label: string, state: string): { see(state: string): void; end(): void } {
    const status = this.status?.();
    const waiter: Waiter = { label, since: this.clock.now(), state };
    status?.(truncate(state, 60));
    if (this.waiters.size === 0) this.lastLine = this.clock.now();
    this.waiters.add(waiter);
    return {
      see: (next) => {
        // The engine counts the seconds at the row itself.
        if (next !== waiter.state) status?.(truncate(next, 60));
        waiter.state = next;
      },
      end: () => this.waiters.delete(waiter),
    };
  }

  /** Called whenever something was heard; prints if a line is due. */
  tick(): void {
    const now = this.clock.now();
    if (this.status !== undefined) return;
    if (this.waiters.size === 0 || now - (this.lastLine ?? now) < interval) return;
    this.lastLine = now;
    const all = [...this.waiters].sort((a, b) => a.since - b.since);
    const texts = all
      .slice(0, named)
      .map(
        ({ label, state, since }) => `${label} is ${truncate(state, 60)} (${inWords(now - since)})`,
      );
    const more = all.length > named ? `, and ${all.length - named} more` : "";
    this.log(`waiting for ${texts.join(", ")}${more}`);
  }
}
