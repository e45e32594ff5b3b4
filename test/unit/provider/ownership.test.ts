import { expect } from "chai";
import { type AddonRef, memoryJournal } from "../../../src/provider/journal";
import { deadlineIn } from "../../../src/http/deadline";
import { isSameOrigin, Ownership } from "../../../src/provider/ownership";
import { VirtualClock } from "../../support/virtual-clock";

const addon: AddonRef = { platform: "Northflank", id: "demo/orders", uid: "a-uid" };
const urn = (name: string) => `urn:pulumi:dev::test::type::${name}`;
const keys = ["Northflank demo orders"];

const clock = new VirtualClock();
const time = { clock, deadline: deadlineIn(clock, 60_000) };

/** Two plugin processes of one run. */
function twoProcesses(): readonly [Ownership, Ownership] {
  const journal = memoryJournal();
  return [new Ownership(journal), new Ownership(journal)];
}

describe("the owner of an add-on", () => {
  it("keeps another entry from deleting it, in whichever process", async () => {
    const [first, second] = twoProcesses();
    first.hold(addon, "new", urn("new"), "adopted");
    expect(await second.release(addon, "old", time, { urn: urn("old") })).to.deep.equal({
      why: "held",
      urn: urn("new"),
    });
  });

  it("may delete it, and the last of two that both go does", async () => {
    const [first, second] = twoProcesses();
    first.hold(addon, "a", urn("a"), "seen");
    second.hold(addon, "b", urn("b"), "seen");
    expect(await first.release(addon, "a", time, { urn: urn("a") })).to.deep.equal({
      why: "held",
      urn: urn("b"),
    });
    expect(await second.release(addon, "b", time, { urn: urn("b") })).to.equal(undefined);
  });

  it("is the only one after another could not delete it", async () => {
    const [owners] = twoProcesses();
    owners.hold(addon, "a", urn("a"), "seen");
    owners.hold(addon, "b", urn("b"), "seen");
    expect(await owners.release(addon, "a", time)).to.include({ why: "held" });
    // Such as one with deletionProtection.
    expect(await owners.release(addon, "b", time)).to.equal(undefined);
    owners.end(addon, "b", false);
    owners.hold(addon, "c", urn("c"), "seen");
    expect(await owners.release(addon, "c", time)).to.deep.equal({ why: "held", urn: urn("b") });
  });

  it("is known by more than an id that was used before", async () => {
    const [owners] = twoProcesses();
    owners.hold(addon, "new", urn("new"), "created");
    expect(
      await owners.release({ ...addon, uid: "another" }, "old", time, { urn: urn("old") }),
    ).to.equal(undefined);
    expect(
      await owners.release({ platform: addon.platform, id: addon.id }, "old", time, {
        urn: urn("old"),
      }),
    ).to.have.property("why");
  });

  it("is the only one after a creation", async () => {
    const [owners] = twoProcesses();
    owners.hold({ platform: addon.platform, id: addon.id }, "old", urn("old"), "seen");
    owners.hold(addon, "new", urn("new"), "created");
    expect(await owners.release(addon, "new", time, { urn: urn("new") })).to.equal(undefined);
  });

  it("keeps what a replacement leaves where that is not allowed", async () => {
    for (const mayReplace of [true, false]) {
      const [owners] = twoProcesses();
      owners.declare({ urn: urn("a"), keys, isNew: true, adopts: false, mayReplace });
      const objection = await owners.release(addon, "a", time, { urn: urn("a") });
      expect(objection?.why).to.equal(mayReplace ? undefined : "replaced");
    }
  });

  it("is not deleted in a run in which a creation failed because of it", async () => {
    const [first, second] = twoProcesses();
    first.block(addon, urn("new"));
    expect(await second.release(addon, "old", time, { urn: urn("old") })).to.include({
      why: "blocking",
    });
    expect(second.blocking()).to.deep.equal(["demo/orders"]);
  });

  it("is asked for where neither entry has a mark", async () => {
    const [owners] = twoProcesses();
    owners.hold(addon, "", urn("new"), "seen");
    expect(await owners.release(addon, "", time, { urn: urn("old") })).to.include({
      why: "unmarked",
    });
    expect(await owners.release(addon, "", time, { urn: urn("new") })).to.equal(undefined);
  });
});

describe("two resources that declare one add-on", () => {
  const declare = (owners: Ownership, name: string, isNew: boolean, adopts = false) =>
    owners.declare({ urn: urn(name), keys, isNew, adopts, mayReplace: false });

  it("are refused: the second one, and only that", () => {
    const [first, second] = twoProcesses();
    expect(declare(first, "a", true)).to.equal(undefined);
    expect(declare(second, "b", true)).to.equal(urn("a"));
    expect(first.otherDeclaring(urn("a"))).to.equal(undefined);
  });

  it("do not concern one that exists, unless the other one adopts", () => {
    for (const adopts of [true, false]) {
      const [owners] = twoProcesses();
      declare(owners, "new", true, adopts);
      expect(declare(owners, "old", false)).to.equal(adopts ? urn("new") : undefined);
    }
  });

  it("are found by the add-on too, where its holder is of the program", () => {
    const [first, second] = twoProcesses();
    first.hold(addon, "old", urn("old"), "seen");
    expect(second.otherHolder(addon, urn("new"))).to.equal(undefined);
    declare(first, "old", false);
    expect(second.otherHolder(addon, urn("new"))).to.equal(urn("old"));
    expect(second.otherHolder(addon, urn("old"))).to.equal(undefined);
  });

  it("are one where it is checked twice", () => {
    const [owners] = twoProcesses();
    expect(declare(owners, "a", false)).to.equal(undefined);
    expect(declare(owners, "a", true)).to.equal(undefined);
  });
});

describe("the origin of an add-on", () => {
  const at = (second: string) => ({ createdAt: `2026-11-28T10:00:${second}Z` });
  for (const [a, b, same] of [
    [{ uid: "a" }, { uid: "a" }, true],
    [{ uid: "a" }, { uid: "b" }, false],
    [{ uid: "a" }, at("01"), true],
    [at("01"), at("01.400"), true],
    [at("01"), at("02"), false],
    [{}, at("02"), true],
  ] as const) {
    it(`is ${same ? "the same" : "another"}: ${JSON.stringify(a)}, ${JSON.stringify(b)}`, () => {
      expect(isSameOrigin(a, b)).to.equal(same);
    });
  }
});
