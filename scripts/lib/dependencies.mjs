import { readFileSync } from "node:fs";
import { join } from "node:path";
import { modules, root } from "./paths.mjs";
import { run } from "./run.mjs";

/**
 * Whether node_modules holds what the lock file says. Contents are compared, not times: a checkout
 * gives files new times, and npm writes its own copy of the lock only after a complete install.
 */
export function dependenciesInstalled() {
  const wanted = packagesOf(join(root, "package-lock.json"));
  const installed = packagesOf(join(modules, ".package-lock.json"));
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

export async function installDependencies() {
  // On Windows npm is a .cmd file, which only a shell can start.
  await run("npm", ["ci"], { cwd: root, shell: process.platform === "win32", title: "npm ci" });
}

function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, "utf8")).packages;
  } catch {
    return undefined;
  }
}
