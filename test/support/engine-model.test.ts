import { expect } from "chai";
import { destroy, type Host, type Plugins, refresh, type RunOptions, up } from "./engine-model";
import { type Declared, type Props, Stack, urnOf } from "./engine-state";

interface Script {
  readonly check?: (olds: Props, news: Props) => string | undefined;
  readonly create?: (props: Props) => void;
  readonly update?: () => void;
  readonly delete?: () => void;
  readonly read?: (id: string) => string;
}

/** Providers that write down what they are asked. */
function recorder(script: Script = {}) {
  const calls: string[] = [];
  let launches = 0;
  const plugins: Plugins = ({ provider: process }) => ({
    check: (olds, news) => {
      const reason = script.check?.(olds, news);
      const failures = reason === undefined ? [] : [{ reason }];
      calls.push(`check ${String(news.v)} after ${String(olds.v)}`);
      return Promise.resolve({ inputs: news, failures });
    },
    diff: (_id, olds, news) => {
      calls.push(`diff ${String(olds.v)} ${String(news.v)}`);
      const replaces = olds.size === news.size ? [] : ["size"];
      const changes = olds.v !== news.v || replaces.length > 0;
      return Promise.resolve({ changes, replaces, deleteBeforeReplace: news.first === true });
    },
    create: (props) => {
      calls.push(`create ${String(props.v)}${process === "" ? "" : ` in ${process}`}`);
      script.create?.(props);
      return Promise.resolve({ id: `id-${String(props.v)}`, outs: props });
    },
    read: (id, props) => {
      calls.push(`read ${id}`);
      return Promise.resolve({ id: script.read?.(id) ?? id, props: { ...props, v: "seen" } });
    },
    update: (_id, _olds, news) => {
      calls.push(`update to ${String(news.v)}`);
      script.update?.();
      return Promise.resolve({ outs: news });
    },
    delete: (id) => {
      calls.push(`delete ${id}${process === "" ? "" : ` in ${process}`}`);
      script.delete?.();
      return Promise.resolve();
    },
  });
  const host: Host = {
    launch: () => {
      launches += 1;
      return plugins;
    },
  };
  const take = () => calls.splice(0);
  return { host, take, launches: () => launches };
}

const thing = (name: string, args: Props, more: Partial<Declared> = {}): Declared => ({
  name,
  type: "thing",
  aliases: [],
  provider: "",
  args: { v: name, ...args },
  ...more,
});

const quick: RunOptions = { skipPreview: true };

/** What a provider throws of an object that is there but not finished. */
function partial(properties: Props): never {
  throw Object.assign(new Error("half"), { id: "id-half", reasons: ["half"], properties });
}

async function stackOf(...program: readonly Declared[]): Promise<Stack> {
  const stack = new Stack();
  await up(stack, program, recorder().host, quick);
  return stack;
}

