import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Consumer } from "./consumer";
import { parseRecord, textOf } from "./json";
import { packOnce } from "./pack";
import { write } from "./project-files";
import { bunBinary, npmInstall, pnpmStore, runManager, toolFolder } from "./registry";
import { temporaryFolder } from "./temporary";

export type Manager = "npm" | "pnpm" | "yarn" | "bun";

export interface InstalledOptions {
  readonly files: Readonly<Record<string, string>>;
  readonly manager?: Manager;
  readonly type?: "commonjs" | "module";
  /** Version of @pulumi/pulumi; by default that of the repository. */
  readonly sdk?: string;
  /** Further dependencies, by name and range. */
  readonly also?: Readonly<Record<string, string>>;
  /** More of package.json. */
  readonly manifest?: object;
  /** The Node that runs the programs; by default the one that runs the tests. */
  readonly node?: string;
}

/** The command that installs what package.json asks for, for each package manager. */
const installs: Readonly<Record<Manager, () => Promise<readonly [string, ...string[]]>>> = {
  npm: () => Promise.resolve(["npm", ...npmInstall]),
  pnpm: async () => {
    const program = join(await toolFolder("pnpm", "10"), "bin/pnpm.cjs");
    const options = ["--ignore-scripts", "--prefer-offline", `--store-dir=${pnpmStore}`];
    return [process.execPath, program, "install", ...options];
  },
  yarn: async () => {
    const program = join(await toolFolder("yarn", "1"), "bin/yarn.js");
    return [process.execPath, program, "install", "--ignore-scripts", "--non-interactive"];
  },
  bun: async () => [await bunBinary("1"), "install", "--ignore-scripts"],
};

function sdkVersion(): string {
  const file = require.resolve("@pulumi/pulumi/package.json");
  return textOf(parseRecord(readFileSync(file, "utf8"), file).version);
}

/** A project into which a real package manager has installed the packed package. */
export async function installedConsumer(options: InstalledOptions): Promise<Consumer> {
  const { tarball } = await packOnce();
  const [file, ...args] = await installs[options.manager ?? "npm"]();
  const folder = temporaryFolder("installed");
  const manifest = {
    name: "installed",
    version: "1.0.0",
    private: true,
    type: options.type ?? "commonjs",
    ...options.manifest,
    dependencies: {
      "@pulumi/pulumi": options.sdk ?? sdkVersion(),
      "pulumi-paas-addons": `file:${tarball}`,
      ...options.also,
    },
  };
  write(folder, "package.json", JSON.stringify(manifest));
  for (const [path, text] of Object.entries(options.files)) write(folder, path, text);
  await runManager(file, args, folder);
  return new Consumer(folder, options.node);
}
