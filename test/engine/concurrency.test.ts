import { expect } from "chai";
import { systemClock, type Clock } from "../../src/http/clock";
import { DEFAULT_APP, DEFAULT_PROJECT } from "../emulator/index";
import { describeWithCli } from "../support/skip";
import { disagreements } from "./kill/ending";
import type { Declared } from "./program";
import { type Stack, stackFor } from "./stack";

const billing = { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 };

const miget = (name: string, label = name): Declared => ({
  name,
  class: "MigetAddon",
  args: { appUuid: DEFAULT_APP, type: "postgres", postgresVersion: "17", label },
});
const northflank = (name: string, id = name): Declared => ({
  name,
  class: "NorthflankAddon",
  args: { projectId: DEFAULT_PROJECT, type: "redis", version: "latest", billing, name: id },
});

/** Any length of time that nobody else sleeps. */
const held = 123_456;

/** A clock by which creations do not reach the platforms before so many have been sent. */
class Gate implements Clock {
  /** How many have to be there; 0: nobody waits. */
  wanted = 0;
  private waiting: (() => void)[] = [];

  now(): number {
    return systemClock.now();
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (ms !== held) return systemClock.sleep(ms, signal);
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      if (this.waiting.length < this.wanted) return;
      for (const go of this.waiting.splice(0)) go();
    });
  }
}

describeWithCli("two stacks at work in one app and one project at once", function () {
  this.timeout(180_000);

  const gate = new Gate();
  const first = stackFor({
    clock: gate,
    latencyMs: (operation) => (operation === "createAddon" ? held : 40),
  });
  let second: Stack;

  beforeEach(async () => {
    gate.wanted = 0;
    second = await first().beside();
  });

  afterEach(async () => {
    for (const stack of [first(), second]) await stack.destroy();
    await second.close();
    const { miget, northflank, violations } = first().emulator;
    expect([...miget.addons(), ...northflank.addons()]).to.deep.equal([]);
    expect(violations).to.deep.equal([]);
  });

  const bothUp = () => Promise.all([first(), second].map((stack) => stack.up({ expect: "any" })));

  it("each end right, with add-ons of their own", async () => {
    const mine = [miget("orders"), miget("shop"), northflank("sessions")];
    const theirs = [miget("ledger"), northflank("carts"), northflank("jobs")];
    first().declare(mine);
    second.declare(theirs);
    expect((await bothUp()).map(({ code }) => code)).to.deep.equal([0, 0]);
    expect(first().emulator.miget.addons()).to.have.lengthOf(3);
    expect(first().emulator.northflank.addons()).to.have.lengthOf(3);
    for (const stack of [first(), second]) {
      await stack.preview({ args: ["--refresh", "--expect-no-changes"] });
    }
    // Each destroys what is its own, and nothing else.
    await Promise.all([second.destroy(), first().preview({ args: ["--refresh"] })]);
    expect(await disagreements(first(), mine)).to.deep.equal([]);
  });

  it("get one Northflank add-on between them where both create the same name", async () => {
    gate.wanted = 2;
    first().declare([northflank("mine", "shared")]);
    second.declare([northflank("theirs", "shared")]);
    const results = await bothUp();
    expect(results.map(({ code }) => code === 0)).to.have.members([true, false]);
    expect(first().emulator.northflank.addons()).to.have.lengthOf(1);
    const refused = results.find(({ code }) => code !== 0);
    expect(refused?.output).to.match(/PAAS_ADDONS_ADOPT=[\w-]+\/shared pulumi up/u);
  });

  it("are both told where Miget lets both create the same label", async () => {
    gate.wanted = 2;
    first().declare([miget("mine", "shared")]);
    second.declare([miget("theirs", "shared")]);
    const ids = async (stack: Stack) => (await stack.project.resources()).map(({ id }) => id);
    const results = await bothUp();
    const [mine, theirs] = [await ids(first()), await ids(second)];
    // Nothing on the platform prevents it, so there are two; each is in one state, and nobody is
    // left in the belief that there is only one.
    expect(first().emulator.miget.addons()).to.have.lengthOf(2);
    expect([mine, theirs].map(({ length }) => length)).to.deep.equal([1, 1]);
    expect(mine).not.to.deep.equal(theirs);
    for (const { code, output } of results) {
      expect(code).not.to.equal(0);
      for (const id of [...mine, ...theirs]) expect(output).to.contain(id);
    }
  });
});

describeWithCli("two ups on one stack at once", function () {
  this.timeout(120_000);

  let onPost: () => void = () => undefined;
  const stack = stackFor({
    onReceived: ({ method }) => {
      if (method === "POST") onPost();
    },
  });

  it("are one that goes on and one that the engine refuses", async () => {
    const { emulator } = stack();
    const declared = [miget("orders")];
    stack().declare(declared);
    // The first one cannot be done before the second has asked for the lock.
    emulator.miget.nextOutcome("processing");
    const begun = new Promise<void>((resolve) => (onPost = resolve));
    const running = stack().start("up");
    await begun;
    const refused = await stack().project.up({ expect: "failure" });
    expect(refused.output).to.contain("the stack is currently locked");
    for (const { uuid } of emulator.miget.addons()) emulator.miget.setState(uuid, "healthy");
    await running.expected();
    expect(stack().count("POST")).to.equal(1);
    expect(await disagreements(stack(), declared)).to.deep.equal([]);
  });
});
