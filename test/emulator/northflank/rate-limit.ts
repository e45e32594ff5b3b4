/** Counts requests in a window that begins with its first one, as x-rate-limit describes. */
export class RateLimit {
  private windowStart: number | undefined;
  private used = 0;

  constructor(
    private readonly limit: number,
    private readonly windowMs: number,
  ) {}

  /** Whether one more request is allowed; it is counted then. */
  take(now: number): boolean {
    if (this.windowStart === undefined || now >= this.windowStart + this.windowMs) {
      this.windowStart = now;
      this.used = 0;
    }
    if (this.used >= this.limit) return false;
    this.used += 1;
    return true;
  }

  /** Leaves that many requests in the window that is open, or opens one. */
  leave(remaining: number, now: number): void {
    this.windowStart ??= now;
    this.used = Math.max(0, this.limit - remaining);
  }

  headers(now: number): Record<string, string> {
    const end = (this.windowStart ?? now) + this.windowMs;
    return {
      "x-ratelimit-limit": String(this.limit),
      "x-ratelimit-remaining": String(this.limit - this.used),
      "x-ratelimit-reset": String(Math.max(0, Math.ceil((end - now) / 1000))),
    };
  }
}
