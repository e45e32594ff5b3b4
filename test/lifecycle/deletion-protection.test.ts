import { expect } from "chai";
import { withAt } from "../../src/fields/values";
import {
  created,
  expectSettled,
  miget,
  northflank,
  refusal,
  scenario,
  spoil,
  subjects,
  writes,
} from "./scene";

const replacing = [
  [miget, withAt(miget.program, "postgresVersion", "18")],
  [northflank, withAt(northflank.program, "name", "orders-2")],
] as const;

for (const subject of subjects) {
  const { platform } = subject;
  const program = { ...subject.program, deletionProtection: true };
  const free = { ...subject.program, deletionProtection: false };

  describe(`deletionProtection of ${platform}`, () => {
    it("is false by default, and an output", () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject);
        expect(resource.outs.deletionProtection).to.equal(false);
        await resource.destroy();
        world.clock.advance(60_000);
        expect(subject.ids(world)).to.deep.equal([]);
      }));

    it("keeps destroy from deleting, and says what to do", () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject, program);
        expect(resource.outs.deletionProtection).to.equal(true);
        const message = await refusal(world, resource.destroy());
        expect(message).to.contain("deletionProtection: false").and.to.contain("pulumi up");
        expect(writes(world)).to.deep.equal([]);
        expect(subject.ids(world)).to.have.lengthOf(1);
        await expectSettled(resource, program);
      }));

    it("is off after an up that says so, which calls nothing", () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject, program);
        expect(await resource.up(free)).to.equal("updated");
        expect(world.requests()).to.deep.equal([]);
        expect(resource.outs.deletionProtection).to.equal(false);
        await resource.destroy();
        world.clock.advance(60_000);
        expect(subject.ids(world)).to.deep.equal([]);
      }));

    it("is off too where the program drops it", () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject, program);
        expect(await resource.up(subject.program)).to.equal("updated");
        expect(resource.outs.deletionProtection).to.equal(false);
        await resource.destroy();
      }));

    it("is on after an up that calls nothing", () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject);
        expect(await resource.up(program)).to.equal("updated");
        expect(world.requests()).to.deep.equal([]);
        await refusal(world, resource.destroy());
        expect(subject.ids(world)).to.have.lengthOf(1);
      }));

    for (const state of [subject.words.failed, subject.words.paused]) {
      it(`changes though the add-on is ${state}`, () =>
        scenario({}, async (world) => {
          const resource = await created(world, subject);
          subject.setState(world, state);
          expect(await resource.up(program)).to.equal("updated");
          expect(resource.outs.deletionProtection).to.equal(true);
          expect(await resource.up(free)).to.equal("updated");
          expect(resource.outs.deletionProtection).to.equal(false);
        }));
    }

    it("changes though the platform cannot be reached", () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject, program);
        await world.emulator.refuseConnections();
        expect(await resource.up(free)).to.equal("updated");
        expect(resource.outs.deletionProtection).to.equal(false);
        await world.emulator.acceptConnections();
      }));

    it("is in the state though the rest of the update fails", () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject);
        spoil(world, { kind: "status", status: 403, times: 99 });
        const more = platform === "miget" ? { ramSize: 512 } : { description: "new" };
        await refusal(world, resource.up({ ...program, ...more }));
        world.emulator.faults.clear();
        expect(resource.outs.deletionProtection).to.equal(true);
        await refusal(world, resource.destroy());
        expect(subject.ids(world)).to.have.lengthOf(1);
      }));

    it("is in the state of a creation that failed", () =>
      scenario({ provisioningMs: 60_000 }, async (world) => {
        const resource = await created(world, subject, { ...program, waitForReady: false });
        await refusal(world, resource.destroy());
        expect(subject.ids(world)).to.have.lengthOf(1);
      }));

    it("survives a refresh", () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject, program);
        await resource.refresh();
        expect(resource.outs.deletionProtection).to.equal(true);
        await refusal(world, resource.destroy());
        expect(await resource.up(program)).to.equal("same");
      }));

    it("does not matter for an add-on that is gone", () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject, program);
        subject.remove(world);
        await resource.destroy();
        expect(resource.id).to.equal("");
      }));

    it("is taken over with an adoption", () =>
      scenario({}, async (world) => {
        const first = await created(world, subject);
        const heir = await created(world, subject, { ...program, adopt: true });
        expect(heir.id).to.equal(first.id);
        await refusal(world, heir.destroy());
        expect(subject.ids(world)).to.have.lengthOf(1);
      }));
  });
}

describe("deletionProtection and a replacement", () => {
  for (const [subject, changed] of replacing) {
    const on = { deletionProtection: true };

    for (const [title, next] of [
      ["allowed", { ...changed, ...on, allowReplace: true }],
      ["allowed, and the protection taken away with it", { ...changed, allowReplace: true }],
      [
        "allowed, and the protection switched off with it",
        { ...changed, deletionProtection: false, allowReplace: true },
      ],
    ] as const) {
      it(`that is ${title}: it is refused on ${subject.platform}`, () =>
        scenario({}, async (world) => {
          const resource = await created(world, subject, { ...subject.program, ...on });
          const message = await refusal(world, resource.up(next));
          expect(message).to.contain("deletionProtection");
          expect(writes(world)).to.deep.equal([]);
          expect(subject.ids(world)).to.have.lengthOf(1);
        }));
    }

    it(`takes two runs on ${subject.platform}`, () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject, { ...subject.program, ...on });
        const [before] = subject.ids(world);
        expect(await resource.up(subject.program)).to.equal("updated");
        const next = { ...changed, ...on, allowReplace: true };
        expect(await resource.up(next)).to.match(/^replaced for /u);
        expect(subject.ids(world)).to.have.lengthOf(1);
        expect(subject.ids(world)).not.to.include(before);
        expect(resource.outs.deletionProtection).to.equal(true);
      }));
  }
});
