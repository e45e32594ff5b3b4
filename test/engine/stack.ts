import { door, type DoorName } from "../support/door";
import { startEmulator, type Emulator, type StartOptions } from "../emulator/index";
import {
  createProject,
  type EngineCommand,
  type EngineProject,
  type EngineProjectOptions,
  type EngineResult,
  type RunOptions,
  type Verb,
} from "../support/engine";
import { recordAt, textOf, type JsonRecord } from "../support/json";
import { plugins } from "../support/project-files";
import { programOf, type Declared, type Read } from "./program";

/** Quick enough that a suite does not wait for the platforms. */
const quick = { provisioningMs: 300, credentialsDelayMs: 100, deletionMs: 100, actionMs: 100 };

type ProjectOptions = Omit<EngineProjectOptions, "program" | "config">;

/** A stack of the real engine and the emulated platforms that its add-ons are on. */
export class Stack {
  /** All that the CLI has printed so far. */
  readonly printed: string[] = [];

  private constructor(
    readonly emulator: Emulator,
    readonly project: EngineProject,
    private readonly ownsEmulator: boolean,
    private readonly door: DoorName = "dynamic",
  ) {}

  static async open(options: StartOptions = {}, more: ProjectOptions = {}): Promise<Stack> {
    const emulator = await startEmulator({ ...quick, ...options });
    return new Stack(emulator, await projectOn(emulator, more), true, door());
  }

  /** Another stack, of a project and backend of its own, on the same platforms; to be closed first. */
  async beside(): Promise<Stack> {
    return new Stack(this.emulator, await projectOn(this.emulator), false);
  }

  declare(resources: readonly (Declared | Read)[]): void {
    this.project.setProgram(programOf(resources, entries[this.door]));
  }

  up(options?: RunOptions): Promise<EngineResult> {
    return this.run("up", options);
  }

  preview(options?: RunOptions): Promise<EngineResult> {
    return this.run("preview", options);
  }

  refresh(options?: RunOptions): Promise<EngineResult> {
    return this.run("refresh", options);
  }

  destroy(options?: RunOptions): Promise<EngineResult> {
    return this.run("destroy", options);
  }

  /** Starts a command without waiting, for tests that interrupt or kill it. */
  start(verb: Verb, options?: RunOptions): EngineCommand {
    this.emulator.clearLog();
    const command = this.project.spawn(verb, options);
    void command.done.then(
      ({ output }) => this.printed.push(output),
      () => undefined,
    );
    return command;
  }

  /** The outputs, named `<add-on>.<output>`, secret ones in plain text. */
  async outputs(): Promise<JsonRecord> {
    return await this.project.outputs({ showSecrets: true });
  }

  /** The calls that change something, since the log was cleared: `POST /api/v1/apps/…`. */
  writes(): string[] {
    return this.emulator.requests
      .filter(({ method }) => method !== "GET")
      .map(({ method, path }) => `${method} ${path}`);
  }

  /** How many calls of one method there were. */
  count(method: string): number {
    return this.emulator.requests.filter((request) => request.method === method).length;
  }

  async close(): Promise<void> {
    this.project.dispose();
    if (this.ownsEmulator) await this.emulator.close();
  }

  private async run(verb: Verb, options?: RunOptions): Promise<EngineResult> {
    return await this.start(verb, options).expected();
  }
}

/** What a program of each door imports. */
export const entries: Readonly<Record<DoorName, string>> = {
  dynamic: "pulumi-paas-addons",
  native: "pulumi-paas-addons/native",
};

/** The keys of the configuration that each door reads. */
const keys: Readonly<Record<DoorName, (platform: string, name: string) => string>> = {
  dynamic: (platform, name) => `${platform}:${name}`,
  native: (platform, name) =>
    `paas-addons:${platform}${name.replace(/^./u, (a) => a.toUpperCase())}`,
};

/** A project whose configuration points to these platforms. */
async function projectOn(emulator: Emulator, more: ProjectOptions = {}): Promise<EngineProject> {
  const env = emulator.env();
  const key = keys[door()];
  return await createProject({
    ...more,
    program: "",
    ...(door() === "native" ? { settings: { plugins } } : {}),
    config: {
      [key("miget", "apiToken")]: { secret: textOf(env.MIGET_API_TOKEN) },
      [key("northflank", "apiToken")]: { secret: textOf(env.NORTHFLANK_API_TOKEN) },
      [key("miget", "baseUrl")]: textOf(env.MIGET_BASE_URL),
      [key("northflank", "baseUrl")]: textOf(env.NORTHFLANK_BASE_URL),
    },
  });
}

/** What the engine did with each resource: `{ orders: ["delete-replaced", …] }`. */
export function did(result: EngineResult): Record<string, string[]> {
  const all: Record<string, string[]> = {};
  for (const { name, op } of result.steps) (all[name] ??= []).push(op);
  return all;
}

/** The same for all of these names. */
export function each(
  names: readonly string[],
  ...ops: readonly string[]
): Record<string, string[]> {
  return Object.fromEntries(names.map((name) => [name, [...ops]]));
}

/** The connection URI of an add-on in the outputs; "" where there is none. */
export function uriIn(outputs: JsonRecord, addon: string): string {
  return textOf(recordAt(outputs[`${addon}.connection`]).uri);
}

/** Makes the tests of a suite stages of one story: after one that failed the others are skipped. */
export function stages(): void {
  let failed = false;
  beforeEach(function () {
    if (failed) this.skip();
  });
  afterEach(function () {
    failed ||= this.currentTest?.state === "failed";
  });
}

/** Opens a stack before the tests of a suite and closes it after them. */
export function stackFor(
  options: StartOptions = {},
  more: () => ProjectOptions = () => ({}),
): () => Stack {
  let stack: Stack | undefined;
  before(async () => {
    stack = await Stack.open(options, more());
  });
  after(async () => {
    await stack?.close();
  });
  return () => {
    if (stack === undefined) throw new Error("there is no stack before the tests");
    return stack;
  };
}
