import { expect } from "chai";
import { recordAt } from "../support/json";
import { databases, declared, names, rows, type Row } from "./addons";
import { describeOnBackends } from "./backends";
import { Secrets } from "./secrets";
import type { Args } from "./program";
import { did, each, stages, uriIn } from "./stack";

const loaders: Readonly<Record<string, string>> = {
  MigetAddon: 'exports.handler = () => require("pulumi-paas-addons/miget/provider");',
  NorthflankAddon: 'exports.handler = () => require("pulumi-paas-addons/northflank/provider");',
};

/** The add-ons as they are after their update, with a time limit; databases with further inputs. */
function later(database: Args = {}): ReturnType<typeof declared> {
  const inputs = (row: Row) =>
    databases.includes(row) ? { ...row.update, ...database } : row.update;
  return declared(inputs, () => ({ customTimeouts: { delete: "5m" } }));
}

// The tests are the stages of one life: each goes on where the one before it ended.
describeOnBackends("life of add-ons of both platforms", function ({ stackFor, further }) {
  this.timeout(180_000);
  stages();

  // Passwords with characters that a URL must encode.
  const stack = stackFor({ passwords: "special" });
  let secrets: Secrets;

  before(() => {
    secrets = new Secrets(stack());
    stack().declare(declared());
  });

  afterEach(() => {
    expect(stack().emulator.violations).to.deep.equal([]);
    secrets.collect();
  });

  further("are previewed without a call that changes something", async () => {
    const result = await stack().preview();
    expect(did(result)).to.deep.equal(each(names, "create"));
    expect(stack().writes()).to.deep.equal([]);
  });

  it("are created, all at once, and end ready", async () => {
    const { emulator } = stack();
    const result = await stack().up();
    expect(did(result)).to.deep.equal(each(names, "create"));
    expect(stack().count("POST")).to.equal(names.length);
    const outputs = await stack().outputs();
    for (const row of rows) {
      expect(row.seen(emulator), row.name).to.equal(row.expected[0]);
      expect(outputs[`${row.name}.state`], row.name).to.equal(row.words.ready);
    }
  });

  it("give the connection data that the platforms have", async () => {
    const { emulator } = stack();
    const outputs = await stack().outputs();
    for (const row of databases) {
      expect(uriIn(outputs, row.name), row.name).to.equal(row.uri(emulator));
      const variables = Object.values(recordAt(outputs[`${row.name}.vars`]));
      expect(variables, `variables of ${row.name}`).to.include(row.uri(emulator));
    }
    expect(outputs["uploads.connection"]).to.deep.equal({});
  });

  it("hold nothing in state but their data and a constant loader text", async () => {
    const resources = await stack().project.resources();
    expect(resources.map(({ name }) => name)).to.have.members(names);
    for (const { name, inputs, outputs } of resources) {
      const loader = loaders[rows.find((row) => row.name === name)?.class ?? ""];
      expect([inputs.__provider, outputs.__provider], name).to.deep.equal([loader, loader]);
    }
  });

  it("do not change when nothing was changed, and cost no call", async () => {
    const result = await stack().up();
    expect(did(result)).to.deep.equal(each(names, "same"));
    expect(stack().emulator.requests).to.deep.equal([]);
  });

  it("do not drift by themselves", async () => {
    expect(did(await stack().refresh())).to.deep.equal(each(names, "same"));
    expect(stack().writes()).to.deep.equal([]);
  });

  it("are updated in place", async () => {
    const { emulator } = stack();
    const before = rows.map((row) => row.identity(emulator));
    stack().declare(declared((row) => row.update));
    const result = await stack().up();
    expect(did(result)).to.deep.equal(each(names, "update"));
    for (const { name, diffs } of result.steps) {
      expect(diffs, name).to.deep.equal(
        Object.keys(rows.find((row) => row.name === name)?.update ?? {}),
      );
    }
    for (const row of rows) expect(row.seen(emulator), row.name).to.equal(row.expected[1]);
    expect(rows.map((row) => row.identity(emulator))).to.deep.equal(before);
    expect(stack().count("POST") + stack().count("DELETE")).to.equal(0);
  });

  further("are put right when somebody changes them elsewhere", async () => {
    const { emulator } = stack();
    for (const row of rows) row.drift.make(emulator);
    const found = await stack().refresh();
    expect(did(found)).to.deep.equal(each(names, "update"));
    for (const { name, diffs } of found.steps) {
      expect(diffs, name).to.deep.equal([rows.find((row) => row.name === name)?.drift.input]);
    }
    expect(did(await stack().up())).to.deep.equal(each(names, "update"));
    expect(stack().count("POST") + stack().count("DELETE")).to.equal(0);
    expect(did(await stack().refresh())).to.deep.equal(each(names, "same"));
    for (const row of rows) expect(row.seen(emulator), row.name).to.equal(row.expected[1]);
  });

  further("record a new time limit by an update that calls nothing", async () => {
    stack().declare(
      declared(
        (row) => row.update,
        () => ({ customTimeouts: { delete: "5m" } }),
      ),
    );
    const result = await stack().up();
    expect(did(result)).to.deep.equal(each(names, "update"));
    expect(stack().emulator.requests).to.deep.equal([]);
  });

  further("pause, keep their connection data meanwhile, and go on", async () => {
    const { emulator } = stack();
    const before = rows.map((row) => row.uri(emulator));
    const expected = { ...each(names, "update"), uploads: ["same"] };

    stack().declare(later({ paused: true }));
    expect(did(await stack().up())).to.deep.equal(expected);
    expect(did(await stack().refresh())).to.deep.equal(each(names, "same"));
    const paused = await stack().outputs();
    for (const row of databases) {
      expect(paused[`${row.name}.state`], row.name).to.equal(row.words.paused);
      expect(uriIn(paused, row.name), row.name).not.to.equal("");
    }

    stack().declare(later({ paused: false }));
    expect(did(await stack().up())).to.deep.equal(expected);
    const outputs = await stack().outputs();
    for (const row of databases) {
      expect(outputs[`${row.name}.state`], row.name).to.equal(row.words.ready);
    }
    expect(rows.map((row) => row.uri(emulator))).to.deep.equal(before);
  });

  further("rotate their passwords once for each new passwordVersion", async () => {
    const { emulator } = stack();
    const before = databases.map((row) => row.uri(emulator));
    stack().declare(later({ passwordVersion: "2" }));
    await stack().up();
    const outputs = await stack().outputs();
    for (const [index, row] of databases.entries()) {
      expect(row.uri(emulator), row.name).not.to.equal(before[index]);
      expect(uriIn(outputs, row.name), row.name).to.equal(row.uri(emulator));
    }
    await stack().up();
    expect(stack().writes(), "a second rotation").to.deep.equal([]);
  });

  further("are let go, read by get and adopted again, of whatever type", async () => {
    const { emulator, project } = stack();
    const before = rows.map((row) => row.identity(emulator));
    const inputs = (row: Row) =>
      databases.includes(row) ? { ...row.update, passwordVersion: "2" } : row.update;
    const ids = new Map((await project.resources()).map(({ name, id }) => [name, id]));
    stack().declare(declared(inputs, () => ({ retainOnDelete: true })));
    await stack().up();

    stack().declare(
      rows.map((row) => ({
        name: `seen-${row.name}`,
        class: row.class,
        id: ids.get(row.name) ?? "",
      })),
    );
    await stack().up();
    const seen = await stack().outputs();
    for (const row of databases) {
      expect(uriIn(seen, `seen-${row.name}`), row.name).to.equal(row.uri(emulator));
    }

    stack().declare(declared((row) => ({ ...inputs(row), adopt: true })));
    expect(did(await stack().up())).to.deep.include(each(names, "create"));
    expect(stack().writes(), "calls that change something").to.deep.equal([]);
    expect(rows.map((row) => row.identity(emulator))).to.deep.equal(before);
    expect(did(await stack().up())).to.deep.equal(each(names, "same"));
  });

  further("are dropped by refresh when deleted elsewhere, and made anew by up", async () => {
    const { emulator } = stack();
    const lost = rows;
    const before = lost.map((row) => row.identity(emulator));
    for (const row of lost) row.remove(emulator);
    const lostNames = lost.map(({ name }) => name);

    expect(did(await stack().refresh())).to.deep.include(each(lostNames, "delete"));
    const result = await stack().up();
    expect(did(result)).to.deep.include(each(lostNames, "create"));
    expect(stack().count("POST")).to.equal(lost.length);
    const outputs = await stack().outputs();
    for (const [index, row] of lost.entries()) {
      expect(row.identity(emulator)).not.to.equal(before[index]);
      expect(uriIn(outputs, row.name), row.name).to.equal(row.uri(emulator) ?? "");
    }
  });

  it("are destroyed, and nothing is left", async () => {
    const { emulator } = stack();
    expect(did(await stack().destroy())).to.deep.equal(each(names, "delete"));
    expect([...emulator.miget.addons(), ...emulator.northflank.addons()]).to.deep.equal([]);
    expect(await stack().project.resources()).to.deep.equal([]);
  });

  it("have shown no secret, neither in the files of the state nor in any output", () => {
    expect(secrets.size).to.be.above(3 * databases.length);
    expect(secrets.leaks()).to.deep.equal([]);
  });
});
