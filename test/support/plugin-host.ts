import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startCommand, type CommandOutcome, type RunningCommand } from "./command";
import type { JsonRecord } from "./json";
import { PluginClient } from "./plugin-client";
import { writeProject, type ProjectFiles } from "./project-files";
import { removeFolder, temporaryFolder } from "./temporary";

export {
  PluginClient,
  unknownValue,
  type CheckResult,
  type CreateResult,
  type DiffResult,
  type Failure,
  type PartialFailure,
  type ReadResult,
  type UpdateResult,
} from "./plugin-client";

export interface PluginHostOptions extends Omit<ProjectFiles, "program" | "language"> {
  /** The loader text that every call carries as `__provider`, unless its properties have one. */
  readonly loader: string;
  /** The stack's configuration with full keys, secrets in plain text: what `configure` receives. */
  readonly config?: JsonRecord;
  /** The environment of the plugin process, besides PATH and HOME. */
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds that one call may take, default 30 000. */
  readonly timeout?: number;
}

/** How long a host may live at most: a forgotten one must not stay for ever. */
const lifetime = 15 * 60_000;

/** Starts the SDK's own server for dynamic providers in a project of its own. */
export async function startPluginHost(options: PluginHostOptions): Promise<PluginHost> {
  const root = temporaryFolder("host");
  const project = join(root, "project");
  mkdirSync(join(root, "home"));
  await writeProject(project, { ...options, program: "" });
  const server = require.resolve("@pulumi/pulumi/cmd/dynamic-provider");
  const running = startCommand(process.execPath, [server, "127.0.0.1:0"], {
    cwd: project,
    env: { PATH: process.env.PATH, HOME: join(root, "home"), ...options.env },
    timeout: lifetime,
  });
  const [, port] = await running.waitFor(/^(\d+)\r?\n/);
  const host = new PluginHost(root, project, running, Number(port), options);
  await host.configure(options.config ?? {});
  return host;
}

/** The plugin process, and a client of the provider that the options name. */
export class PluginHost extends PluginClient {
  private readonly clients: PluginClient[] = [];

  constructor(
    private readonly root: string,
    /** The folder in which the plugin runs. */
    readonly folder: string,
    private readonly running: RunningCommand,
    private readonly port: number,
    private readonly options: PluginHostOptions,
  ) {
    super(port, options.loader, options.timeout ?? 30_000);
  }

  /** A client of another provider in the same process. */
  with(loader: string): PluginClient {
    const client = new PluginClient(this.port, loader, this.options.timeout ?? 30_000);
    this.clients.push(client);
    return client;
  }

  get pid(): number | undefined {
    return this.running.pid;
  }

  /** What the plugin has printed so far, without the line with its port. */
  output(): string {
    return this.running.output().replace(/^\d+\r?\n/, "");
  }

  waitFor(pattern: RegExp, timeout?: number): Promise<RegExpExecArray> {
    return this.running.waitFor(pattern, timeout);
  }

  /** Ends the process and removes its folder; the result holds all it printed. */
  async stop(): Promise<CommandOutcome> {
    for (const client of [this, ...this.clients]) client.close();
    this.running.kill("SIGTERM");
    const outcome = await this.running.done;
    removeFolder(this.root);
    return outcome;
  }
}
