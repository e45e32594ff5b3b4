import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parseRecord, textOf } from "./json";
import { repository, requirementsOf } from "./pack";

export interface AssembleOptions {
  /** Unpacked packages to install, as copies. */
  readonly packages: readonly string[];
  /** Further packages, by name, that the project itself depends on. */
  readonly also?: readonly string[];
  /**
   * `flat` is what npm and yarn make; `isolated` what pnpm makes: the project's folder holds only its
   * direct dependencies, and those see only what they declare.
   */
  readonly layout?: "flat" | "isolated";
}

/**
 * Fills a project's node_modules without network. The package under test is a real copy outside the
 * repository, so a dependency it forgot to declare is missing; its dependencies are links to the
 * repository's, so that there is one copy of @pulumi/pulumi and nothing is downloaded.
 */
export function assembleModules(project: string, options: AssembleOptions): void {
  const modules = join(project, "node_modules");
  mkdirSync(modules, { recursive: true });
  for (const folder of options.packages) {
    if (options.layout === "isolated") installIsolated(modules, folder);
    else installFlat(modules, folder);
  }
  for (const name of options.also ?? []) linkInstalled(modules, name);
}

function installFlat(modules: string, folder: string): void {
  cpSync(folder, join(modules, nameOf(folder)), { recursive: true });
  for (const requirement of requirementsOf(folder)) linkInstalled(modules, requirement);
}

function installIsolated(modules: string, folder: string): void {
  const name = nameOf(folder);
  const store = join(modules, ".pnpm", `${name.replace("/", "+")}@0.0.0`, "node_modules");
  cpSync(folder, join(store, name), { recursive: true });
  for (const requirement of requirementsOf(folder)) linkInstalled(store, requirement);
  link(join(store, name), join(modules, name));
}

function linkInstalled(modules: string, name: string): void {
  const target = join(repository, "node_modules", name);
  if (!existsSync(target)) throw new Error(`${name} is not installed in the repository`);
  link(target, join(modules, name));
}

function link(target: string, path: string): void {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  if (process.platform === "win32") symlinkSync(target, path, "junction");
  else symlinkSync(relative(dirname(path), target), path, "dir");
}

function nameOf(folder: string): string {
  const manifest = join(folder, "package.json");
  const name = textOf(parseRecord(readFileSync(manifest, "utf8"), manifest).name);
  if (name === "") throw new Error(`no name in ${manifest}`);
  return name;
}
