import { randomUUID } from "node:crypto";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FoundCli } from "../../scripts/cli/index";
import { describeOutcome, startCommand, type CommandOutcome } from "./command";
import {
  engineEnvironment,
  engineFolders,
  markerName,
  type EngineFolders,
} from "./engine-environment";
import { EngineCommand, type EngineResult, type RunOptions, type Verb } from "./engine-command";
import { resourcesIn, type StateResource } from "./events";
import { parseRecord, type JsonRecord } from "./json";
import { endProcess, processesMarked, type MarkedProcess } from "./processes";
import {
  programFile,
  stackName,
  write,
  writeProject,
  type Language,
  type ProjectFiles,
} from "./project-files";
import { requireCli } from "./skip";
import { removeFolder, temporaryFolder } from "./temporary";

export type { EngineCommand, EngineResult, RunOptions, Verb } from "./engine-command";

export type ConfigValue = string | { readonly secret: string };

export interface EngineProjectOptions extends ProjectFiles {
  /** Full keys, such as `miget:baseUrl`. */
  readonly config?: Readonly<Record<string, ConfigValue>>;
  /** Added to the environment of every command; nothing but PATH comes from the caller's. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where the engine keeps state; default: in files of the project's own. */
  readonly backend?: StateBackend;
}

/** A place other than files in which the engine keeps state. */
export interface StateBackend {
  readonly url: string;
  /** All that is kept there, in readable form. */
  texts(): (readonly [place: string, text: string])[];
}

/** A Pulumi project of its own for the real engine, with a backend and home of its own. */
export async function createProject(options: EngineProjectOptions): Promise<EngineProject> {
  const cli = await requireCli();
  const folders = engineFolders(temporaryFolder("engine"));
  await writeProject(folders.project, options);
  const project = new EngineProject(cli, folders, options);
  await project.prepareStack();
  if (options.config !== undefined) await project.setConfig(options.config);
  return project;
}

export class EngineProject {
  /** The folder with Pulumi.yaml. */
  readonly folder: string;
  private readonly language: Language;
  private readonly environment: Readonly<Record<string, string>>;
  private readonly backend: StateBackend | undefined;

