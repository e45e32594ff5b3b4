// Builds the documentation site into site/dist and checks its links.
//
//   --serve   then show it on this machine
//
// SITE_BASE      its folder on the server, "/" unless set
// SITE_SOURCES   where the repository's files can be read; without it they are not linked to

import { rmSync } from "node:fs";
import { join } from "node:path";
import { dependenciesInstalled, installDependencies } from "../lib/dependencies.mjs";
import { withLock } from "../lib/lock.mjs";
import { root } from "../lib/paths.mjs";
import { run } from "../lib/run.mjs";
import { writeApi } from "./api";
import { siteProblems } from "./check";
import { writePages } from "./pages";

const site = join(root, "site");
const setting = (name: string) => process.env[name]?.trim() || undefined;
const base = setting("SITE_BASE") ?? "/";
const sources = setting("SITE_SOURCES")?.replace(/\/$/u, "");

async function build(): Promise<void> {
  if (!/^\/(?:.*\/)?$/u.test(base)) throw new Error("SITE_BASE needs a slash at both ends");
  if (!dependenciesInstalled(site)) {
    console.log("site: installing what builds it (npm ci)");
    await installDependencies(site, ["--ignore-scripts"]);
  }
  rmSync(join(site, ".cache/pages"), { recursive: true, force: true });
  writePages(root, site, sources);
  await writeApi(site, sources);
  const vitepress = join(site, "node_modules/vitepress/bin/vitepress.js");
  await run(process.execPath, [vitepress, "build", site], { cwd: site, title: "vitepress build" });
  const problems = siteProblems(join(site, "dist"), base);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  console.log("site: built in site/dist, and all of its links lead somewhere");
}

async function main(options: readonly string[]): Promise<void> {
  const unknown = options.filter((option) => option !== "--serve");
  if (unknown.length > 0) throw new Error(`unknown option ${unknown.join(", ")}`);
  await withLock(join(site, ".cache/site.lock"), build, (pid) => {
    console.log(`site: waiting for another build (process ${pid ?? "unknown"})`);
  });
  if (!options.includes("--serve")) return;
  await run(process.execPath, [join(site, "serve.mjs")], { cwd: site, title: "serving" });
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`site: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
