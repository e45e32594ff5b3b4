import { expect } from "chai";
import type { Fault, LoggedRequest } from "../emulator/index";
import { kinds } from "../lifecycle/kinds";
import { Resource } from "../support/resource";
import { Harness } from "../support/harness";

const deletion = { operationId: "deleteAddon" } as const;
const cases: readonly { readonly name: string; readonly fault: Fault }[] = [
  { name: "is lost", fault: { ...deletion, kind: "reset-after" } },
  { name: "says that something failed", fault: { ...deletion, kind: "status-after", status: 503 } },
  {
    name: "asks to come again later",
    fault: { ...deletion, kind: "status", status: 429, headers: { "retry-after": "60" } },
  },
  { name: "says that it is busy", fault: { ...deletion, kind: "status", status: 409 } },
];

// Northflank's ids follow from names, so a deletion that is sent again may find another database.
describe("a Northflank add-on whose deletion has to be sent again", () => {
  let world: Harness;
  let resource: Resource;
  /** Called with the first DELETE, once it is served. */
  let meanwhile: () => void;

  beforeEach(async () => {
    let deletes = 0;
    const onServed = ({ method }: LoggedRequest) => {
      if (method !== "DELETE") return;
      deletes += 1;
      if (deletes === 1) meanwhile();
    };
    world = await Harness.start({ onServed });
    meanwhile = () => undefined;
    resource = new Resource(world, "northflank");
    const { inputs } = kinds.find(({ title }) => title === "Northflank redis") ?? { inputs: {} };
    await resource.up(inputs);
  });

  afterEach(async () => {
    await world.close();
    expect(world.emulator.violations, "exchanges against the contracts").to.deep.equal([]);
  });

  for (const { name, fault } of cases) {
    it(`is deleted although the answer ${name}`, async () => {
      world.emulator.faults.add(fault);
      await resource.destroy();
      expect(world.emulator.northflank.addons()).to.deep.equal([]);
    });

    it(`leaves alone what was made anew meanwhile, if the answer ${name}`, async () => {
      const { northflank } = world.emulator;
      let anew = "";
      meanwhile = () => (anew = northflank.recreate("cache").uid);
      world.emulator.faults.add(fault);
      await resource.destroy();
      expect(northflank.addons().map(({ uid }) => uid)).to.deep.equal([anew]);
      expect(world.lines.join("\n")).to.contain("It is another database, so it was not touched");
    });
  }
});
