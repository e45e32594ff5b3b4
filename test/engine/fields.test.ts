import { isJsonObject, type JsonObject } from "../contract/json";
import { expect } from "chai";
import { at } from "../../src/fields/values";
import type { JsonValue } from "../contract/json";
import { recordAt } from "../support/json";
import { describeWithCli } from "../support/skip";
import { dutiesOf, shownOf } from "./fields-covered";
import { columns, expected, Life, names, passwordIn, subjects } from "./fields-life";
import {
  after as inputsAfter,
  omit,
  propertiesOf,
  textAt,
  type Flat,
  type Subject,
} from "./fields-subject";
import { did, each, stackFor, stages } from "./stack";

/** A refusal in preview: names the input, both values unless they are secret, and both ways on. */
function refusal(path: string, old: JsonValue | undefined, next: JsonValue | undefined): RegExp {
  const exactly = (value: string) => value.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&");
  const shown = (value: JsonValue | undefined) => exactly(JSON.stringify(value ?? null));
  const hidden = /Password$|Key$/u.test(path);
  const isNew = hidden || old === undefined;
  const values = `${isNew ? "" : ` from ${shown(old)}`}${hidden ? "" : ` to ${shown(next)}`}`;
  const back = isNew ? "undo the change" : `put ${exactly(path)} back to ${shown(old)}`;
  return new RegExp(
    `${exactly(path)} cannot change in place${values}: [^.]+\\. Replacing would delete the add-on ` +
      `with its data\\. Either ${back}, or set allowReplace: true to replace it\\.`,
    "u",
  );
}

/** The order of backup schedules does not count. */
function ordered(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const schedules = value.filter(isJsonObject).filter((entry) => "backupType" in entry);
  const slot = ({ scheduling, backupType }: JsonObject) => JSON.stringify([backupType, scheduling]);
  return schedules.length < value.length
    ? value
    : schedules.sort((a, b) => slot(a).localeCompare(slot(b)));
}

describe("table of add-ons and their inputs", () => {
  const types = new Map(subjects.map((subject) => [`${subject.class} ${subject.type}`, subject]));
  for (const [title, { class: kind, type }] of types) {
    it(`has every input of the field table for ${title}`, () => {
      const same = subjects.filter((each) => each.class === kind && each.type === type);
      expect(shownOf(same)).to.deep.equal(dutiesOf(kind, type));
    });
  }
});

