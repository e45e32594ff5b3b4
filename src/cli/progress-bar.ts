import type { Clock } from "../http/clock";
import type { Context } from "./context";

/** Milliseconds before which nobody needs to be told, and between two pictures. */
const patience = 700;
const interval = 100;
const widest = 30;

/** How far some work is, on a terminal's last line. Elsewhere it shows nothing. */
export class ProgressBar {
  private readonly began: number;
  private readonly clock: Clock;
  private drawn: number | undefined;
  private done = 0;
  private total = 0;

  constructor(
    private readonly context: Pick<Context, "tell" | "columns" | "runtime">,
    private readonly what: string,
  ) {
    this.clock = context.runtime.clock;
    this.began = this.clock.now();
  }

  /** There is more to do than was known before. */
  expect(more: number): void {
    this.total += more;
    this.draw();
  }

  advance(): void {
    this.done += 1;
    this.draw();
  }

  /** Takes the picture away, so that something else can be printed. */
  clear(): void {
    if (this.drawn === undefined) return;
    this.context.tell("\r\u001B[K");
    this.drawn = undefined;
  }

  private draw(): void {
    const { columns, tell } = this.context;
    const now = this.clock.now();
    const since =
      this.drawn === undefined ? now - this.began - patience : now - this.drawn - interval;
    if (columns === undefined || since < 0) return;
    this.drawn = now;
    tell(`\r${barLine(this.what, this.done, this.total, columns)}\u001B[K`);
  }
}

/** `reading add-ons [#####-----] 12 of 24`, no wider than the terminal. */
export function barLine(what: string, done: number, total: number, columns: number): string {
  const count = `${done} of ${total}`;
  const room = Math.min(widest, columns - what.length - count.length - 5);
  if (room < 5) return count.slice(0, Math.max(0, columns - 1));
  const full = total === 0 ? 0 : Math.min(room, Math.floor((room * done) / total));
  return `${what} [${"#".repeat(full)}${"-".repeat(room - full)}] ${count}`;
}
