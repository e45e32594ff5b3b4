import { expect } from "chai";
import { DEFAULT_APP } from "../emulator/index";
import { Resource } from "../support/resource";
import { Harness } from "../support/harness";

const program = {
  appUuid: DEFAULT_APP,
  type: "valkey",
  name: "cache",
  valkeyVersion: "7.2",
  adopt: true,
};

// Small plans answer 0.1 cores whatever was sent.
describe("a Miget add-on with 0.1 cores that is taken over", () => {
  let world: Harness;
  let resource: Resource;

  beforeEach(async () => {
    world = await Harness.start({ migetSmallPlans: true });
    const { name, type, valkeyVersion } = program;
    world.emulator.miget.seed(DEFAULT_APP, {
      name,
      label: name,
      type,
      valkey_version: valkeyVersion,
    });
    resource = new Resource(world, "miget");
  });

  afterEach(() => world.close());

  const writes = () => world.requests().filter((line) => !line.startsWith("GET"));

  it("is not changed where the program says the same", async () => {
    expect(await resource.up({ ...program, cpuSize: 0.1 })).to.equal("created");
    expect(writes()).to.deep.equal([]);
    expect(await resource.up({ ...program, cpuSize: 0.1 })).to.equal("same");
  });

  it("is told what the program says otherwise, once", async () => {
    const half = { ...program, cpuSize: 0.5 };
    expect(await resource.up(half)).to.equal("created");
    expect(writes()).to.have.length(1);
    await resource.refresh();
    expect(await resource.up(half)).to.equal("same");
  });
});
