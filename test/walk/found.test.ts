import { expect } from "chai";
import { type PlatformName, sides } from "./platforms";
import { World } from "./world";

/** What the walk has found, each as shortly as it can be shown. */
describe("found by the model walk", () => {
  const declare = (world: World, type: PlatformName, more: object = {}) => {
    const args = { ...sides[type].base("orders"), ...more };
    world.edit([{ name: "db", type, aliases: [], provider: "", args }], "declare");
  };

  async function inWorld(
    options: Parameters<typeof World.start>[0],
    work: (world: World) => Promise<void>,
  ) {
    const world = await World.start(options);
    try {
      await work(world);
    } finally {
      await world.close();
    }
  }

  for (const type of ["miget", "northflank"] as const) {
    it(`keeps the time limits of a creation that was not finished (${type})`, () =>
      inWorld({ provisioningMs: 25_000 }, async (world) => {
        declare(world, type, { customTimeouts: { create: "3s", delete: "7m" } });
        await world.run("up");
        const [entry] = world.stack.entries;
        expect(entry?.outputs.customTimeouts).to.deep.equal({ create: "3s", delete: "7m" });
      }));

    it(`goes on with an unfinished creation although the time limits changed (${type})`, () =>
      inWorld({ provisioningMs: 25_000 }, async (world) => {
        declare(world, type, { customTimeouts: { create: "3s" } });
        await world.run("up");
        declare(world, type, { customTimeouts: { create: "20m" } });
        await world.run("up");
      }));

    it(`does not wait for a failed add-on once its difference was sent (${type})`, () =>
      inWorld({}, async (world) => {
        declare(world, type);
        await world.run("up");
        const [facts] = sides[type].addons(world.harness.emulator);
        if (facts === undefined) throw new Error("no add-on");
        sides[type].setState(world.harness.emulator, facts, "failed");
        world.ledger.of(facts.identity).stale = true;
        declare(world, type, type === "miget" ? { ramSize: 512 } : { description: "one" });
        const began = world.harness.clock.now();
        const { ok } = await world.run("up");
        expect(ok).to.equal(false);
        expect(world.harness.clock.now() - began).to.be.below(120_000);
        expect(world.harness.emulator.requests.length).to.be.below(25);
      }));

    it(`tells it from one that is created later under its name, though it is ready at once (${type})`, () =>
      inWorld({ provisioningMs: 0 }, async (world) => {
        declare(world, type);
        await world.run("up");
        const { identityOutput } = sides[type];
        expect(world.stack.entries[0]?.outputs[identityOutput]).to.be.a("string");
      }));

    it(`waits for the connection of one that was created paused, and started (${type})`, () =>
      inWorld({ provisioningMs: 0 }, async (world) => {
        declare(world, type, { paused: true });
        await world.run("up");
        declare(world, type);
        const tooMany = { kind: "status", status: 429, headers: { "retry-after": "3" } } as const;
        const counts = { operationId: "getAddon", skip: 2, times: 3 };
        world.harness.emulator.faults.add({ ...counts, ...tooMany });
        await world.run("up", { refresh: true });
      }));
  }

  it("keeps the add-on of a former entry, where another one with its label was adopted (miget)", () =>
    inWorld({}, async (world) => {
      const { emulator } = world.harness;
      declare(world, "miget");
      await world.run("up");
      const [own] = sides.miget.addons(emulator);
      sides.miget.seed(emulator, "orders");
      const other = sides.miget.addons(emulator).find(({ id }) => id !== own?.id);
      const args = sides.miget.base("orders");
      world.edit([{ name: "renamed", type: "miget", aliases: [], provider: "", args }], "rename");
      const { ok, errors } = await world.run("up", { adopt: other?.id ?? "" });
      expect(ok).to.equal(false);
      expect(errors[0]?.message).to.match(/declares an add-on with the same name.*aliases/u);
      expect(sides.miget.addons(emulator)).to.have.lengthOf(2);
    }));

  for (const type of ["miget", "northflank"] as const) {
    const renamed = (world: World, more: object) => {
      const args = { ...sides[type].base("orders"), adopt: true, ...more };
      world.edit([{ name: "renamed", type, aliases: [], provider: "", args }], "rename");
    };
    const obstacle = type === "miget" ? { diskSize: 0.5 } : { version: "15.9" };

    it(`keeps what a resource under a new name cannot adopt (${type})`, () =>
      inWorld({}, async (world) => {
        declare(world, type);
        await world.run("up");
        renamed(world, obstacle);
        const { errors } = await world.run("up", { continueOnError: true });
        expect(errors.map(({ message }) => message).join()).to.match(/could not adopt.*aliases/su);
        expect(sides[type].addons(world.harness.emulator)).to.have.lengthOf(1);
      }));

    for (const operationId of ["listAddons", "getAddon"]) {
      it(`keeps what a resource under a new name wants to adopt, and ${operationId} fails (${type})`, () =>
        inWorld({}, async (world) => {
          declare(world, type);
          await world.run("up");
          renamed(world, {});
          const forbidden = {
            kind: "status",
            status: 403,
            times: operationId === "listAddons" ? 99 : 1,
          } as const;
          world.harness.emulator.faults.add({ operationId, ...forbidden });
          await world.run("up", { continueOnError: true });
          expect(sides[type].addons(world.harness.emulator)).to.have.lengthOf(1);
        }));
    }
  }

  it("replaces what has another name by an alias, where that is allowed (northflank)", () =>
    inWorld({}, async (world) => {
      declare(world, "northflank");
      await world.run("up");
      const [entry] = world.stack.entries;
      const args = { ...sides.northflank.base("orders"), version: "15.9", allowReplace: true };
      const aliases = [entry?.urn ?? ""];
      world.edit([{ name: "renamed", type: "northflank", aliases, provider: "", args }], "rename");
      const { ok, errors } = await world.run("up");
      expect(ok, JSON.stringify(errors)).to.equal(true);
    }));

  for (const [type, path, on, off] of [
    ["northflank", "ipPolicies", [{ addresses: ["192.0.2.1/32"], action: "ALLOW" }], []],
    ["northflank", "externalAccessEnabled", true, false],
    ["miget", "publicAccess", true, false],
  ] as const) {
    it(`looks at what is declared for the first time: ${path} (${type})`, () =>
      inWorld({}, async (world) => {
        declare(world, type);
        await world.run("up");
        const [facts] = sides[type].addons(world.harness.emulator);
        if (facts === undefined) throw new Error("no add-on");
        sides[type].drift(world.harness.emulator, facts, path, on);
        declare(world, type, { [path]: off });
        await world.run("up");
        expect(sides[type].addons(world.harness.emulator)[0]?.inputs[path]).to.deep.equal(off);
      }));
  }

  const rename = (world: World, more: object = {}) => {
    const [former] = world.program;
    if (former === undefined) throw new Error("nothing to rename");
    const args = { ...former.args, ...more };
    world.edit([{ ...former, name: "renamed", args }], "rename");
  };

  for (const type of ["miget", "northflank"] as const) {
    const { titleField } = sides[type];
    const addons = (world: World) => sides[type].addons(world.harness.emulator);

    it(`keeps an add-on that was to be taken over, and that no resource took (${type})`, () =>
      inWorld({}, async (world) => {
        declare(world, type);
        await world.run("up");
        const [former] = addons(world);
        rename(world, { [titleField]: "another" });
        const { ok, errors } = await world.run("up", { adopt: former?.id ?? "" });
        expect(ok).to.equal(false);
        expect(errors[0]?.message).to.include("PAAS_ADDONS_ADOPT");
        expect(addons(world).map(({ identity }) => identity)).to.include(former?.identity);
      }));
  }

  it("does not hold on to what was deleted elsewhere and is another's now (northflank)", () =>
    inWorld({}, async (world) => {
      declare(world, "northflank", { deletionProtection: true });
      await world.run("up");
      const { emulator } = world.harness;
      const [facts] = sides.northflank.addons(emulator);
      if (facts === undefined) throw new Error("no add-on");
      world.ledger.lost(facts);
      sides.northflank.recreate(emulator, facts);
      const { ok } = await world.run("destroy");
      expect(ok).to.equal(true);
      expect(sides.northflank.addons(emulator)).to.have.lengthOf(1);
      expect(world.stack.entries).to.deep.equal([]);
    }));

  it("keeps what one of two entries protects, when both go (northflank)", () =>
    inWorld({}, async (world) => {
      declare(world, "northflank");
      await world.run("up");
      rename(world, { deletionProtection: true });
      const { emulator } = world.harness;
      const [facts] = sides.northflank.addons(emulator);
      // The adoption fails half-way, so that the former entry stays too.
      sides.northflank.setState(emulator, facts ?? raise(), "failed");
      await world.run("up", { adopt: "demo-project/orders" });
      world.edit([], "remove both");
      const { ok } = await world.run("up");
      expect(ok).to.equal(false);
      expect(sides.northflank.addons(emulator)).to.have.lengthOf(1);
    }));
});

function raise(): never {
  throw new Error("no add-on");
}
