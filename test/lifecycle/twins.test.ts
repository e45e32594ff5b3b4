import { expect } from "chai";
import type { JsonObject } from "../contract/json";
import { DEFAULT_APP, DEFAULT_PROJECT } from "../emulator/index";
import { Resource } from "../support/resource";
import { Harness } from "../support/harness";

const inputs = { appUuid: DEFAULT_APP, type: "postgres", name: "orders", postgresVersion: "17" };

// Nothing on Miget keeps two runs that do not know of each other from creating the same add-on.
describe("a Miget add-on that somebody else creates at the same moment", () => {
  let world: Harness;
  let resource: Resource;
  let twin: string;

  beforeEach(async () => {
    twin = "";
    world = await Harness.start({
      onServed: ({ method, path }) => {
        if (method !== "POST" || !path.endsWith("/addons") || twin !== "") return;
        twin = world.emulator.miget.seed(DEFAULT_APP, { ...inputs, label: "orders" }).uuid;
      },
    });
    resource = new Resource(world, "miget");
  });

  afterEach(async () => {
    await world.close();
    expect(world.emulator.violations, "exchanges against the contracts").to.deep.equal([]);
  });

  for (const waitForReady of [true, false]) {
    it(`is reported with both ids, and kept (waitForReady: ${waitForReady})`, async () => {
      const { message } = await world.failure(resource.up({ ...inputs, waitForReady }));
      expect(resource.id).to.match(/^[0-9a-f-]+\/[0-9a-f-]+$/u);
      expect(message).to.contain(resource.id).and.to.contain(`${DEFAULT_APP}/${twin}`);
      expect(world.emulator.miget.addons()).to.have.lengthOf(2);
      // The user has removed the other one.
      world.emulator.miget.remove(twin);
      expect(await resource.up({ ...inputs, waitForReady })).to.equal("updated");
      expect(await resource.up({ ...inputs, waitForReady })).to.equal("same");
    });
  }

  it("is no matter under another label", async () => {
    expect(await resource.up({ ...inputs, label: "Other" })).to.equal("created");
  });
});

const cache = {
  projectId: DEFAULT_PROJECT,
  type: "redis",
  name: "cache",
  version: "latest",
  billing: { deploymentPlan: "nf-compute-20", storage: 4096, replicas: 1 },
};
const { billing } = cache;
const ours = { ...cache, version: "8-latest", tlsEnabled: true };

/** Add-ons of another stack, and what tells from the answer that they are not ours. */
const strangers: readonly (readonly [string, JsonObject, RegExp])[] = [
  [
    "with another plan",
    { billing: { ...billing, deploymentPlan: "nf-compute-50" } },
    /Plan is "nf-compute-50" there and "nf-compute-20" here/u,
  ],
  [
    "with another disk",
    { billing: { ...billing, storage: 6144 } },
    /storage is 6144 there and 4096 here/u,
  ],
  [
    "with a version that is not the one asked for",
    { version: "7.2.5" },
    /version is "7\.2\.5" there and "8-latest" here/u,
  ],
  [
    "with another spelling of the name",
    { name: "Cache" },
    /name is "Cache" there and "cache" here/u,
  ],
  ["without TLS", { tlsEnabled: false }, /tlsEnabled is false there and true here/u],
  [
    "of another type",
    { type: "rabbitmq", version: "latest" },
    /type is "rabbitmq" there and "redis" here/u,
  ],
];

// The name is unique on Northflank, so ours was refused; but the refusal never arrived.
describe("a Northflank add-on of somebody else, where the answer to our creation is lost", () => {
  let world: Harness;
  let resource: Resource;
  let theirs: JsonObject;
  let ago: number;

  beforeEach(async () => {
    ago = 0;
    let lists = 0;
    world = await Harness.start({
      onServed: ({ operationId }) => {
        if (operationId !== "listAddons") return;
        lists += 1;
        // The preview's list is too old for the creation then, which asks for its own.
        if (lists === 1) world.clock.advance(2000);
        if (lists !== 2) return;
        world.emulator.northflank.seed(theirs);
        world.clock.advance(ago);
      },
    });
    world.emulator.faults.add({
      operationId: "createAddon",
      kind: "status",
      status: 503,
      times: 9,
    });
    resource = new Resource(world, "northflank");
  });

  afterEach(async () => {
    await world.close();
  });

  const expectRefused = async (evidence: RegExp) => {
    const { message } = await world.failure(resource.up(ours));
    expect(message).to.match(evidence);
    expect(message).to.contain("PAAS_ADDONS_ADOPT=demo-project/cache pulumi up");
    expect(resource.id).to.equal("");
    expect(world.requests().filter((line) => /^(?!GET).*cache/u.test(line))).to.deep.equal([]);
  };

  for (const [name, inputs, evidence] of strangers) {
    it(`is not taken for ours ${name}`, async () => {
      theirs = { ...ours, ...inputs };
      await expectRefused(evidence);
    });
  }

  it("is not taken for ours if it was there long before our call", async () => {
    theirs = ours;
    ago = 10 * 60_000;
    await expectRefused(/created .* before/u);
  });

  it("is taken for ours where nothing tells the two apart", async () => {
    theirs = ours;
    expect(await resource.up(ours)).to.equal("created");
  });
});
