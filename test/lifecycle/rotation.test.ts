import { expect } from "chai";
import { isRecord } from "../../src/fields/values";
import { DEFAULT_PROJECT } from "../emulator/index";
import { Resource } from "../support/resource";
import { Harness } from "../support/harness";

const program = {
  projectId: DEFAULT_PROJECT,
  type: "postgresql",
  name: "orders",
  version: "16.4",
  billing: { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 },
  passwordVersion: "1",
};
const second = { ...program, passwordVersion: "2" };
const third = { ...program, passwordVersion: "3" };
const ended = { keepOldPassword: false };
const claimed = /warning: the credentials of .* were rotated already \(20.*passwordVersion again/u;

// A run that was cut off has rotated, and no state tells: it leaves what somebody else's would.
describe("a rotation of Northflank credentials that the state does not know", () => {
  let world: Harness;
  let resource: Resource;

  beforeEach(async () => {
    world = await Harness.start();
    resource = new Resource(world, "northflank");
    await resource.up(program);
  });

  afterEach(async () => {
    await world.close();
    expect(world.emulator.violations, "exchanges against the contracts").to.deep.equal([]);
  });

  const rotations = () => world.emulator.northflank.get("orders").secrets.length - 1;
  const told = () => world.lines.join("\n");
  /** From the same state, by a run whose own is lost. */
  const rotatedElsewhere = async (more: Record<string, unknown> = {}) => {
    await resource.inNewProcess().up({ ...second, ...more });
    world.lines.length = 0;
  };
  const refreshed = async (times: number) => {
    for (let turn = 0; turn < times; turn += 1) await resource.refresh();
  };
  const password = () =>
    isRecord(resource.outs.connection) ? resource.outs.connection.password : undefined;

  for (const times of [0, 1, 2]) {
    it(`is the one that is wanted, after ${String(times)} refreshes`, async () => {
      await rotatedElsewhere();
      await refreshed(times);
      expect(await resource.up(second)).to.equal("updated");
      expect(rotations()).to.equal(1);
      expect(told()).to.match(claimed);
      expect(world.emulator.northflank.get("orders").validPasswords.at(-1)).to.equal(password());
      await resource.refresh();
      expect(await resource.up(second)).to.equal("same");
    });

    it(`is ended where it has to be, after ${String(times)} refreshes`, async () => {
      await rotatedElsewhere();
      await refreshed(times);
      expect(await resource.up({ ...second, ...ended })).to.equal("updated");
      expect(rotations()).to.equal(1);
      expect(world.emulator.northflank.get("orders").validPasswords).to.deep.equal([password()]);
    });
  }

  it("does not count where it is ended: any new value rotates then", async () => {
    await rotatedElsewhere(ended);
    await resource.refresh();
    expect(await resource.up(second)).to.equal("updated");
    expect(rotations()).to.equal(2);
    expect(told()).not.to.match(claimed);
  });

  it("does not count after an update that knew of it", async () => {
    await rotatedElsewhere();
    await resource.refresh();
    await resource.up({ ...program, description: "Orders" });
    await resource.refresh();
    const { message } = await world.failure(resource.up({ ...second, description: "Orders" }));
    expect(message).to.contain("Set keepOldPassword: false and run `pulumi up`");
    expect(rotations()).to.equal(1);
  });

  it("still counts after an update that failed before it came to it", async () => {
    await rotatedElsewhere();
    await resource.refresh();
    world.emulator.faults.add({ operationId: "patchAddon", kind: "status", status: 422 });
    const changed = { ...second, description: "Orders" };
    await world.failure(resource.up(changed));
    expect(await resource.up(changed)).to.equal("updated");
    expect(rotations()).to.equal(1);
  });

  it("is not one that a passwordVersion stands for: the message leads on", async () => {
    expect(await resource.up(second)).to.equal("updated");
    await resource.refresh();
    const { message } = await world.failure(resource.up(third));
    expect(message).to.contain("Set keepOldPassword: false and run `pulumi up`");
    expect(rotations()).to.equal(1);
    expect(await resource.up({ ...third, ...ended })).to.equal("updated");
    expect(rotations()).to.equal(2);
    expect(world.emulator.northflank.get("orders").validPasswords).to.deep.equal([password()]);
    await resource.refresh();
    expect(await resource.up({ ...third, ...ended })).to.equal("same");
  });
});