describe("the model of the engine", () => {
  it("previews in a process of its own, with check and diff only", async () => {
    const stack = await stackOf(thing("a", {}));
    const { host, take, launches } = recorder();
    const { planned } = await up(stack, [thing("b", {})], host);
    expect(launches()).to.equal(2);
    expect(planned.map(({ op }) => op)).to.deep.equal(["create", "delete"]);
    expect(take()).to.deep.equal([
      "check b after undefined",
      "check b after undefined",
      "create b",
      "delete id-a",
    ]);
  });

  it("creates before it deletes what has left, and not at all after a failure", async () => {
    const stack = await stackOf(thing("a", {}));
    const failing = recorder({
      create: () => {
        throw new Error("no");
      },
    });
    const failed = await up(stack, [thing("b", {})], failing.host, quick);
    expect(failed.ok).to.equal(false);
    expect(failing.take()).to.deep.equal(["check b after undefined", "create b"]);
    expect(stack.entries.map(({ id }) => id)).to.deep.equal(["id-a"]);

    await up(stack, [thing("b", {})], failing.host, { ...quick, continueOnError: true });
    expect(failing.take()).to.include("delete id-a");
    expect(stack.entries).to.deep.equal([]);
  });

  it("finds a renamed resource by its alias", async () => {
    const stack = await stackOf(thing("a", {}));
    const { host, take } = recorder();
    const renamed = thing("b", { v: "a" }, { aliases: [urnOf({ name: "a", type: "thing" })] });
    await up(stack, [renamed], host, quick);
    expect(take()).to.deep.equal(["check a after a", "diff a a"]);
    expect(stack.entries.map(({ urn }) => urn)).to.deep.equal([urnOf(renamed)]);
  });

  it("ends at a failed check, before anything is done", async () => {
    const { host, take } = recorder({ check: () => "wrong" });
    const { ok, errors } = await up(new Stack(), [thing("a", {})], host);
    const urn = urnOf({ name: "a", type: "thing" });
    expect({ ok, errors }).to.deep.equal({ ok: false, errors: [{ urn, message: "wrong" }] });
    expect(take()).to.deep.equal(["check a after undefined"]);
  });

  it("keeps the old inputs and the outputs of an update that failed, and updates again", async () => {
    const stack = await stackOf(thing("a", {}));
    const failing = recorder({ update: () => partial({ v: "2" }) });
    await up(stack, [thing("a", { v: "2" })], failing.host, quick);
    const [entry] = stack.entries;
    expect(entry?.inputs.v).to.equal("a");
    expect(entry?.outputs.v).to.equal("2");
    const { host, take } = recorder();
    await up(stack, [thing("a", { v: "2" })], host, quick);
    expect(take()).to.deep.equal(["check 2 after a", "diff 2 2", "update to 2"]);
    expect(entry?.initErrors).to.deep.equal([]);
  });

  it("keeps a creation that failed with an id, with its new inputs", async () => {
    const stack = new Stack();
    const { host } = recorder({ create: (props) => partial({ v: props.v }) });
    await up(stack, [thing("a", {})], host, quick);
    expect(stack.entries).to.have.length(1);
    expect(stack.entries[0]).to.deep.include({ id: "id-half", initErrors: ["half"] });
    expect(stack.entries[0]?.inputs.v).to.equal("a");
  });

  for (const [first, order] of [
    [true, ["delete id-a", "create b"]],
    [false, ["create b", "delete id-a"]],
  ] as const) {
    it(`replaces with ${first ? "the deletion" : "the creation"} first`, async () => {
      const stack = await stackOf(thing("a", { size: 1 }));
      const { host, take } = recorder();
      await up(stack, [thing("a", { v: "b", size: 2, first })], host, quick);
      const checks = ["check b after a", "diff a b", "check b after undefined"];
      expect(take()).to.deep.equal([...checks, ...order]);
      expect(stack.entries.map(({ id }) => id)).to.deep.equal(["id-b"]);
    });
  }

  it("goes on with the creation of a replacement that was interrupted after the deletion", async () => {
    const stack = await stackOf(thing("a", { size: 1 }));
    const failing = recorder({
      create: () => {
        throw new Error("no");
      },
    });
    const next = thing("a", { v: "b", size: 2, first: true });
    await up(stack, [next], failing.host, quick);
    expect(stack.entries[0]?.pendingReplacement).to.equal(true);
    const { host, take } = recorder();
    await up(stack, [next], host, quick);
    expect(take().filter((call) => !/check|diff/u.test(call))).to.deep.equal(["create b"]);
    expect(stack.entries.map(({ id }) => id)).to.deep.equal(["id-b"]);
  });

  it("replaces what `--replace` names without a diff", async () => {
    const program = [thing("a", {})];
    const stack = await stackOf(...program);
    const { host, take } = recorder();
    await up(stack, program, host, { ...quick, replace: [urnOf(thing("a", {}))] });
    expect(take()).to.deep.equal(["check a after undefined", "create a", "delete id-a"]);
  });

  it("clears init errors by a refresh, and drops what is gone", async () => {
    const stack = await stackOf(thing("a", {}), thing("b", {}));
    for (const entry of stack.entries) entry.initErrors = ["half"];
    const { host, take } = recorder({ read: (id) => (id === "id-b" ? "" : id) });
    const { ok } = await refresh(stack, host, quick);
    expect(ok).to.equal(true);
    expect(take()).to.have.members(["read id-a", "read id-b", "diff seen a"]);
    expect(stack.entries.map(({ id, initErrors }) => ({ id, initErrors }))).to.deep.equal([
      { id: "id-a", initErrors: [] },
    ]);
  });

  it("deletes in the process of the provider that the entry has", async () => {
    const stack = await stackOf(thing("a", {}, { provider: "other" }));
    const { host, take } = recorder();
    await up(stack, [thing("b", {})], host, quick);
    expect(take()).to.include("delete id-a in other");
  });

  it("destroys without a look at the program, and keeps what could not be deleted", async () => {
    const stack = await stackOf(thing("a", {}));
    const failing = recorder({
      delete: () => {
        throw new Error("no");
      },
    });
    expect((await destroy(stack, failing.host)).ok).to.equal(false);
    expect(stack.entries).to.have.length(1);
    const { host, take } = recorder();
    expect((await destroy(stack, host)).ok).to.equal(true);
    expect(take()).to.deep.equal(["delete id-a"]);
    expect(stack.entries).to.deep.equal([]);
  });

  it("saves nothing once the CLI is killed, but that a creation was under way", async () => {
    const stack = new Stack();
    let kill: (error: Error) => void = () => undefined;
    const fate = new Promise<never>((_resolve, reject) => (kill = reject));
    const { host } = recorder({ create: () => kill(new Error("killed")) });
    const outcome = await up(stack, [thing("a", {})], { ...host, fate }, quick);
    expect(outcome.killed).to.equal(true);
    expect(stack.entries).to.deep.equal([]);
    expect(stack.pending.map(({ op }) => op)).to.deep.equal(["creating"]);
  });
});
