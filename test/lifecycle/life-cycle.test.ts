import { expect } from "chai";
import { door } from "../support/door";
import { loader, Resource } from "../support/resource";
import { Harness } from "../support/harness";
import { kinds } from "./kinds";

for (const kind of kinds) {
  describe(`the life of a ${kind.title} add-on`, () => {
    let world: Harness;
    let resource: Resource;

    beforeEach(async () => {
      world = await Harness.start({ provisioningMs: 60_000 });
      resource = new Resource(world, kind.platform);
      await resource.up(kind.inputs);
    });

    afterEach(async () => {
      await world.close();
      expect(world.emulator.violations, "exchanges against the contracts").to.deep.equal([]);
    });

    it("is created once, ready, with its connection", () => {
      expect(kind.existing(world)).to.have.length(1);
      if (door() === "dynamic") expect(resource.outs).to.include(loader);
      const { connection } = resource.outs;
      if (kind.uri === undefined) expect(connection).to.deep.equal({});
      else expect(connection).to.have.property("uri").that.matches(kind.uri);
    });

    it("shows no change after up, nor after refresh", async () => {
      expect(await resource.up(kind.inputs)).to.equal("same");
      await resource.refresh();
      expect(await resource.up(kind.inputs)).to.equal("same");
    });

    it("is updated in place, and then shows no change", async () => {
      const before = kind.existing(world);
      const changed = { ...kind.inputs, ...kind.update };
      expect(await resource.up(changed)).to.equal("updated");
      expect(kind.existing(world)).to.deep.equal(before);
      expect(await resource.up(changed)).to.equal("same");
      await resource.refresh();
      expect(await resource.up(changed)).to.equal("same");
    });

    it("refuses a replacement, and replaces when that is allowed", async () => {
      const changed = { ...kind.inputs, ...kind.replace };
      const refusal = await world.failure(resource.up(changed));
      expect(refusal.message).to.match(/cannot change in place.*allowReplace: true/su);
      expect(kind.existing(world)).to.have.length(1);
      const outcome = await resource.up({ ...changed, allowReplace: true });
      expect(outcome).to.match(/^replaced for /u);
      expect(kind.existing(world)).to.have.length(1);
    });

    it("is dropped by refresh when it was deleted elsewhere, and made anew", async () => {
      kind.removeElsewhere(world, resource.id);
      await resource.refresh();
      expect(resource.id).to.equal("");
      expect(await resource.up(kind.inputs)).to.equal("created");
      expect(kind.existing(world)).to.have.length(1);
    });

    it("is read by get, with all that the platform states", async () => {
      const provider = kind.platform === "miget" ? world.miget() : world.northflank();
      const { props } = await world.run(provider.read(resource.id, loader));
      const { connection, state, type } = resource.outs;
      expect(props).to.deep.include({ connection, state, type });
      const missing = `${resource.id.split("/")[0] ?? ""}/nothing-here`;
      const failure = await world.failure(provider.read(missing, loader));
      expect(failure.message).to.contain("there is no add-on with the id");
    });

    it("is gone when destroy returns, also the second time", async () => {
      await resource.destroy();
      expect(kind.existing(world)).to.deep.equal([]);
      await resource.destroy();
    });

    it("is not made a second time by someone who does not know of it", async () => {
      const stranger = new Resource(world, kind.platform);
      const refusal = await world.failure(stranger.up(kind.inputs));
      expect(refusal.message).to.contain(`PAAS_ADDONS_ADOPT=${resource.id} pulumi up`);
      expect(kind.existing(world)).to.have.length(1);
    });

    for (const [how, wish] of [
      ["by its natural key", () => ({ adopt: true })],
      ["by its id", (id: string) => ({ adopt: id.split("/")[1] })],
    ] as const) {
      it(`is adopted ${how}, with what differs updated`, async () => {
        const heir = new Resource(world, kind.platform);
        // The label is part of Miget's natural key, so that one stays as it is.
        const update = Object.entries(kind.update).filter(([path]) => path !== "label");
        const program = { ...kind.inputs, ...Object.fromEntries(update), ...wish(resource.id) };
        expect(await heir.up(program)).to.equal("created");
        expect(heir.id).to.equal(resource.id);
        expect(kind.existing(world)).to.have.length(1);
        expect(await heir.up(program)).to.equal("same");
        await heir.refresh();
        expect(await heir.up(program)).to.equal("same");
      });
    }

    it("is adopted for one run by the environment", async () => {
      world.env = { ...world.env, PAAS_ADDONS_ADOPT: `else/where, ${resource.id}` };
      const heir = new Resource(world, kind.platform);
      await heir.up(kind.inputs);
      expect(heir.id).to.equal(resource.id);
      expect(kind.existing(world)).to.have.length(1);
    });

    if (kind.uri !== undefined) {
      it("is paused and started again", async () => {
        const paused = { ...kind.inputs, paused: true };
        expect(await resource.up(paused)).to.equal("updated");
        expect(resource.outs)
          .to.have.property("state")
          .that.matches(/^(stopped|paused)$/u);
        expect(resource.outs).to.have.nested.property("connection.uri");
        await resource.refresh();
        expect(await resource.up(paused)).to.equal("same");
        expect(await resource.up(kind.inputs)).to.equal("updated");
        expect(await resource.up(kind.inputs)).to.equal("same");
      });

      it("keeps the connection that it had before a pause, also with a new password", async () => {
        const before = resource.outs.connection;
        await resource.up({ ...kind.inputs, passwordVersion: "2", paused: true });
        const paused = resource.outs.connection;
        expect(paused).to.have.property("password");
        expect(paused).not.to.deep.equal(before);
        await resource.up({ ...kind.inputs, passwordVersion: "2" });
        expect(resource.outs.connection).to.deep.equal(paused);
      });

      it("shows how to connect, also when it is created paused", async () => {
        await resource.destroy();
        await resource.up({ ...kind.inputs, paused: true });
        expect(resource.outs)
          .to.have.property("state")
          .that.matches(/^(stopped|paused)$/u);
        expect(resource.outs).to.have.nested.property("connection.uri");
      });

      it("gets a new password, in the outputs of the same run", async () => {
        const before = resource.outs.connection;
        expect(await resource.up({ ...kind.inputs, passwordVersion: "2" })).to.equal("updated");
        expect(resource.outs.connection).to.have.property("password");
        expect(resource.outs.connection).not.to.deep.equal(before);
        expect(await resource.up({ ...kind.inputs, passwordVersion: "2" })).to.equal("same");
      });
    }
  });
}
