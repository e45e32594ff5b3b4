import { expect } from "chai";
import { DEFAULT_APP } from "../emulator/index";
import { Resource } from "../support/resource";
import { World } from "../support/world";

describe("an update that changes more than it was asked to", () => {
  it("is told, and put right at once", async () => {
    // The documentation does not say that fields which a PUT leaves out keep their values.
    const world = await World.start({ migetPartialPut: false });
    try {
      const resource = new Resource(world, "miget");
      const program = {
        appUuid: DEFAULT_APP,
        type: "mysql",
        name: "shop",
        mysqlVersion: "8.2",
        ramSize: 512,
        diskSize: 2,
      };
      await resource.up(program);
      const changed = { ...program, label: "Shop" };
      expect(await resource.up(changed)).to.equal("updated");
      expect(world.lines.join("\n")).to.match(
        /warning: Miget changed more .*ramSize went from 512 to \d+/u,
      );
      expect(resource.outs).to.include({ label: "Shop", ramSize: 512, diskSize: 2 });
      await resource.refresh();
      expect(await resource.up(changed)).to.equal("same");
    } finally {
      await world.close();
    }
  });
});
