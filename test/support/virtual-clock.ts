import type { Clock } from "../../src/http/clock";

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly fire: () => void;
}

const start = Date.UTC(2026, 0, 2, 3, 4, 5);
/** Turns of the event loop without any work after which nothing but time can move things on. */
const idleTurns = 4;

/**
 * A clock that stands still until nothing but time could move things on, and then jumps to the next
 * timer. Real I/O is waited for by `isBusy`; no test waits for real time.
 */
export class VirtualClock implements Clock {
  private time = start;
  private order = 0;
  private timers: Timer[] = [];

  now(): number {
    return this.time;
  }

  /** Milliseconds since the clock was made. */
  elapsed(): number {
    return this.time - start;
  }

  advance(ms: number): void {
    this.time += ms;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.timers = this.timers.filter((other) => other !== timer);
        reject(new Error("aborted"));
      };
      if (signal?.aborted === true) {
        reject(new Error("aborted"));
        return;
      }
      this.order += 1;
      const timer: Timer = {
        at: this.time + Math.max(0, ms),
        order: this.order,
        fire: () => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        },
      };
      this.timers.push(timer);
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  }

  /** Runs to the end of the work, jumping over every wait in it. */
  async run<T>(work: Promise<T>, isBusy: () => boolean = () => false): Promise<T> {
    const ended = new AbortController();
    work.then(
      () => ended.abort(),
      () => ended.abort(),
    );
    for (let idle = 0; !ended.signal.aborted;) {
      await new Promise((resolve) => setImmediate(resolve));
      idle = isBusy() ? 0 : idle + 1;
      if (idle >= idleTurns && this.jump()) idle = 0;
    }
    return work;
  }

  private jump(): boolean {
    const next = [...this.timers].sort((a, b) => a.at - b.at || a.order - b.order)[0];
    if (next === undefined) return false;
    this.timers = this.timers.filter((other) => other !== next);
    this.time = Math.max(this.time, next.at);
    next.fire();
    return true;
  }
}
