import { expect } from "chai";
import { loader } from "../support/resource";
import { World } from "../support/world";
import { kinds } from "./kinds";

const { inputs } = kinds[0] ?? { inputs: {} };

describe("two runs that create the same Miget add-on at the same moment", () => {
  it("are both told of the other's, and neither is touched", async () => {
    // Both look at the list before either has sent its creation.
    const latencyMs = (operationId: string) => (operationId === "createAddon" ? 500 : 0);
    const world = await World.start({ latencyMs });
    try {
      const create = async () => {
        const provider = world.miget();
        const checked = await provider.check({}, { ...inputs, ...loader });
        return provider.create({ ...checked.inputs, ...loader });
      };
      const made = await world.run(Promise.all([create(), create()]));
      const warnings = world.lines.filter((line) => line.includes("another add-on with type"));
      expect(warnings).to.have.lengthOf(2);
      for (const { id } of made) expect(warnings.join("\n")).to.contain(id);
      expect(world.emulator.miget.addons()).to.have.lengthOf(2);
      expect(world.requests().filter((line) => line.startsWith("DELETE"))).to.deep.equal([]);
    } finally {
      await world.close();
    }
  });

  it("say nothing of a namesake where there is none, with many beside it", async () => {
    const world = await World.start();
    try {
      const provider = world.miget();
      const create = async (name: string) => {
        const checked = await provider.check({}, { ...inputs, name, ...loader });
        return provider.create({ ...checked.inputs, ...loader });
      };
      await world.run(Promise.all(["a", "b", "c"].map(create)));
      expect(world.lines.join("\n")).not.to.contain("another add-on");
    } finally {
      await world.close();
    }
  });
});
