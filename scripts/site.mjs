// Builds the documentation site into site/dist; VitePress checks its links.
//
//   --serve   then show it on this machine

import { rmSync } from "node:fs";
import { join } from "node:path";
import { dependenciesInstalled, installDependencies } from "./lib/dependencies.mjs";
import { withLock } from "./lib/lock.mjs";
import { root } from "./lib/paths.mjs";
import { run } from "./lib/run.mjs";

const site = join(root, "site");
const vitepress = "node_modules/vitepress/bin/vitepress.js";
const node = (...args) => run(process.execPath, args, { cwd: site, title: args[0] });

async function build() {
  if (!dependenciesInstalled(site)) {
    console.log("site: installing what builds it (npm ci)");
    await installDependencies(site, ["--ignore-scripts"]);
  }
  rmSync(join(site, "generated"), { recursive: true, force: true });
  await node("api.mjs");
  await node(vitepress, "build");
}

try {
  await withLock(join(site, ".cache/site.lock"), build, (pid) => {
    console.log(`site: waiting for another build (process ${pid ?? "unknown"})`);
  });
  if (process.argv.includes("--serve")) await node(vitepress, "preview", "--host", "127.0.0.1");
} catch (error) {
  console.error(`site: ${error.message}`);
  process.exitCode = 1;
}
