import { expect } from "chai";
import { DEFAULT_APP, DEFAULT_PROJECT, type StartOptions } from "../emulator/index";
import type { EngineResult, RunOptions, Verb } from "../support/engine";
import { resourcesIn } from "../support/events";
import { parseRecord, recordAt, textOf, type JsonRecord } from "../support/json";
import { Code, programOf, type Args, type Declared, type Read } from "./program";
import { Stack } from "./stack";

const billing = { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 };

/** A database on each platform, both called "orders" there, under these names in the program. */
export function pair(
  name: string,
  more: Args = {},
  options: (name: string) => Args = () => ({}),
): Declared[] {
  const title = { name: "orders" };
  return [
    {
      name: `${name}-m`,
      class: "MigetAddon",
      args: { appUuid: DEFAULT_APP, type: "postgres", postgresVersion: "17", ...title, ...more },
      options: options(`${name}-m`),
    },
    {
      name: `${name}-n`,
      class: "NorthflankAddon",
      args: {
        ...{ projectId: DEFAULT_PROJECT, type: "postgresql", version: "16.4", billing },
        ...{ ...title, ...more },
      },
      options: options(`${name}-n`),
    },
  ];
}

export const namesOf = (resources: readonly Declared[]): string[] =>
  resources.map(({ name }) => name);

/** Resource options that put it under a component of its own. */
export const underComponent = (name: string): Args => ({
  parent: new Code(`new pulumi.ComponentResource("test:index:Group", "group-${name}")`),
});

/** Resource options that name the former name as an alias. */
export const aliasOf =
  (former: string, now: string) =>
  (name: string): Args => ({
    aliases: [{ name: name.replace(now, former) }],
  });

/** One stack with a database on each platform, and what is done to them in its runs. */
export class Holders {
  private constructor(
    readonly stack: Stack,
    /** Deletions that the platforms were asked for, in all runs. */
    readonly deletions: readonly string[],
  ) {}

  static async open(options: StartOptions = {}): Promise<Holders> {
    const deletions: string[] = [];
    const stack = await Stack.open({
      ...options,
      onReceived: (request) => {
        options.onReceived?.(request);
        if (request.operationId === "deleteAddon") deletions.push(request.path);
      },
    });
    return new Holders(stack, deletions);
  }

  /** The databases that there are: what tells them from others of the same name. */
  databases(): string[] {
    const { miget, northflank } = this.stack.emulator;
    return [
      ...miget.addons().map(({ uuid }) => uuid),
      ...northflank.addons().map(({ uid }) => uid),
    ].sort();
  }

  run(
    verb: Verb,
    program: readonly (Declared | Read)[],
    options?: RunOptions,
  ): Promise<EngineResult> {
    this.stack.declare(program);
    return this.stack[verb](options);
  }

  /** What the state has, by the name in the program and the Pulumi id. */
  async held(): Promise<Record<string, string>> {
    const resources = await this.stack.project.resources();
    const addons = resources.filter(({ type }) => type.includes("Addon"));
    return Object.fromEntries(addons.map(({ name, id }) => [name, id]));
  }

  async urns(): Promise<string[]> {
    const resources = await this.stack.project.resources();
    return resources.filter(({ type }) => type.includes("Addon")).map(({ urn }) => urn);
  }

  /** A provider resource with the configuration of both platforms, for the `provider` option. */
  explicit(): Args {
    const env = this.stack.emulator.env();
    const config = {
      "miget:apiToken": textOf(env.MIGET_API_TOKEN),
      "miget:baseUrl": textOf(env.MIGET_BASE_URL),
      "northflank:apiToken": textOf(env.NORTHFLANK_API_TOKEN),
      "northflank:baseUrl": textOf(env.NORTHFLANK_BASE_URL),
    };
    const made = `new (class extends pulumi.ProviderResource {
      constructor(name, args) { super("pulumi-nodejs", name, args); }
    })("account", ${JSON.stringify(config)})`;
    return { provider: new Code(`(globalThis.account ??= ${made})`) };
  }

  /** A run that is killed once the state has all of these; the program never gets to its end. */
  async killOnce(
    verb: Verb,
    program: readonly Declared[],
    names: readonly string[],
  ): Promise<void> {
    const { project } = this.stack;
    project.setProgram(`${programOf(program)}\nsetInterval(() => undefined, 1000);`);
    const command = this.stack.start(verb, { expect: "any" });
    // Its files are not written at one stroke, so wait until nothing about them changes.
    let former = "";
    for (const end = Date.now() + 40_000; ;) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      const texts = project.stateTexts();
      const now = JSON.stringify(texts);
      if (now === former && texts.some(([, text]) => has(text, names))) break;
      if (Date.now() > end) throw new Error(`the state never had ${names.join(", ")}`);
      former = now;
    }
    command.kill("SIGKILL");
    await command.done;
    project.endProcesses();
    await project.cancel();
  }

  /** No database was deleted, and those that were there are there. */
  expectAll(databases: readonly string[]): void {
    expect(this.deletions, "deletions").to.deep.equal([]);
    expect(this.databases(), "the databases").to.deep.equal(databases);
  }

  async close(): Promise<void> {
    await this.stack.close();
  }
}

/** Whether a file of the state has all of these resources, and nothing under way. */
function has(file: string, names: readonly string[]): boolean {
  if (!file.startsWith("{")) return false;
  let latest: JsonRecord;
  try {
    latest = recordAt(parseRecord(file, "a file of the state"), "checkpoint", "latest");
  } catch {
    // It is being written.
    return false;
  }
  const { pending_operations: pending } = latest;
  if (Array.isArray(pending) && pending.length > 0) return false;
  const saved = resourcesIn(latest).filter(({ id }) => id !== "");
  return names.every((wanted) => saved.some(({ name }) => name === wanted));
}

/** Runs a scenario on a stack of its own. */
export async function scenario(
  run: (holders: Holders) => Promise<void>,
  options: StartOptions = {},
): Promise<void> {
  const holders = await Holders.open(options);
  try {
    await run(holders);
    expect(holders.stack.emulator.violations, "exchanges against the contracts").to.deep.equal([]);
  } finally {
    await holders.close();
  }
}
