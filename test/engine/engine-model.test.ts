import { expect } from "chai";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createProject, type EngineProject } from "../support/engine";
import { destroy, type Host, type ProviderCalls, refresh, up } from "../support/engine-model";
import { type Declared, Stack } from "../support/engine-state";
import { describeWithCli } from "../support/skip";
import { removeFolder, temporaryFolder } from "../support/temporary";
import { thingLoader } from "../support/thing";

interface Thing {
  readonly name: string;
  readonly v: string;
  readonly size?: number;
  /** A former name. */
  readonly alias?: string;
}

/** A provider that writes down each call on it. */
const providerText = (log: string) => `
const say = (...words) => require("fs").appendFileSync(${JSON.stringify(log)}, words.join(" ") + "\\n");
exports.check = async (olds, news) => {
  say("check", news.v, "after", olds.v);
  return { inputs: news, failures: [] };
};
exports.diff = async (id, olds, news) => {
  say("diff", olds.v, news.v);
  const replaces = olds.size !== news.size ? ["size"] : [];
  return { changes: olds.v !== news.v || replaces.length > 0, replaces, deleteBeforeReplace: true };
};
exports.create = async (props) => {
  say("create", props.v);
  if (props.v === "refused") throw new Error("refused");
  return { id: "id-" + props.v, outs: props };
};
exports.read = async (id, props) => {
  say("read", id);
  return { id, props };
};
exports.update = async (id, olds, news) => {
  say("update", olds.v, "to", news.v);
  if (news.v === "half") {
    throw Object.assign(new Error("half"), { id, reasons: ["half"], properties: news });
  }
  return { outs: news };
};
exports.delete = async (id) => say("delete", id);
`;

const programText = (things: readonly Thing[]) => `
const pulumi = require("@pulumi/pulumi");
for (const { name, alias, ...props } of ${JSON.stringify(things)}) {
  const all = { __provider: ${JSON.stringify(thingLoader)}, ...props };
  const aliases = alias === undefined ? [] : [{ name: alias }];
  new pulumi.CustomResource("pulumi-nodejs:dynamic/test:Thing", name, all, { aliases });
}
`;

const urn = (name: string) => `urn:pulumi:dev::walk::pulumi-nodejs:dynamic/test:Addon::${name}`;

/** What is done in turn; a text is a command without a program. */
const story: readonly (readonly [
  title: string,
  command: readonly Thing[] | "refresh" | "destroy",
  ...args: string[],
])[] = [
  [
    "creates",
    [
      { name: "a", v: "1" },
      { name: "b", v: "1b" },
    ],
  ],
  [
    "creates before it deletes",
    [
      { name: "a", v: "1" },
      { name: "c", v: "1c" },
    ],
  ],
  ["deletes nothing after a failure", [{ name: "a", v: "half" }]],
  [
    "updates again what failed",
    [
      { name: "a", v: "2" },
      { name: "c", v: "1c" },
    ],
  ],
  [
    "renames by alias",
    [
      { name: "d", v: "2", alias: "a" },
      { name: "c", v: "1c" },
    ],
  ],
  ["replaces", [{ name: "d", v: "3", size: 2 }]],
  ["fails to replace", [{ name: "d", v: "refused", size: 3 }]],
  ["goes on with the replacement", [{ name: "d", v: "4", size: 3 }]],
  ["deletes in spite of a failure", [{ name: "e", v: "refused" }], "--continue-on-error"],
  ["reads", "refresh"],
  ["creates once more", [{ name: "f", v: "5" }]],
  ["destroys", "destroy"],
];

describeWithCli("the model of the engine, beside the real one", function () {
  this.timeout(120_000);

  it("makes the same calls on the provider", async () => {
    const folder = temporaryFolder("calls");
    const logs = { real: join(folder, "real"), model: join(folder, "model") };
    const project = await createProject({
      package: "none",
      program: programText([]),
      files: { "thing.js": providerText(logs.real) },
    });
    writeFileSync(join(folder, "thing.js"), providerText(logs.model));
    const stack = new Stack();
    try {
      for (const [title, command, ...args] of story) {
        await onTheEngine(project, command, args);
        await inTheModel(stack, command, args, () => load(folder));
        expect(taken(logs.model), title).to.deep.equal(taken(logs.real));
      }
    } finally {
      project.dispose();
      removeFolder(folder);
    }
  });
});

async function onTheEngine(
  project: EngineProject,
  command: (typeof story)[number][1],
  args: readonly string[],
): Promise<void> {
  const options = { expect: "any", args } as const;
  if (command === "refresh") await project.refresh(options);
  else if (command === "destroy") await project.destroy(options);
  else {
    project.setProgram(programText(command));
    await project.up(options);
  }
}

async function inTheModel(
  stack: Stack,
  command: (typeof story)[number][1],
  args: readonly string[],
  provider: () => ProviderCalls,
): Promise<void> {
  const host: Host = { launch: () => provider };
  const options = { skipPreview: true, continueOnError: args.includes("--continue-on-error") };
  if (command === "refresh") await refresh(stack, host, options);
  else if (command === "destroy") await destroy(stack, host, options);
  else await up(stack, command.map(declaredOf), host, options);
}

const declaredOf = ({ name, alias, ...args }: Thing): Declared => ({
  name,
  type: "test",
  aliases: alias === undefined ? [] : [urn(alias)],
  provider: "",
  args,
});

function load(folder: string): ProviderCalls {
  const provider: unknown = createRequire(join(folder, "index.js"))("./thing.js");
  if (!isProvider(provider)) throw new Error("not a provider");
  return provider;
}

const isProvider = (value: unknown): value is ProviderCalls =>
  typeof value === "object" && value !== null && "check" in value && "delete" in value;

/** The calls since the last time: those of one time may come in any order, deletions come last. */
function taken(log: string): string[] {
  const lines = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [];
  rmSync(log, { force: true });
  const isDeletion = (line: string) => line.startsWith("delete");
  // A replacement deletes first, and something else comes after it.
  const tail = [...lines].reverse().findIndex((line) => !isDeletion(line));
  const last = lines.length - Math.max(0, tail);
  return [...lines.slice(0, last).sort(), ...lines.slice(last).sort()];
}
