import { inWords } from "../http/deadline";
import { truncate } from "../http/redact";
import type { Runtime } from "./kind";

/** Milliseconds between two lines. */
const interval = 10_000;
const named = 3;

interface Waiter {
  readonly label: string;
  readonly since: number;
  state: string;
}

/**
 * Shows the state of each wait: on a terminal at its own row; elsewhere a line at most every 10 s,
 * once a state has changed, sums up who is waited for, in which state and for how long.
 */
export class Progress {
  private readonly waiters = new Set<Waiter>();
  private lastLine: number | undefined;
  private hasNews = false;

  constructor(
    private readonly runtime: Pick<
      Runtime,
      "clock" | "log" | "status" | "stackStatus" | "hasTerminal"
    >,
  ) {}

  begin(label: string, state: string): { see(state: string): void; end(): void } {
    const { clock, status, hasTerminal = false } = this.runtime;
    const show = hasTerminal ? status?.() : undefined;
    const waiter: Waiter = { label, since: clock.now(), state };
    show?.(truncate(state, 60));
    if (this.waiters.size === 0) this.lastLine = clock.now();
    this.waiters.add(waiter);
    this.hasNews = true;
    return {
      see: (next) => {
        if (next === waiter.state) return;
        // The engine counts the seconds at the row itself.
        show?.(truncate(next, 60));
        waiter.state = next;
        this.hasNews = true;
      },
      end: () => this.waiters.delete(waiter),
    };
  }

  /** Called whenever something was heard; prints if a line is due. */
  tick(): void {
    const { clock, log, status, stackStatus = log, hasTerminal = false } = this.runtime;
    if (hasTerminal && status !== undefined) return;
    const now = clock.now();
    const isDue = this.hasNews && now - (this.lastLine ?? now) >= interval;
    if (this.waiters.size === 0 || !isDue) return;
    this.lastLine = now;
    this.hasNews = false;
    const all = [...this.waiters].sort((a, b) => a.since - b.since);
    const texts = all
      .slice(0, named)
      .map(
        ({ label, state, since }) => `${label} (${truncate(state, 60)}, ${inWords(now - since)})`,
      );
    const more = all.length > named ? `, and ${all.length - named} more` : "";
    stackStatus(`waiting for ${texts.join(", ")}${more}`);
  }
}
