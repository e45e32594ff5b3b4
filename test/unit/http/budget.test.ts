import { expect } from "chai";
import fc from "fast-check";
import { BudgetExhausted, type RequestKind, RequestBudget } from "../../../src/http/budget";
import { deadlineIn } from "../../../src/http/deadline";
import { VirtualClock } from "../../support/virtual-clock";

const hour = 3_600_000;

type Announced = string | number | undefined;

function announced(limit: Announced, remaining: Announced, reset: Announced) {
  const values = new Map([
    ["x-ratelimit-limit", limit],
    ["x-ratelimit-remaining", remaining],
    ["x-ratelimit-reset", reset],
  ]);
  return (name: string) => values.get(name)?.toString() ?? null;
}

describe("the request budget", () => {
  let clock: VirtualClock;
  beforeEach(() => {
    clock = new VirtualClock();
  });
  const minutes = (count: number) => deadlineIn(clock, count * 60_000);
  /** Runs the work, or gives up on it after an hour. */
  const run = <T>(work: Promise<T>): Promise<T | "never"> =>
    clock.run(Promise.race([work, clock.sleep(hour).then(() => "never" as const)]));
  /** Milliseconds that a request of this kind has to wait. */
  const wait = async (budget: RequestBudget, kind: RequestKind) => {
    const start = clock.elapsed();
    const leave = await run(budget.enter(kind, minutes(50)));
    if (leave !== "never") leave();
    return clock.elapsed() - start;
  };

  it("holds nobody back while nothing is known, there is plenty, or the window is over", async () => {
    const budget = new RequestBudget(clock, 3);
    expect(await wait(budget, "read")).to.equal(0);
    budget.learn(announced(1000, 500, 120));
    expect(await wait(budget, "read")).to.equal(0);
    budget.learn(announced(1000, 0, 120));
    clock.advance(120_000);
    expect(await wait(budget, "read")).to.equal(0);
  });

  it("keeps the last requests of a window for writes", async () => {
    const budget = new RequestBudget(clock, 3);
    budget.learn(announced(1000, 20, 120));
    expect(await wait(budget, "write")).to.equal(0);
    expect(await wait(budget, "read")).to.equal(120_000);
  });

  it("tells what reads may use until the window ends, and assumes a thousand an hour", () => {
    const budget = new RequestBudget(clock, 3);
    expect(budget.forReads()).to.deep.equal({ requests: 1000, ms: hour });
    budget.learn(announced(1000, 120, 600));
    clock.advance(200_000);
    expect(budget.forReads()).to.deep.equal({ requests: 100, ms: 400_000 });
    budget.learn(announced(1000, 10, 400));
    expect(budget.forReads()).to.deep.equal({ requests: 0, ms: 400_000 });
  });

  it("understands the end of a window as seconds until then, and since the epoch", () => {
    for (const reset of [600, clock.now() / 1000 + 600]) {
      const budget = new RequestBudget(clock, 3);
      budget.learn(announced(1000, 120, reset));
      expect(budget.forReads().ms).to.be.closeTo(600_000, 1);
    }
  });

  it("tells finite amounts that are never negative, whatever was announced", () => {
    const count = fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.double({ min: 0 }));
    fc.assert(
      fc.property(
        count,
        count,
        count,
        fc.integer({ min: 0, max: 200_000 }),
        (limit, remaining, reset, later) => {
          const budget = new RequestBudget(clock, 3);
          budget.learn(announced(limit, remaining, reset));
          clock.advance(later);
          for (const amount of Object.values(budget.forReads()))
            expect(amount).to.satisfy(Number.isFinite).and.be.at.least(0);
        },
      ),
    );
  });

  it("lets no more in than may be under way at once", async () => {
    const budget = new RequestBudget(clock, 3);
    let [now, most] = [0, 0];
    const one = async () => {
      const leave = await budget.enter("read", minutes(15));
      now += 1;
      most = Math.max(most, now);
      await clock.sleep(100);
      now -= 1;
      leave();
      leave();
    };
    await run(Promise.all(Array.from({ length: 20 }, one)));
    expect(most).to.equal(3);
    expect(clock.elapsed()).to.equal(700);
  });

  it("waits for the reset where that fits, and says how long where it does not", async () => {
    const budget = new RequestBudget(clock, 3);
    budget.learn(announced(1000, 0, 120));
    const refused = await budget.enter("write", minutes(1)).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(BudgetExhausted);
    expect(refused).to.include({ wait: 120_000 });
    await run(budget.enter("read", minutes(15)));
    expect(clock.elapsed()).to.equal(120_000);
  });

  it("does not forget who waits for a place when another gives up waiting", async () => {
    const budget = new RequestBudget(clock, 1);
    const leave = await budget.enter("read", minutes(15));
    const hasty = budget.enter("read", minutes(1)).catch((error: unknown) => error);
    const patient = budget.enter("read", minutes(15)).then(() => clock.elapsed());
    budget.learn(announced(1000, 0, 120));
    leave();
    expect(await hasty).to.be.instanceOf(BudgetExhausted);
    expect(await run(patient)).to.equal(120_000);
  });

  it("lets a write pass while reads wait for the reset, though they came first", async () => {
    const budget = new RequestBudget(clock, 1);
    const leave = await budget.enter("read", minutes(15));
    const read = budget.enter("read", minutes(15));
    const write = budget.enter("write", minutes(15)).then((done) => (done(), clock.elapsed()));
    budget.learn(announced(1000, 10, 120));
    leave();
    expect(await run(write)).to.be.below(1000);
    await run(read);
  });

  it("does not take requests that are under way for a limit that is used up", async () => {
    const budget = new RequestBudget(clock, 24);
    const leaves = await Promise.all(
      Array.from({ length: 12 }, () => budget.enter("write", minutes(15))),
    );
    // The platform has counted all twelve when the first answer comes, and has five left.
    budget.learn(announced(1000, 5, 1800));
    const next = budget.enter("write", minutes(1)).then(() => clock.elapsed());
    void clock.sleep(300).then(() => leaves.forEach((leave) => leave()));
    expect(await run(next)).to.equal(300);
  });

  it("does not hold anybody in the queue past the deadline", async () => {
    const budget = new RequestBudget(clock, 1);
    const leave = await budget.enter("read", minutes(15));
    const late = budget.enter("read", minutes(1)).then(
      () => clock.elapsed(),
      () => clock.elapsed(),
    );
    void clock.sleep(10 * 60_000).then(leave);
    expect(await run(late)).to.be.at.most(60_000);
  });

  for (const [limit, remaining, reset] of [
    [undefined, undefined, undefined],
    [1000, 0, undefined],
    [1000, 0, "later"],
    ["", "", ""],
    [1000, -5, 60],
    [1000, 0, -60],
    [1000, "none", 60],
    [1000, 0, "Infinity"],
    [Number.NaN, 0, 60],
  ]) {
    it(`takes no notice of ${String(limit)}, ${String(remaining)}, ${String(reset)}`, async () => {
      const budget = new RequestBudget(clock, 3);
      budget.learn(announced(limit, remaining, reset));
      await run(budget.enter("read", minutes(1)));
      expect(clock.elapsed()).to.equal(0);
      expect(budget.forReads().requests).to.equal(1000);
    });
  }
});
