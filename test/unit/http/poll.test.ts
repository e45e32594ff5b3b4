import { expect } from "chai";
import { deadlineIn } from "../../../src/http/deadline";
import { poll, type Polling } from "../../../src/http/poll";
import { VirtualClock } from "../../support/virtual-clock";

describe("polling", () => {
  const looks = async (pauses: Polling["pauses"], limit: number, seenAt: number) => {
    const clock = new VirtualClock();
    const at: number[] = [];
    const work = poll({ clock, deadline: deadlineIn(clock, limit), pauses }, () => {
      at.push(clock.elapsed());
      return Promise.resolve(clock.elapsed() >= seenAt ? "seen" : undefined);
    });
    return { found: await clock.run(work), at };
  };
  const never = Number.POSITIVE_INFINITY;

  const cases: readonly {
    readonly title: string;
    readonly pauses: Polling["pauses"];
    readonly limit: number;
    readonly seenAt: number;
    readonly at: readonly number[];
    readonly found: string | undefined;
  }[] = [
    {
      title: "looks at once",
      pauses: [1000],
      limit: 5000,
      seenAt: 0,
      at: [0],
      found: "seen",
    },
    {
      title: "makes each pause once, and the last one again and again",
      pauses: [100, 1000],
      limit: 60_000,
      seenAt: 3000,
      at: [0, 100, 1100, 2100, 3100],
      found: "seen",
    },
    {
      title: "looks for the last time at the deadline",
      pauses: [1000],
      limit: 2500,
      seenAt: 2500,
      at: [0, 1000, 2000, 2500],
      found: "seen",
    },
    {
      title: "ends at the deadline with nothing",
      pauses: [1000],
      limit: 1500,
      seenAt: never,
      at: [0, 1000, 1500],
      found: undefined,
    },
  ];
  for (const { title, pauses, limit, seenAt, at, found } of cases) {
    it(title, async () => {
      expect(await looks(pauses, limit, seenAt)).to.deep.equal({ found, at });
    });
  }

  it("looks once more after a pause from which a sleeping machine woke too late", async () => {
    const clock = new VirtualClock();
    const asleep = {
      now: () => clock.now(),
      sleep: async (ms: number) => {
        await clock.sleep(ms);
        clock.advance(1_200_000);
      },
    };
    let looks = 0;
    const work = poll({ clock: asleep, deadline: deadlineIn(clock, 5000), pauses: [1000] }, () => {
      looks += 1;
      return Promise.resolve(looks === 2 ? "seen" : undefined);
    });
    expect(await clock.run(work)).to.equal("seen");
  });

  it("ends with what a look throws", async () => {
    const clock = new VirtualClock();
    const work = poll({ clock, deadline: deadlineIn(clock, 5000), pauses: [1000] }, () =>
      Promise.reject(new Error("refused")),
    );
    const outcome = await clock.run(work.catch((error: unknown) => error));
    expect(String(outcome)).to.equal("Error: refused");
  });
});
