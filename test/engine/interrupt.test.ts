import { expect } from "chai";
import { doors, through } from "../support/door";
import { describeWithCli } from "../support/skip";
import { declared, names, rows } from "./addons";
import { disagreements } from "./kill/ending";
import { did, each, stackFor, stages } from "./stack";

describeWithCli("Ctrl-C in the middle of a run", function () {
  this.timeout(120_000);
  for (const name of doors) describe(`over the ${name} door`, () => through(name, interrupted));
});

function interrupted(): void {
  stages();

  /** Called with every write that arrives. */
  let onWrite: () => void = () => undefined;
  const stack = stackFor({
    latencyMs: 50,
    onReceived: ({ method }) => {
      if (method !== "GET") onWrite();
    },
  });

  /** Runs a command that is interrupted once, when its nth write arrives. */
  async function interrupt(verb: "up" | "destroy", nth: number) {
    // The engine ends a destroy that was interrupted as if it had done everything.
    const outcome = verb === "up" ? "failure" : "any";
    let writes = 0;
    // Two at a time, so that something has not begun yet.
    const command = stack().start(verb, { expect: outcome, parallel: 2 });
    onWrite = () => {
      writes += 1;
      if (writes === nth) command.kill("SIGINT");
    };
    const result = await command.expected();
    onWrite = () => undefined;
    expect(result.signal, "it ends by itself").to.equal(null);
    expect(result.output).not.to.match(/\n\s+at .*:\d+:\d+/);
    expect(stack().emulator.inFlight()).to.equal(0);
    return result;
  }

  /** The resources in the state, by name, of which each is whole. */
  async function known() {
    const resources = await stack().project.resources();
    for (const { name, id, initErrors } of resources) {
      expect(id, name).not.to.equal("");
      expect(initErrors, name).to.deep.equal([]);
    }
    return resources.map(({ name }) => name);
  }

  afterEach(async () => {
    expect(stack().emulator.violations).to.deep.equal([]);
    const deployment = await stack().project.export();
    expect(JSON.stringify(deployment)).not.to.contain('"pending_operations":[{');
  });

  it("while add-ons are created: what was begun is finished and known", async () => {
    stack().declare(declared());
    const result = await interrupt("up", 2);
    const begun = stack().count("POST");
    expect(begun)
      .to.be.greaterThan(0)
      .and.lessThan(names.length + 1);
    const kept = await known();
    expect(kept, result.output).to.have.lengthOf(begun);
    const there = declared().filter(({ name }) => kept.includes(name));
    expect(await disagreements(stack(), there)).to.deep.equal([]);
  });

  it("the next up creates the rest", async () => {
    await stack().up();
    expect(await disagreements(stack(), declared())).to.deep.equal([]);
  });

  it("while add-ons are changed: each is as it was or as it should be", async () => {
    const { emulator } = stack();
    const before = rows.map((row) => row.identity(emulator));
    stack().declare(declared((row) => row.update));
    await interrupt("up", 2);
    expect(await known()).to.have.members(names);
    expect(rows.map((row) => row.identity(emulator))).to.deep.equal(before);
    for (const row of rows) expect(row.seen(emulator), row.name).to.be.oneOf([...row.expected]);
    expect(did(await stack().refresh())).to.deep.equal(each(names, "same"));

    await stack().up();
    for (const row of rows) expect(row.seen(emulator), row.name).to.equal(row.expected[1]);
    expect(await disagreements(stack(), declared())).to.deep.equal([]);
  });

  it("while add-ons are destroyed: what is left is known, and goes at the next destroy", async () => {
    await interrupt("destroy", 2);
    const kept = await known();
    expect(kept).to.have.length.greaterThan(0).and.lessThan(names.length);
    const there = declared().filter(({ name }) => kept.includes(name));
    expect(await disagreements(stack(), there)).to.deep.equal([]);
    await stack().destroy();
    expect(await disagreements(stack(), [])).to.deep.equal([]);
  });
}
