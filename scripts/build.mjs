import { lstatSync, mkdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { buildIsFresh, recordBuild, sourcesHash } from "./lib/freshness.mjs";
import { withLock } from "./lib/lock.mjs";
import { cacheFolder, dist, modules, root } from "./lib/paths.mjs";
import { buildPlugin } from "./lib/plugin.mjs";
import { run } from "./lib/run.mjs";

// Pulumi's plugin resolves require("pulumi-paas-addons/miget/provider") from the node_modules of the
// folder it runs in. A package can require itself by name, but not from there (the loader text has
// no file name), so the examples inside this repository need a real entry.
const selfLink = join(modules, "pulumi-paas-addons");

// Compiled beside dist, not in it: whoever is using dist meanwhile never sees half of it, a failing
// build leaves the last good one, and the relative paths in the source maps stay right.
const fresh = join(root, "dist.new");

export function buildIsNeeded() {
  return !buildIsFresh(selfLink);
}

export async function build() {
  const sources = sourcesHash();
  rmSync(fresh, { recursive: true, force: true });
  try {
    const compiler = join(modules, "typescript/bin/tsc");
    const args = [compiler, "-p", "tsconfig.build.json", "--outDir", fresh, "--noEmitOnError"];
    await run(process.execPath, args, { cwd: root, title: "tsc -p tsconfig.build.json" });
    await buildPlugin(fresh);
    rmSync(dist, { recursive: true, force: true });
    renameSync(fresh, dist);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  linkSelf();
  recordBuild(sources);
}

function linkSelf() {
  if (lstatSync(selfLink, { throwIfNoEntry: false }) !== undefined) {
    rmSync(selfLink, { recursive: true, force: true });
  }
  mkdirSync(modules, { recursive: true });
  // Windows lets anyone make a junction, which has to be absolute, but not a symbolic link.
  if (process.platform === "win32") symlinkSync(root, selfLink, "junction");
  else symlinkSync(relative(modules, root), selfLink, "dir");
}

const startedDirectly =
  process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href;
if (startedDirectly) {
  try {
    await withLock(join(cacheFolder, "setup.lock"), build, (pid) => {
      console.log(`waiting for another build (process ${pid ?? "unknown"})`);
    });
  } catch (error) {
    console.error(`build: ${error.message}`);
    process.exitCode = 1;
  }
}
