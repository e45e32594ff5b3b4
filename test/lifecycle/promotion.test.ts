import { expect } from "chai";
import type { Harness } from "../support/harness";
import { Resource } from "../support/resource";
import { count, created, expectSettled, killedUp, miget, refusal, scenario, spoil } from "./scene";

const source = {
  externalHost: "source.example.com",
  externalPort: 6432,
  authType: "password",
  replicationUsername: "replicator",
  replicationPassword: "not-a-real-password",
};
const s3 = {
  s3Enabled: true,
  s3Endpoint: "https://s3.example.com",
  s3Bucket: "wal",
  s3Path: "orders",
  s3AccessKey: "not-a-real-key",
  s3SecretKey: "not-a-real-secret",
};
const replica = { ...miget.program, creationMode: "external_replica", ...source, ...s3 };
const promoted = { ...miget.program, creationMode: "fresh" };

const isReplica = (world: Harness) => world.emulator.miget.addons()[0]?.external;
const calls = (world: Harness) => count(world, "promoteExternal");

describe("a replica of a database elsewhere that the program declares fresh", () => {
  for (const [title, program] of [
    ["without its source", promoted],
    ["with its source left in the program", { ...promoted, ...source, ...s3 }],
  ] as const) {
    it(`is promoted in place, once: ${title}`, () =>
      scenario({}, async (world) => {
        const resource = await created(world, miget, replica);
        const ids = miget.ids(world);
        expect(await resource.up(program)).to.equal("updated");
        expect(isReplica(world)).to.equal(false);
        expect(miget.ids(world)).to.deep.equal(ids);
        expect(resource.outs.creationMode).to.equal("fresh");
        await expectSettled(resource, program);
        expect(calls(world)).to.equal(1);
      }));
  }

  it("is promoted before what only a database of its own can have", () =>
    scenario({}, async (world) => {
      const resource = await created(world, miget, { ...replica, publicAccess: true });
      const program = { ...promoted, publicAccess: false };
      expect(await resource.up(program)).to.equal("updated");
      expect(world.emulator.miget.addons()[0]).to.include({ external: false, publicAccess: false });
      await expectSettled(resource, program);
    }));

  for (const kind of ["reset-before", "reset-after", "hang-after"] as const) {
    it(`is promoted although the answer is lost: ${kind}`, () =>
      scenario({}, async (world) => {
        const resource = await created(world, miget, replica);
        spoil(world, { operationId: "promoteExternal", kind });
        expect(await resource.up(promoted)).to.equal("updated");
        expect(isReplica(world)).to.equal(false);
        await expectSettled(resource, promoted);
      }));
  }

  it("is promoted by the next up, wherever the run was killed", () =>
    scenario({}, async (world) => {
      for (let nth = 1; nth < 20; nth += 1) {
        const resource = await created(world, miget, replica);
        const { isKilled, next } = await killedUp(world, resource, nth, promoted);
        await next.up(promoted);
        expect(isReplica(world), `killed at request ${nth}`).to.equal(false);
        await expectSettled(next, promoted);
        if (!isKilled) return;
        await next.destroy();
      }
      throw new Error("the promotion took too many requests");
    }));

  it("is taken as promoted where that was done on Miget, also after its source left the program", () =>
    scenario({}, async (world) => {
      const resource = await created(world, miget, replica);
      const [uuid = ""] = miget.ids(world);
      world.emulator.miget.promote(uuid);
      expect(await resource.up(promoted)).to.equal("updated");
      await expectSettled(resource, promoted);
    }));

  it("stays a replica, in the state too, where Miget refuses for another reason", () =>
    scenario({}, async (world) => {
      const resource = await created(world, miget, replica);
      const body = { error: "Replica has not caught up" };
      spoil(world, { operationId: "promoteExternal", kind: "status", status: 422, body });
      expect(await refusal(world, resource.up(promoted))).to.contain("has not caught up");
      expect(resource.outs.creationMode).to.equal("external_replica");
      expect(await resource.up(promoted)).to.equal("updated");
      expect(isReplica(world)).to.equal(false);
    }));
});

describe("what would take a database back to be a replica", () => {
  for (const [title, before, after] of [
    ["a fresh one that is declared a replica", promoted, replica],
    ["a replica whose mode is only left out", replica, miget.program],
    ["a replica with another source", replica, { ...replica, externalHost: "other.example.com" }],
  ] as const) {
    it(`is refused: ${title}`, () =>
      scenario({}, async (world) => {
        const resource = await created(world, miget, before);
        const message = await refusal(world, resource.up(after));
        expect(message).to.contain("Replacing would delete the add-on with its data");
        expect(world.requests()).to.deep.equal([]);
      }));
  }
});

describe("an existing replica", () => {
  it("is adopted as what it is, and not promoted", () =>
    scenario({}, async (world) => {
      const resource = await created(world, miget, replica);
      const program = { ...replica, adopt: true };
      const other = new Resource(world, "miget");
      expect(await other.up(program)).to.equal("created");
      expect(other.id).to.equal(resource.id);
      expect(isReplica(world)).to.equal(true);
      expect(calls(world)).to.equal(0);
    }));
});