  constructor(
    private readonly cli: FoundCli,
    private readonly folders: EngineFolders,
    options: EngineProjectOptions,
  ) {
    this.folder = folders.project;
    this.language = options.language ?? "javascript";
    const { backend, env = {} } = options;
    this.backend = backend;
    const url = backend === undefined ? {} : { PULUMI_BACKEND_URL: backend.url };
    this.environment = engineEnvironment(cli, folders, { ...url, ...env });
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
  spawn(verb: Verb, options: RunOptions = {}): EngineCommand {
    const eventLog = join(this.folders.events, `${verb}-${randomUUID()}.json`);
    return new EngineCommand(verb, options, eventLog, (args, env) =>
      startCommand(this.cli.pulumi, args, {
        cwd: this.folder,
        env: { ...this.environment, ...env },
        timeout: options.timeout ?? 120_000,
        onTimeout: () => this.endProcesses(),
      }),
    );
  }

  /** Any other CLI command, such as `["state", "delete", urn]`; `--stack` is not added. */
  async pulumi(
    args: readonly string[],
    allowFailure = false,
    env: Readonly<Record<string, string>> = {},
  ): Promise<CommandOutcome> {
    const running = startCommand(this.cli.pulumi, [...args, "--non-interactive"], {
      cwd: this.folder,
      env: { ...this.environment, ...env },
      timeout: 60_000,
      onTimeout: () => this.endProcesses(),
    });
    const outcome = await running.done;
    if (outcome.code !== 0 && !allowFailure) throw new Error(describeOutcome(outcome));
    return outcome;
  }

  /** What a terminal in the project's folder needs to run a command of the CLI. */
  onTerminal(args: readonly string[]) {
    const command = { file: this.cli.pulumi, args: [...args, "--stack", stackName] };
    return { command, folder: this.folder, env: this.environment };
  }

  /** Runs a file of the project with Node, in the environment of the CLI and with the CLI on PATH. */
  node(file: string, args: readonly string[]): Promise<CommandOutcome> {
    return startCommand(process.execPath, [join(this.folder, file), ...args], {
      cwd: this.folder,
      env: this.environment,
      timeout: 60_000,
    }).done;
  }

  /** The stack's outputs; secret ones read "[secret]" unless they are asked for. */
  async outputs(options: { readonly showSecrets?: boolean } = {}): Promise<JsonRecord> {
    const show = options.showSecrets === true ? ["--show-secrets"] : [];
    const result = await this.pulumi(["stack", "output", "--json", "--stack", stackName, ...show]);
    return parseRecord(result.stdout, "the outputs");
  }

  /** The state as `pulumi stack export` gives it. */
  async export(options: { readonly showSecrets?: boolean } = {}): Promise<JsonRecord> {
    const show = options.showSecrets === true ? ["--show-secrets"] : [];
    const result = await this.pulumi(["stack", "export", "--stack", stackName, ...show]);
    return parseRecord(result.stdout, "the state");
  }

  /** The resources in the state, those of the engine itself (stack, provider) left out. */
  async resources(options: { readonly showSecrets?: boolean } = {}): Promise<StateResource[]> {
    const all = resourcesIn(await this.export(options));
    return all.filter((resource) => !resource.type.startsWith("pulumi:"));
  }

  /** Replaces the state, with one that another release wrote for instance. */
  async import(state: JsonRecord): Promise<void> {
    const file = join(this.folders.root, `import-${randomUUID()}.json`);
    writeFileSync(file, JSON.stringify(state));
    await this.pulumi(["stack", "import", "--stack", stackName, "--file", file]);
  }

  /** The files that the engine keeps: state, backups, history, and the stack's configuration. */
  stateFiles(): string[] {
    return [...filesIn(this.folders.state), join(this.folder, `Pulumi.${stackName}.yaml`)];
  }

  /** Everything it keeps, wherever that is. */
  stateTexts(): (readonly [place: string, text: string])[] {
    const files = this.stateFiles().map((file) => [file, readFileSync(file, "utf8")] as const);
    return [...files, ...(this.backend?.texts() ?? [])];
  }

  /** What it leaves in the user's folders besides: workspaces, logs, temporary files. */
  otherFiles(): string[] {
    const { root, pulumiHome } = this.folders;
    return [pulumiHome, join(root, "home"), join(root, "tmp")].flatMap(filesIn);
  }

  /** One for each command so far, with all that `--event-log` writes. */
  eventLogs(): string[] {
    return filesIn(this.folders.events);
  }

  async setConfig(config: Readonly<Record<string, ConfigValue>>): Promise<void> {
    const pairs = Object.entries(config).flatMap(([key, value]) =>
      typeof value === "string"
        ? ["--plaintext", `${key}=${value}`]
        : ["--secret", `${key}=${value.secret}`],
    );
    await this.pulumi(["config", "set-all", "--stack", stackName, ...pairs]);
  }

  /** Changes the program for the next command. */
  setProgram(text: string): void {
    write(this.folder, programFile(this.language), text);
  }

  writeFile(path: string, text: string): void {
    write(this.folder, path, text);
  }

  /** Unlocks the stack after a kill. */
  async cancel(): Promise<void> {
    await this.pulumi(["cancel", "--yes", stackName]);
  }

  /** The processes of this project that are still running: CLI, language host, plugin. */
  processes(): MarkedProcess[] {
    return processesMarked(markerName, this.folders.root);
  }

  /** The plugin processes among them. */
  pluginProcesses(): MarkedProcess[] {
    const plugin = /^\S*node\S* .*(?:dynamic-provider|pulumi-resource-paas-addons)/u;
    return this.processes().filter(({ command }) => plugin.test(command));
  }

  /** Ends what is still running of this project, and nothing else. */
  endProcesses(): void {
    for (const { pid } of this.processes()) endProcess(pid);
  }

  /** Ends what is left running and removes the folders. Does not destroy the stack. */
  dispose(): void {
    this.endProcesses();
    removeFolder(this.folders.root);
  }

  /** @internal */
  async prepareStack(): Promise<void> {
    if (this.backend !== undefined) {
      await this.pulumi(["stack", "init", stackName]);
      return;
    }
    template ??= makeTemplate(this.cli);
    const from = await template;
    cpSync(from.state, this.folders.state, { recursive: true });
    const settings = `Pulumi.${stackName}.yaml`;
    cpSync(join(from.project, settings), join(this.folder, settings));
  }

  private async run(verb: Verb, options: RunOptions = {}): Promise<EngineResult> {
    return await this.spawn(verb, options).expected();
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

// Every project has the same empty stack, so it is made once and copied: that saves a second each.
let template: Promise<EngineFolders> | undefined;

async function makeTemplate(cli: FoundCli): Promise<EngineFolders> {
  const folders = engineFolders(temporaryFolder("stack"));
  const files = { program: "", package: "none" } as const;
  await writeProject(folders.project, files);
  const project = new EngineProject(cli, folders, files);
  await project.pulumi(["stack", "init", stackName]);
  return folders;
}
