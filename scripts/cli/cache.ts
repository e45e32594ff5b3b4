import { copyFileSync, chmodSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { Environment } from "./types";

/** The folder of one CLI version in the user's cache; the executables are in its `bin`. */
export function cacheFolderFor(version: string, env: Environment): string {
  return join(userCache(env), "pulumi-paas-addons", "cli", version);
}

function userCache(env: Environment): string {
  const home = env.HOME ?? env.USERPROFILE ?? homedir();
  if (env.XDG_CACHE_HOME !== undefined && env.XDG_CACHE_HOME !== "") {
    return env.XDG_CACHE_HOME;
  }
  if (process.platform === "darwin") return join(home, "Library", "Caches");
  if (process.platform === "win32") return env.LOCALAPPDATA ?? join(home, "AppData", "Local");
  return join(home, ".cache");
}

/**
 * Lets `make` fill a folder and puts it in place only when it is complete, so that an interrupted
 * download or build is never taken for a CLI.
 */
export async function fillFolder(
  folder: string,
  make: (temporary: string) => Promise<void>,
): Promise<void> {
  // The caller holds the lock, so a temporary folder that is there already was left behind.
  const temporary = join(dirname(folder), `.${basename(folder)}-unfinished`);
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(join(temporary, "bin"), { recursive: true });
  try {
    await make(temporary);
    addDynamicProvider(join(temporary, "bin"));
    rmSync(folder, { recursive: true, force: true });
    renameSync(temporary, folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/**
 * The script through which the engine starts dynamic providers comes with the SDK. It is copied, not
 * linked: the cache outlives this checkout, and the script looks the SDK up in the project's folder.
 */
function addDynamicProvider(binDir: string): void {
  const name = "pulumi-resource-pulumi-nodejs";
  const script = process.platform === "win32" ? `${name}.cmd` : name;
  const copy = join(binDir, script);
  copyFileSync(join(sdkFolder(), script), copy);
  chmodSync(copy, 0o755);
}

/** The root of the @pulumi/pulumi package. */
export function sdkFolder(): string {
  return dirname(require.resolve("@pulumi/pulumi/package.json"));
}
