import { expect } from "chai";
import { type Clock, noticingSleep } from "../../../src/http/clock";
import { deadlineIn } from "../../../src/http/deadline";
import { DEFAULT_PROJECT } from "../../emulator/index";
import { Harness } from "../../support/harness";
import { VirtualClock } from "../../support/virtual-clock";

const minute = 60_000;

/** A machine that sleeps once for so long, while a timer runs that ends after 10 s. */
function sleeping(clock: VirtualClock, ms: number): Clock {
  let hasSlept = false;
  return noticingSleep({
    now: () => clock.now(),
    sleep: async (pause, signal) => {
      await clock.sleep(pause, signal);
      if (hasSlept || clock.elapsed() < 10_000) return;
      hasSlept = true;
      clock.advance(ms);
    },
  });
}

describe("deadlines on a machine that sleeps", () => {
  it("do not count that time, however many timers it makes late", async () => {
    const clock = new VirtualClock();
    const noticing = noticingSleep(clock);
    const deadline = deadlineIn(noticing, 15 * minute);
    const timers = [1000, 5000, 30_000].map((ms) => noticing.sleep(ms));
    clock.advance(20 * minute);
    await clock.run(Promise.all(timers));
    expect(deadline.left()).to.be.within(14 * minute, 15 * minute);
  });

  it("count the time of a process that is merely slow", async () => {
    const clock = new VirtualClock();
    const noticing = noticingSleep(clock);
    const deadline = deadlineIn(noticing, 15 * minute);
    const timer = noticing.sleep(1000);
    clock.advance(20_000);
    await clock.run(timer);
    expect(deadline.left()).to.equal(15 * minute - 20_000);
  });

  it("do not end a creation that is done when the machine wakes", async () => {
    const harness = await Harness.start({ provisioningMs: minute });
    try {
      const clock = sleeping(harness.clock, 20 * minute);
      const provider = harness.northflank({ ...harness.runtime(), clock });
      const created = provider.create({
        projectId: DEFAULT_PROJECT,
        type: "postgresql",
        version: "16.4",
        name: "orders",
        billing: { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 },
      });
      expect((await harness.run(created)).outs.state).to.equal("running");
      expect(harness.clock.elapsed()).to.be.greaterThan(20 * minute);
    } finally {
      await harness.close();
    }
  });
});
