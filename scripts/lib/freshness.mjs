import { createHash } from "node:crypto";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { cacheFolder, dist, modules, plugin, root } from "./paths.mjs";

const stampFile = join(cacheFolder, "build.json");

/** Whether dist is what the present sources compile to, untouched, and linked for the plugin. */
export function buildIsFresh(selfLink) {
  try {
    const stamp = JSON.parse(readFileSync(stampFile, "utf8"));
    return (
      stamp.sources === sourcesHash() &&
      stamp.output === outputHash() &&
      realpathSync(selfLink) === realpathSync(root)
    );
  } catch {
    return false; // never built, or something that belongs to it is gone
  }
}

/** `sources` is taken before compiling: an edit during the build must make the result stale. */
export function recordBuild(sources) {
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(stampFile, JSON.stringify({ sources, output: outputHash() }));
}

export function sourcesHash() {
  const hash = createHash("sha256");
  const settings = [
    "package.json",
    "tsconfig.base.json",
    "tsconfig.build.json",
    "scripts/lib/plugin.mjs",
  ];
  const compiler = join(modules, "typescript/package.json");
  for (const file of [...settings.map((name) => join(root, name)), compiler]) {
    hash.update(readFileSync(file)).update("\0");
  }
  for (const file of filesIn(join(root, "src"))) {
    hash.update(relative(root, file)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

// Names and sizes are enough to notice a partly removed dist, which is what happens in practice.
function outputHash() {
  const hash = createHash("sha256");
  const files = filesIn(dist);
  if (files.length === 0) throw new Error("dist is empty");
  for (const file of [...files, ...filesIn(plugin)])
    hash.update(`${relative(root, file)} ${statSync(file).size}\n`);
  return hash.digest("hex");
}

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
