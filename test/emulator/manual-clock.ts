import type { Clock } from "../../src/http/clock";

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** Time that stands still until a test moves it. */
export class ManualClock implements Clock {
  private sleepers: Sleeper[] = [];

  constructor(private time = Date.parse("2026-11-01T10:00:00.000Z")) {}

  now(): number {
    return this.time;
  }

  /** Moves on by that much and wakes who slept until then. */
  advance(ms: number): void {
    this.time += ms;
    const due = this.sleepers.filter(({ until }) => until <= this.time);
    this.sleepers = this.sleepers.filter(({ until }) => until > this.time);
    due.forEach(({ wake }) => wake());
  }

  /** How many are asleep. */
  get sleeping(): number {
    return this.sleepers.length;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = () => {
        const reason: unknown = signal?.reason;
        reject(reason instanceof Error ? reason : new Error("aborted"));
      };
      if (signal?.aborted === true) {
        abort();
        return;
      }
      signal?.addEventListener("abort", abort, { once: true });
      const wake = () => {
        signal?.removeEventListener("abort", abort);
        resolve();
      };
      this.sleepers.push({ until: this.time + ms, wake });
    });
  }
}
