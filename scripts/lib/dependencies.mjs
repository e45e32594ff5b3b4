import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";
import { run } from "./run.mjs";

/**
 * Whether the folder's node_modules holds what its lock file says. Contents are compared, not times: a checkout
 * gives files new times, and npm writes its own copy of the lock only after a complete install.
 */
export function dependenciesInstalled(folder = root) {
  const wanted = packagesOf(join(folder, "package-lock.json"));
  const installed = packagesOf(join(folder, "node_modules/.package-lock.json"));
  if (wanted === undefined) throw new Error("package-lock.json is missing or unreadable");
  if (installed === undefined) return false;
  const missing = Object.entries(wanted).filter(
    ([path, entry]) => path !== "" && !entry.optional && installed[path] === undefined,
  );
  const different = Object.entries(installed).filter(
    ([path, entry]) => wanted[path]?.version !== entry.version && !entry.extraneous && !entry.link,
  );
  return missing.length === 0 && different.length === 0;
}

export async function installDependencies(folder = root, options = []) {
  // On Windows npm is a .cmd file, which only a shell can start.
  const shell = process.platform === "win32";
  await run("npm", ["ci", ...options], { cwd: folder, shell, title: "npm ci" });
}

function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, "utf8")).packages;
  } catch {
    return undefined;
  }
}
