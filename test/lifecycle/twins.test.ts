import { expect } from "chai";
import { DEFAULT_APP } from "../emulator/index";
import { Resource } from "../support/resource";
import { World } from "../support/world";

const inputs = { appUuid: DEFAULT_APP, type: "postgres", name: "orders", postgresVersion: "17" };

// Nothing on Miget keeps two runs that do not know of each other from creating the same add-on.
describe("a Miget add-on that somebody else creates at the same moment", () => {
  let world: World;
  let resource: Resource;
  let twin: string;

  beforeEach(async () => {
    twin = "";
    world = await World.start({
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
