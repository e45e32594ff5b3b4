import { expect } from "chai";
import { type Deadline, deadlineIn } from "../../../src/http/deadline";
import { ConnectionError } from "../../../src/http/errors";
import { type SharedCall, SingleFlight } from "../../../src/provider/single-flight";
import { DEFAULT_PROJECT } from "../../emulator/index";
import { Harness } from "../../support/harness";
import { VirtualClock } from "../../support/virtual-clock";

const longAgo: Deadline = { left: () => 1e9 };
const failure = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    (value) => `answered ${String(value)}`,
    (error: unknown) => String(error),
  );

describe("shared calls", () => {
  let clock: VirtualClock;
  let shared: SingleFlight<number>;
  beforeEach(() => {
    clock = new VirtualClock();
    shared = new SingleFlight<number>(clock, "list the add-ons", 1000);
  });

  it("are made once for all who ask at the same moment", async () => {
    let asked = 0;
    const get = (key: string) => shared.get(key, longAgo, () => Promise.resolve((asked += 1)));
    expect(await Promise.all([1, 2, 3].map(() => get("a")))).to.deep.equal([1, 1, 1]);
    expect(await get("b")).to.equal(2);
    clock.advance(999);
    expect(await get("a")).to.equal(1);
    clock.advance(1);
    expect(await get("a")).to.equal(3);
    shared.forget("a");
    expect(await get("a")).to.equal(4);
  });

  it("that fail are nobody else's answer", async () => {
    const refused = shared.get("a", longAgo, () => Promise.reject(new Error("no")));
    expect(await failure(refused)).to.equal("Error: no");
    expect(await shared.get("a", longAgo, () => Promise.resolve(1))).to.equal(1);
  });

  it("that are forgotten while they fail leave the next one alone", async () => {
    const first = shared.get("a", longAgo, () => Promise.reject(new Error("no"))).catch(() => 0);
    shared.forget("a");
    const answer = (value: number) => shared.get("a", longAgo, () => Promise.resolve(value));
    expect([await first, await answer(2), await answer(3)]).to.deep.equal([0, 2, 2]);
  });

  describe("with several deadlines", () => {
    /** A call that answers after so long, if its deadline allows it. */
    const slow = (ms: number) => async (call: SharedCall) => {
      const end = clock.now() + ms;
      while (clock.now() < end) {
        if (call.deadline.left() === 0) throw new Error("the call's own end");
        await clock.sleep(100);
      }
      return 7;
    };
    const seconds = (...waits: readonly number[]) =>
      waits.map((wait) => shared.get("a", deadlineIn(clock, wait * 1000), slow(10_000)));

    it("go on until the longest, while each caller waits until its own", async () => {
      const begun = clock.now();
      const ends = seconds(3, 60, 5).map(async (work) => {
        const outcome = await failure(work);
        return [clock.now() - begun, outcome.includes("time limit was over") ? "late" : outcome];
      });
      expect(await clock.run(Promise.all(ends))).to.deep.equal([
        [3000, "late"],
        [10_000, "answered 7"],
        [5000, "late"],
      ]);
    });

    it("end as the call itself ends where nobody waits longer", async () => {
      const outcomes = Promise.all(seconds(3, 2).map(failure));
      expect(await clock.run(outcomes)).to.deep.equal([
        "Error: the call's own end",
        "TimeoutError: could not list the add-ons: the operation's time limit was over before the answer came. Try again, or set a longer customTimeouts.",
      ]);
    });

    it("tell a caller whose time is over why they are tried again", async () => {
      const cause = new ConnectionError("no answer", {
        operation: "list the add-ons",
        method: "GET",
        effect: "none",
      });
      const ask = (call: SharedCall) => {
        call.onRetry(cause);
        return slow(10_000)(call);
      };
      const [short] = [1, 60].map((wait) => shared.get("a", deadlineIn(clock, wait * 1000), ask));
      expect(await clock.run(failure(short ?? Promise.resolve()))).to.equal(String(cause));
    });
  });
});

describe("a neighbour with little time", () => {
  it("ends its own creation alone while the platform recovers", async () => {
    const harness = await Harness.start();
    try {
      harness.emulator.faults.add({
        operationId: "listAddons",
        kind: "status",
        status: 503,
        times: 6,
      });
      const provider = harness.northflank();
      const create = (name: string, customTimeouts: object) =>
        provider.create({
          projectId: DEFAULT_PROJECT,
          type: "postgresql",
          version: "16.4",
          name,
          billing: { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 },
          customTimeouts,
        });
      const outcomes = await harness.run(
        Promise.allSettled([create("first", { create: "3s" }), create("second", {})]),
      );
      expect(outcomes.map(({ status }) => status)).to.deep.equal(["rejected", "fulfilled"]);
      const [first] = outcomes;
      expect(first.status === "rejected" ? String(first.reason) : "").to.match(
        /could not list .*: Northflank answered 503/u,
      );
    } finally {
      await harness.close();
    }
  });
});