// The tests are the stages of one life: each goes on where the one before it ended.
describeWithCli("inputs of add-ons of both platforms", function () {
  this.timeout(60_000);
  stages();

  const stack = stackFor({ rateLimit: 100_000 });
  let life: Life;

  before(() => {
    life = new Life(stack());
  });

  afterEach(() => {
    expect(stack().emulator.violations).to.deep.equal([]);
    expect(life.count()).to.equal(subjects.length);
  });

  const identities = () => subjects.map((subject) => life.facts(subject).identity);

  /** The platform has what is declared of these inputs. */
  function expectSeen(changes: (subject: Subject) => Flat): void {
    for (const subject of subjects) {
      for (const path of Object.keys(changes(subject))) {
        if (path === "passwordVersion") continue;
        const seen = life.facts(subject).seen(path);
        expect(ordered(seen), `${subject.name}: ${path}`).to.deep.equal(
          ordered(life.inputs(subject)[path] ?? false),
        );
      }
    }
  }

  it("are set at creation", async () => {
    life.becomes(() => ({}));
    expect(did(await stack().up())).to.deep.equal(each(names, "create"));
  });

  for (let column = 0; column < columns; column += 1) {
    const changes = (subject: Subject) => subject.columns[column] ?? {};
    const title = [...new Set(subjects.flatMap((subject) => Object.keys(changes(subject))))];
    it(`are changed in place: ${title.join(", ")}`, async () => {
      const before = identities();
      const passwords = subjects.map((subject) => life.facts(subject).password);
      life.becomes(changes);
      // The refresh before it sees what the last run has done: that is no drift.
      const result = await stack().up({ args: ["--refresh"] });
      expect(did(result)).to.deep.equal(
        expected(changes, ["refresh", "update"], ["refresh", "same"]),
      );
      for (const { name, op, diffs } of result.steps) {
        const subject = subjects.find((one) => one.name === name);
        const changed = op === "update" && subject !== undefined ? changes(subject) : {};
        expect(diffs, name).to.deep.equal(propertiesOf(Object.keys(changed)));
      }
      expect(identities()).to.deep.equal(before);
      expectSeen(changes);
      const outputs = await stack().outputs();
      for (const [index, subject] of subjects.entries()) {
        const { password } = life.facts(subject);
        const rotated = "passwordVersion" in changes(subject);
        expect(password !== passwords[index], `${subject.name} is rotated`).to.equal(rotated);
        expect(passwordIn(outputs, subject), subject.name).to.equal(password);
      }
    });
  }

  it("are not changed again, whatever they were before", async () => {
    expect(did(await stack().up())).to.deep.equal(each(names, "same"));
    expect(did(await stack().refresh())).to.deep.equal(each(names, "same"));
  });

  it("that were changed elsewhere are put right", async () => {
    const changes = ({ drift }: Subject) => drift;
    const before = identities();
    for (const subject of subjects) {
      subject.change(life.emulator, life.inputs(subject), subject.drift);
    }
    const found = await stack().refresh();
    expect(did(found)).to.deep.equal(expected(changes, ["update"]));
    for (const { name, diffs } of found.steps) {
      const drift = subjects.find((one) => one.name === name)?.drift ?? {};
      expect(diffs, name).to.deep.equal(propertiesOf(Object.keys(drift)));
    }
    expect(did(await stack().up())).to.deep.equal(expected(changes, ["update"]));
    expectSeen(changes);
    expect(identities()).to.deep.equal(before);
  });

  it("that were stopped elsewhere are started", async () => {
    const changes = ({ stop }: Subject): Flat => (stop === undefined ? {} : { paused: true });
    for (const subject of subjects) subject.stop?.(life.emulator, life.inputs(subject));
    const found = await stack().refresh();
    expect(did(found)).to.deep.equal(expected(changes, ["update"]));
    for (const { name, diffs, op } of found.steps) {
      expect(diffs, name).to.deep.equal(op === "update" ? ["paused"] : []);
    }
    expect(did(await stack().up())).to.deep.equal(expected(changes, ["update"]));
    expectSeen(changes);
  });

  it("that went elsewhere where there is no way back from can be declared so", async () => {
    const changes = ({ beyond }: Subject) => beyond;
    for (const subject of subjects) {
      subject.change(life.emulator, life.inputs(subject), subject.beyond);
    }
    expect(did(await stack().refresh())).to.deep.equal(expected(changes, ["update"]));
    life.becomes(changes);
    expect(did(await stack().up())).to.deep.equal(each(names, "same"));
    expect(stack().writes()).to.deep.equal([]);
  });

  for (const subject of subjects) {
    it(`are refused where ${subject.name} would have to be replaced, or to go back`, async () => {
      const { columns, beyond, replace, refuse, retype } = subject;
      // The program as it was before it followed the platform.
      const back = Object.fromEntries(
        Object.keys(beyond).map((path) => [
          path,
          inputsAfter(subject, columns.length)[path] ?? null,
        ]),
      );
      const changes = { ...replace, ...refuse, ...back };
      const other: Flat = "type" in retype ? { type: textAt(retype.type) } : {};
      // Whether TLS can be changed depends on the type; the engine shows one failing resource a run.
      const batches = "tlsEnabled" in changes ? [changes, other] : [{ ...changes, ...other }];
      for (const batch of batches) {
        life.supposes(subject, batch);
        const { output } = await stack().preview({ expect: "failure" });
        for (const [path, next] of Object.entries(batch)) {
          // Of another type, what differs besides says nothing more.
          if ("type" in batch && path !== "type") continue;
          expect(output).to.match(refusal(path, life.inputs(subject)[path], next));
        }
        expect(output).not.to.contain("not-a-real");
        expect(stack().writes()).to.deep.equal([]);
      }
    });
  }

  /** Every add-on was replaced because of these inputs, the old one deleted before the new one came. */
  async function expectReplaced(changes: (subject: Subject) => Flat): Promise<void> {
    const before = subjects.map((subject) => life.facts(subject));
    for (const subject of subjects) if ("type" in changes(subject)) life.retire(subject);
    life.becomes(changes);
    const result = await stack().up();
    const steps = ["delete-replaced", "replace", "create-replacement"];
    expect(did(result)).to.deep.equal(expected(changes, steps));
    const { requests } = life.emulator;
    for (const [index, subject] of subjects.entries()) {
      const changed = omit(changes(subject), "allowReplace");
      if (Object.keys(changed).length === 0) continue;
      const { name } = life.inputs(subject);
      const step = result.steps.find((one) => one.name === subject.name && one.op === "replace");
      const reasons = propertiesOf(step?.replaces ?? []);
      const expectedReasons = "type" in changed ? ["type"] : Object.keys(changed);
      expect(reasons, subject.name).to.include.members(propertiesOf(expectedReasons));
      const { key, identity } = before[index] ?? { key: "", identity: "" };
      expect(life.facts(subject).identity).not.to.equal(identity);
      const deleted = requests.findIndex(
        ({ method, path }) => method === "DELETE" && path.endsWith(`/${key}`),
      );
      const created = requests.findIndex(
        ({ method, body }) => method === "POST" && recordAt(body).name === name,
      );
      expect(deleted, `deletion of ${subject.name}`).to.be.above(-1);
      expect(created, `creation of ${subject.name}`).to.be.above(deleted);
      const sent = recordAt(requests[created]?.body);
      for (const [path, value] of Object.entries(subject.body(changed))) {
        expect(at(sent, path), `${path} of ${subject.name}`).to.deep.equal(value);
      }
    }
  }

  it("that need a replacement get it with allowReplace", async () => {
    await expectReplaced(({ replace }) => ({ ...replace, allowReplace: true }));
  });

  it("replace an add-on by one of another type with allowReplace", async () => {
    await expectReplaced(({ retype }) => retype);
    expect(did(await stack().up({ args: ["--refresh"] }))).to.deep.equal(
      each(names, "refresh", "same"),
    );
  });
});
