import type { Clock } from "../http/clock";

/** Answers that several callers need at the same moment are asked for once. */
export class SingleFlight<T> {
  private readonly current = new Map<string, { promise: Promise<T>; at: number }>();

  /** How long, in milliseconds, an answer counts as of the same moment. */
  constructor(
    private readonly clock: Clock,
    private readonly freshFor: number,
  ) {}

  get(key: string, ask: () => Promise<T>): Promise<T> {
    const known = this.current.get(key);
    if (known !== undefined && this.clock.now() - known.at < this.freshFor) return known.promise;
    const entry = { promise: ask(), at: this.clock.now() };
    this.current.set(key, entry);
    entry.promise.catch(() => {
      // A failure is nobody else's answer.
      if (this.current.get(key) === entry) this.current.delete(key);
    });
    return entry.promise;
  }

  /** The next caller asks anew. */
  forget(key: string): void {
    this.current.delete(key);
  }
}
