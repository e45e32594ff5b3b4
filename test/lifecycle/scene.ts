import { expect } from "chai";
import { isRecord } from "../../src/fields/values";
import { DEFAULT_APP, DEFAULT_PROJECT, type Fault, type StartOptions } from "../emulator/index";
import { crashAt, untilDead } from "../support/crash";
import { Harness } from "../support/harness";
import { Resource } from "../support/resource";

export type Inputs = Record<string, unknown>;

export const billing = { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 };

/** A database on one of the platforms, and how to see and spoil what is there of it. */
export interface Subject {
  readonly platform: "miget" | "northflank";
  readonly program: Inputs;
  /** Its ids on the platform: none or one, unless there are more than there should be. */
  readonly ids: (world: Harness) => string[];
  /** The platform's own words. */
  readonly words: { readonly ready: string; readonly paused: string; readonly failed: string };
  readonly setState: (world: Harness, word: string, forMs?: number) => void;
  readonly remove: (world: Harness) => void;
  /** Takes away the app or project with all that is in it. */
  readonly removeScope: (world: Harness) => void;
  readonly scope: string;
  /** The input that names whose it is, and the words for it in messages. */
  readonly owner: { readonly input: string; readonly words: RegExp };
  /** Whether it is paused, or on its way to it. */
  readonly isPaused: (world: Harness) => boolean;
  readonly password: (world: Harness) => string;
}

const appProgram = {
  appUuid: DEFAULT_APP,
  type: "postgres",
  name: "orders",
  postgresVersion: "17",
  ramSize: 256,
  diskSize: 1,
};

const one = <T>(found: readonly T[]): T => {
  const [first] = found;
  if (first === undefined) throw new Error("there is no add-on on the platform");
  return first;
};

const addonOfMiget = (world: Harness) => one(world.emulator.miget.addons());
const addonOfNorthflank = (world: Harness) => one(world.emulator.northflank.addons());

export const miget: Subject = {
  platform: "miget",
  program: appProgram,
  ids: (world) => world.emulator.miget.addons().map(({ uuid }) => uuid),
  words: { ready: "healthy", paused: "stopped", failed: "failed" },
  setState: (world, word, forMs) => {
    world.emulator.miget.setState(addonOfMiget(world).uuid, word, forMs);
  },
  remove: (world) => world.emulator.miget.remove(addonOfMiget(world).uuid),
  removeScope: (world) => world.emulator.miget.removeApp(DEFAULT_APP),
  scope: DEFAULT_APP,
  owner: { input: "workspaceId", words: /token.*workspace|workspace.*token/isu },
  isPaused: (world) => addonOfMiget(world).state === "stopped",
  password: (world) => addonOfMiget(world).password,
};

export const northflank: Subject = {
  platform: "northflank",
  program: {
    projectId: DEFAULT_PROJECT,
    type: "postgresql",
    name: "orders",
    version: "16.4",
    billing,
    tlsEnabled: true,
  },
  ids: (world) => world.emulator.northflank.addons().map(({ uid }) => uid),
  words: { ready: "running", paused: "paused", failed: "failed" },
  setState: (world, word, forMs) => {
    world.emulator.northflank.setStatus(addonOfNorthflank(world).id, word, forMs);
  },
  remove: (world) => world.emulator.northflank.remove(addonOfNorthflank(world).id),
  removeScope: (world) => world.emulator.northflank.removeProject(DEFAULT_PROJECT),
  scope: DEFAULT_PROJECT,
  owner: { input: "teamId", words: /token.*team|team.*token/isu },
  isPaused: (world) => addonOfNorthflank(world).status === "paused",
  password: (world) => addonOfNorthflank(world).validPasswords.at(-1) ?? "",
};

export const subjects: readonly Subject[] = [miget, northflank];

/** Runs a scenario on platforms of its own; every exchange in it must keep to the contracts. */
export async function scenario(
  options: StartOptions,
  run: (world: Harness) => Promise<void>,
): Promise<void> {
  const world = await Harness.start(options);
  try {
    await run(world);
    expect(world.emulator.violations, "exchanges against the contracts").to.deep.equal([]);
  } finally {
    await world.close();
  }
}

export const resourceOf = (world: Harness, { platform }: Subject): Resource =>
  new Resource(world, platform);

/** The resource after a first `up` that went well, and with no request in the log. */
export async function created(
  world: Harness,
  subject: Subject,
  program: Inputs = subject.program,
): Promise<Resource> {
  const resource = resourceOf(world, subject);
  expect(await resource.up(program)).to.equal("created");
  world.emulator.clearLog();
  return resource;
}

/**
 * An `up` whose plugin dies at its nth request, if it sends as many, and the resource as the next run
 * has it.
 */
export async function killedUp(
  world: Harness,
  resource: Resource,
  nth: number,
  program: Inputs,
): Promise<{ readonly isKilled: boolean; readonly next: Resource }> {
  const life = crashAt(world.runtime(), nth);
  const doomed = resource.inNewProcess(life);
  await untilDead(life, doomed.up(program));
  const isKilled = life.isDead();
  return { isKilled, next: (isKilled ? resource : doomed).inNewProcess() };
}

/** Many requests fail in this way; `clear` ends it. */
export const always = 9999;

export const spoil = (world: Harness, fault: Fault) => world.emulator.faults.add(fault);

/** The requests that change something: `PUT /api/v1/…`. */
export const writes = (world: Harness): string[] =>
  world.requests().filter((line) => !line.startsWith("GET"));

/** How many requests of this kind there were. */
export const count = (world: Harness, operationId: string): number =>
  world.emulator.requests.filter((request) => request.operationId === operationId).length;

export const said = (world: Harness): string => world.lines.join("\n");

/** The message with which an `up` fails. */
export async function refusal(world: Harness, work: Promise<unknown>): Promise<string> {
  return (await world.failure(work)).message;
}

/** The connection that the state has; empty where it has none. */
export function connectionOf({ outs }: Resource): Inputs {
  return isRecord(outs.connection) ? outs.connection : {};
}

/** Everything is as declared: another `up` finds nothing to do, after a refresh neither. */
export async function expectSettled(resource: Resource, program: Inputs): Promise<void> {
  expect(await resource.up(program), "the next up").to.equal("same");
  await resource.refresh();
  expect(await resource.up(program), "the next up after a refresh").to.equal("same");
}
