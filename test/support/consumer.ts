import { join } from "node:path";
import { assembleModules } from "./assemble";
import { startCommand, type CommandOutcome } from "./command";
import { packOnce, repository } from "./pack";
import { write } from "./project-files";
import { removeFolder, temporaryFolder } from "./temporary";

export interface ConsumerOptions {
  /** The files of the project by path; a package.json is written unless there is one. */
  readonly files: Readonly<Record<string, string>>;
  /** `"module"` makes .js files ES modules. */
  readonly type?: "commonjs" | "module";
  /** As npm and yarn (`flat`, default) or as pnpm lays node_modules out. */
  readonly layout?: "flat" | "isolated";
  /** Further installed packages to make available, such as `@types/node`. */
  readonly also?: readonly string[];
  /** The Node that runs the programs; by default the one that runs the tests. */
  readonly node?: string;
}

/**
 * An empty project into which the packed package was installed. Without network on purpose: after
 * `npm ci` npm's cache holds the packages, but not what `npm install --offline` asks for first.
 */
export async function createConsumer(options: ConsumerOptions): Promise<Consumer> {
  const { folder: packed } = await packOnce();
  const folder = temporaryFolder("consumer");
  const manifest = {
    name: "consumer",
    private: true,
    type: options.type ?? "commonjs",
    dependencies: { "@pulumi/pulumi": "*", "pulumi-paas-addons": "*" },
  };
  write(folder, "package.json", JSON.stringify(manifest));
  for (const [path, text] of Object.entries(options.files)) write(folder, path, text);
  assembleModules(folder, {
    packages: [packed],
    also: ["@pulumi/pulumi", ...(options.also ?? [])],
    layout: options.layout ?? "flat",
  });
  return new Consumer(folder, options.node);
}

export class Consumer {
  constructor(
    readonly folder: string,
    private readonly executable = process.execPath,
  ) {}

  /**
   * Runs a JavaScript file: CommonJS, or an ES module by its name or the project's type.
   *
   * @param options - Of Node, before the file.
   * @param args - Of the program, after it.
   */
  node(
    file: string,
    options: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
    args: readonly string[] = [],
  ): Promise<CommandOutcome> {
    return this.run(this.executable, [...options, file, ...args], env);
  }

  /** Writes a file of the project anew. */
  write(path: string, text: string): void {
    write(this.folder, path, text);
  }

  /** Runs a TypeScript file through tsx. */
  tsx(file: string): Promise<CommandOutcome> {
    const loader = require.resolve("tsx");
    return this.run(this.executable, ["--import", loader, file]);
  }

  /** Checks the project's types with its own tsconfig.json. */
  tsc(args: readonly string[] = []): Promise<CommandOutcome> {
    const compiler = join(repository, "node_modules/typescript/bin/tsc");
    return this.run(process.execPath, [compiler, "--noEmit", "-p", this.folder, ...args]);
  }

  dispose(): void {
    removeFolder(this.folder);
  }

  // An exit code is for the test to look at: type errors may be what it expects.
  private run(
    file: string,
    args: readonly string[],
    more: Readonly<Record<string, string>> = {},
  ): Promise<CommandOutcome> {
    const env = { PATH: process.env.PATH, HOME: this.folder, ...more };
    return startCommand(file, args, { cwd: this.folder, env, timeout: 90_000 }).done;
  }
}
