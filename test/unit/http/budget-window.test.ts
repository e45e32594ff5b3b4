import { expect } from "chai";
import fc from "fast-check";
import { RequestBudget } from "../../../src/http/budget";
import { type Deadline, deadlineIn } from "../../../src/http/deadline";
import { VirtualClock } from "../../support/virtual-clock";

/** A platform that allows so many requests per window, which begins with the first one. */
class Server {
  refused = 0;
  private count = 0;
  private windowEnd = 0;

  constructor(
    private readonly clock: VirtualClock,
    private readonly limit: number,
    private readonly windowMs: number,
  ) {}

  /** Counts a request; answers what its headers would announce. */
  ask(): (name: string) => string | null {
    const now = this.clock.now();
    if (now >= this.windowEnd) {
      this.windowEnd = now + this.windowMs;
      this.count = 0;
    }
    this.count += 1;
    if (this.count > this.limit) this.refused += 1;
    const values = new Map([
      ["x-ratelimit-limit", this.limit],
      ["x-ratelimit-remaining", Math.max(0, this.limit - this.count)],
      ["x-ratelimit-reset", Math.ceil((this.windowEnd - now) / 1000)],
    ]);
    return (name) => values.get(name)?.toString() ?? null;
  }
}

interface Load {
  readonly kind: "read" | "write";
  readonly at: number;
  /** Milliseconds to the platform, and back. */
  readonly there: number;
  readonly back: number;
}

const load: fc.Arbitrary<Load> = fc.record({
  kind: fc.constantFrom("read" as const, "read" as const, "write" as const),
  at: fc.integer({ min: 0, max: 20_000 }),
  there: fc.integer({ min: 1, max: 300 }),
  back: fc.integer({ min: 1, max: 3000 }),
});

async function drive(loads: readonly Load[], limit: number, windowMs: number) {
  const clock = new VirtualClock();
  const server = new Server(clock, limit, windowMs);
  const budget = new RequestBudget(clock, 8);
  const deadline: Deadline = deadlineIn(clock, 100 * windowMs);
  const one = async ({ kind, at, there, back }: Load) => {
    await clock.sleep(at);
    const leave = await budget.enter(kind, deadline);
    await clock.sleep(there);
    const headers = server.ask();
    await clock.sleep(back);
    budget.learn(headers);
    leave();
  };
  const never = clock.sleep(200 * windowMs).then(() => expect.fail("somebody waits for ever"));
  await clock.run(Promise.race([Promise.all(loads.map(one)), never]));
  return { server, elapsed: clock.elapsed() };
}

describe("the request budget over a whole window", () => {
  it("never asks more than is announced, in whatever order answers arrive", async () => {
    const loads = fc.array(load, { minLength: 60, maxLength: 120 });
    await fc.assert(
      fc.asyncProperty(loads, fc.integer({ min: 30, max: 50 }), async (some, limit) => {
        const { server } = await drive(some, limit, 60_000);
        expect(server.refused).to.equal(0);
      }),
      { numRuns: 10, endOnFailure: true },
    );
  }).timeout(20_000);

  it("uses most of a window for writes, and finishes without a pause what fits well into it", async () => {
    const quick = { at: 0, there: 10, back: 10 };
    const few = await drive(
      Array.from({ length: 40 }, () => ({ ...quick, kind: "read" as const })),
      1000,
      60_000,
    );
    expect(few.elapsed).to.be.below(1000);
    const writes = await drive(
      Array.from({ length: 95 }, () => ({ ...quick, kind: "write" as const })),
      100,
      60_000,
    );
    expect(writes.elapsed).to.be.below(2000);
    expect(writes.server.refused).to.equal(0);
  });
});
