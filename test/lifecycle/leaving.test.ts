import { expect } from "chai";
import { DEFAULT_PROJECT, type LoggedRequest } from "../emulator/index";
import { Resource } from "../support/resource";
import { Harness } from "../support/harness";

const program = {
  projectId: DEFAULT_PROJECT,
  type: "redis",
  name: "cache",
  version: "latest",
  billing: { deploymentPlan: "nf-compute-20", storage: 4096, replicas: 1 },
};
const deletionMs = 60_000;
const taken = { error: { status: 409, message: "An addon with this identifier exists" } };

describe("a Northflank add-on whose name is that of one that is being deleted", () => {
  let world: Harness;
  let resource: Resource;
  let former: string;
  /** Called with each request, once it is served. */
  let meanwhile: (request: LoggedRequest) => void;

  beforeEach(async () => {
    meanwhile = () => undefined;
    world = await Harness.start({ onServed: (request) => meanwhile(request) });
    const { northflank } = world.emulator;
    former = northflank.seed(program).uid;
    northflank.beginDeletion("cache", deletionMs);
    resource = new Resource(world, "northflank");
  });

  afterEach(async () => {
    await world.close();
    expect(world.emulator.violations, "exchanges against the contracts").to.deep.equal([]);
  });

  const uids = () => world.emulator.northflank.addons().map(({ uid }) => uid);
  const creations = () => world.requests().filter((line) => line.startsWith("POST"));
  /** There is one add-on, which is not the former one. */
  const expectNew = () => {
    expect(uids()).to.deep.equal([resource.outs.uid]);
    expect(resource.outs.uid).not.to.equal(former);
  };

  it("is created once that is gone, and the user hears why it takes so long", async () => {
    const begun = world.clock.elapsed();
    expect(await resource.up(program)).to.equal("created");
    expect(world.clock.elapsed() - begun).to.be.within(deletionMs, deletionMs * 1.5);
    expectNew();
    expect(creations()).to.have.length(1);
    expect(world.lines.join("\n")).to.match(/demo-project\/cache .*is being deleted.*waiting/u);
  });

  it("is created once that is gone, though no list shows that any more", async () => {
    const listAddons = { platform: "northflank", operationId: "listAddons" } as const;
    world.emulator.faults.add({ ...listAddons, kind: "stale-list", ms: 9e9, times: 2 });
    expect(await resource.up(program)).to.equal("created");
    expectNew();
  });

  it("is created once the name is free, even if that is later", async () => {
    const { faults } = world.emulator;
    faults.add({ operationId: "createAddon", kind: "status", status: 409, body: taken, times: 2 });
    expect(await resource.up(program)).to.equal("created");
    expectNew();
    expect(creations()).to.have.length(3);
  });

  it("is not waited for longer than its creation may take", async () => {
    const hasty = { ...program, customTimeouts: { create: "30s" } };
    const { message } = await world.failure(resource.up(hasty));
    expect(message).to.contain("is being deleted").and.to.contain("run `pulumi up` again");
    expect(message).not.to.contain("adopt");
    expect(resource.id).to.equal("");
    expect(creations()).to.deep.equal([]);
    world.clock.advance(deletionMs);
    expect(await resource.inNewProcess().up(hasty)).to.equal("created");
  });

  it("is never that one, though it should take over what has its name", async () => {
    expect(await resource.up({ ...program, adopt: true })).to.equal("created");
    expectNew();
  });

  it("is never that one, though the environment names it", async () => {
    world.env = { ...world.env, PAAS_ADDONS_ADOPT: "demo-project/cache" };
    resource = new Resource(world, "northflank");
    expect(await resource.up(program)).to.equal("created");
    expectNew();
  });

  it("is never that one, though the program names it", async () => {
    const { message } = await world.failure(resource.up({ ...program, adopt: "cache" }));
    expect(message).to.contain("could not adopt").and.to.contain("is being deleted");
    expect(resource.id).to.equal("");
  });

  it("is not what somebody else makes in its place meanwhile", async () => {
    let looks = 0;
    meanwhile = ({ operationId }) => {
      looks += operationId === "listAddons" ? 1 : 0;
      if (looks === 3) {
        looks += 1;
        world.emulator.northflank.recreate("cache");
      }
    };
    const { message } = await world.failure(resource.up(program));
    expect(message).to.contain("PAAS_ADDONS_ADOPT=demo-project/cache pulumi up");
    expect(creations()).to.deep.equal([]);
    expect(resource.id).to.equal("");
  });
});

describe("a Northflank add-on that somebody else makes between our look and our creation", () => {
  it("is reported with the command that takes it over", async () => {
    let seeded = false;
    const world = await Harness.start({
      onServed: ({ operationId }) => {
        if (seeded || operationId !== "listAddons") return;
        seeded = true;
        world.emulator.northflank.seed(program);
      },
    });
    try {
      const { message } = await world.failure(new Resource(world, "northflank").up(program));
      expect(message).to.contain("PAAS_ADDONS_ADOPT=demo-project/cache pulumi up");
    } finally {
      await world.close();
    }
  });
});
