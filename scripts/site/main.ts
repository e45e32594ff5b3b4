// Builds the documentation site into site/dist and checks its links.
//
//   --serve   then show it on this machine
//
// SITE_BASE      its folder on the server, with a slash at both ends; "/" unless set
// SITE_SOURCES   where the repository's files can be read; without it they are not linked to

import { rmSync } from "node:fs";
import { join } from "node:path";
import { dependenciesInstalled, installDependencies } from "../lib/dependencies.mjs";
import { withLock } from "../lib/lock.mjs";
import { root } from "../lib/paths.mjs";
import { run } from "../lib/run.mjs";
import { tidyApi } from "./api";
import { siteProblems } from "./check";
import { writePages } from "./pages";

const site = join(root, "site");
const { SITE_BASE: base = "/", SITE_SOURCES: sources } = process.env;

async function build(): Promise<void> {
  if (!base.startsWith("/") || !base.endsWith("/")) {
    throw new Error(`SITE_BASE is ${base}, and needs a slash at both ends`);
  }
  if (!dependenciesInstalled(site)) {
    console.log("site: installing what builds it (npm ci)");
    await installDependencies(site, ["--ignore-scripts"]);
  }
  const pages = join(site, ".cache/pages");
  rmSync(pages, { recursive: true, force: true });
  writePages(root, site, sources);
  await node("api.mjs");
  tidyApi(join(pages, "api"));
  await node("node_modules/vitepress/bin/vitepress.js", "build");
  const problems = siteProblems(join(site, "dist"), base);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  console.log("site: built in site/dist; every link in it leads somewhere");
}

async function node(script: string, ...args: readonly string[]): Promise<void> {
  await run(process.execPath, [join(site, script), ...args], { cwd: site, title: script });
}

async function main(options: readonly string[]): Promise<void> {
  const unknown = options.filter((option) => option !== "--serve");
  if (unknown.length > 0) throw new Error(`unknown option ${unknown.join(", ")}`);
  await withLock(join(site, ".cache/site.lock"), build, (pid) => {
    console.log(`site: waiting for another build (process ${pid ?? "unknown"})`);
  });
  if (options.includes("--serve")) await node("serve.mjs");
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`site: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
