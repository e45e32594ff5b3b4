import { expect } from "chai";
import fc from "fast-check";
import { overdueAfter, pollInterval, WaitTimes } from "../../../src/provider/poll-interval";
import { Progress } from "../../../src/provider/progress";
import { VirtualClock } from "../../support/virtual-clock";

describe("the pace of looks", () => {
  const age = fc.integer({ min: 0, max: 10_000_000 });
  const expected = fc.option(fc.double({ min: 0, max: 10_000_000, noNaN: true }), {
    nil: undefined,
  });

  it("is never idle for more than half a minute, nor without a pause", () => {
    fc.assert(
      fc.property(age, expected, fc.double({ min: 0, max: 1, noNaN: true }), (ms, known, share) => {
        for (const waited of [ms, (known ?? 0) * 0.97 * share]) {
          const waiting = { age: waited, expected: known };
          expect(pollInterval(waiting)).to.be.within(500, 30_000);
          expect(overdueAfter(waiting)).to.be.at.least(500);
        }
      }),
    );
  });

  it("slows down with the age of a wait", () => {
    fc.assert(
      fc.property(age, age, (a, b) => {
        const pause = (waited: number) => pollInterval({ age: waited, expected: undefined });
        expect(pause(Math.min(a, b))).to.be.at.most(pause(Math.max(a, b)));
      }),
    );
  });

  it("learns from the shortest of the last waits of a kind", () => {
    const times = new WaitTimes();
    expect(times.expected("postgres")).to.equal(undefined);
    for (const ms of [1000, ...Array.from({ length: 10 }, () => 60_000), 50_000])
      times.took("postgres", ms);
    expect(times.expected("postgres")).to.equal(50_000);
    expect(times.expected("mysql")).to.equal(undefined);
    const soon = pollInterval({ age: 20_000, expected: 50_000 });
    expect(20_000 + soon).to.be.within(45_000, 50_000);
  });

  it("spends a few looks only around the time that others took, though requests are few", () => {
    const looks: number[] = [];
    for (let waited = 0; waited < 200_000;) {
      waited += overdueAfter({ age: waited, expected: 100_000 });
      looks.push(waited);
    }
    expect(looks.length).to.be.at.most(8);
    expect(looks.slice(0, 2).map((at) => Math.round(at))).to.deep.equal([97_000, 100_000]);
  });
});

describe("progress lines", () => {
  const setUp = () => {
    const clock = new VirtualClock();
    const lines: { at: number; line: string }[] = [];
    return {
      clock,
      lines,
      progress: new Progress({ clock, log: (line) => lines.push({ at: clock.elapsed(), line }) }),
    };
  };

  it("come every 10 s at most, whoever comes and goes", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ ms: fc.integer({ min: 0, max: 4000 }), ends: fc.boolean() }), {
          maxLength: 80,
        }),
        (steps) => {
          const { clock, lines, progress } = setUp();
          const waiting: { end(): void }[] = [];
          for (const { ms, ends } of steps) {
            if (ends) waiting.pop()?.end();
            else waiting.push(progress.begin("the add-on", "pending"));
            clock.advance(ms);
            progress.tick();
          }
          lines.forEach(({ at }, index) =>
            expect(at - (lines[index - 1]?.at ?? 0)).to.be.at.least(10_000),
          );
        },
      ),
    );
  });

  it("say who is waited for, in which state and for how long", () => {
    const { clock, lines, progress } = setUp();
    const first = progress.begin("add-on one", "pending");
    clock.advance(5000);
    for (const name of ["two", "three", "four", "five"])
      progress.begin(`add-on ${name}`, "creating");
    first.see("processing");
    clock.advance(10_000);
    progress.tick();
    expect(lines.map(({ line }) => line)).to.deep.equal([
      "waiting for add-on one (processing, 15 s), add-on two (creating, 10 s), add-on three (creating, 10 s), and 2 more",
    ]);
    first.end();
    progress.tick();
    expect(lines).to.have.length(1);
  });

  it("do not come while no state has changed", () => {
    const { clock, lines, progress } = setUp();
    const waiter = progress.begin("add-on one", "pending");
    for (const state of ["pending", "pending", "creating", "creating"]) {
      waiter.see(state);
      clock.advance(10_000);
      progress.tick();
    }
    expect(lines.map(({ line }) => line)).to.deep.equal([
      "waiting for add-on one (pending, 10 s)",
      "waiting for add-on one (creating, 30 s)",
    ]);
  });

  it("do not come while nobody is waited for", () => {
    const { clock, lines, progress } = setUp();
    progress.begin("add-on one", "pending").end();
    clock.advance(60_000);
    progress.tick();
    expect(lines).to.deep.equal([]);
  });
});
