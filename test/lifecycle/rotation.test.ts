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

// An interrupted run has rotated, and no state says so.
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
  /** From the same state, by a run whose own is lost. */
  const rotatedElsewhere = async (more: Record<string, unknown> = {}) => {
    await resource.inNewProcess().up({ ...second, ...more });
    world.lines.length = 0;
  };
  const password = () =>
    isRecord(resource.outs.connection) ? resource.outs.connection.password : undefined;

  it("is the one that is wanted where the credentials differ from those of the state", async () => {
    await rotatedElsewhere();
    expect(await resource.up(second)).to.equal("updated");
    expect(rotations()).to.equal(1);
    expect(world.emulator.northflank.get("orders").validPasswords.at(-1)).to.equal(password());
    await resource.refresh();
    expect(await resource.up(second)).to.equal("same");
  });

  it("is ended where it has to be", async () => {
    await rotatedElsewhere();
    expect(await resource.up({ ...second, ...ended })).to.equal("updated");
    expect(rotations()).to.equal(1);
    expect(world.emulator.northflank.get("orders").validPasswords).to.deep.equal([password()]);
  });

  // The state then has the new credentials, and nothing tells whose rotation it was.
  for (const times of [1, 2]) {
    it(`is made again after ${String(times)} refreshes, as the message says`, async () => {
      await rotatedElsewhere();
      for (let turn = 0; turn < times; turn += 1) await resource.refresh();
      const { message } = await world.failure(resource.up(second));
      expect(message).to.contain("Set keepOldPassword: false and run `pulumi up`");
      expect(await resource.up({ ...second, ...ended })).to.equal("updated");
      expect(rotations()).to.equal(2);
      expect(world.emulator.northflank.get("orders").validPasswords).to.deep.equal([password()]);
    });
  }

  it("does not count where it is ended: any new value rotates then", async () => {
    await rotatedElsewhere(ended);
    await resource.refresh();
    expect(await resource.up(second)).to.equal("updated");
    expect(rotations()).to.equal(2);
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
