import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { runCommand } from "./command";
import { listOf, recordAt, textOf } from "./json";
import { temporaryFolder } from "./temporary";

export const repository = resolve(__dirname, "../..");

export interface PackedPackage {
  /** The .tgz, as it would be published. */
  readonly tarball: string;
  /** What is in it, unpacked. */
  readonly folder: string;
  /** The paths in it. */
  readonly files: readonly string[];
}

let packed: Promise<PackedPackage> | undefined;

/** Packs the package, built from the present sources; once a test run. */
export function packOnce(): Promise<PackedPackage> {
  packed ??= pack();
  return packed;
}

async function pack(): Promise<PackedPackage> {
  const options = { cwd: repository, env: process.env, timeout: 180_000 };
  await runCommand(process.execPath, ["scripts/setup.mjs", "--only", "build"], options);

  const folder = temporaryFolder("pack");
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const windows = process.platform === "win32";
  const { stdout } = await runCommand("npm", args, { ...options, shell: windows });
  const report: unknown = JSON.parse(stdout);
  const first = recordAt(Array.isArray(report) ? report[0] : Object.values(recordAt(report))[0]);
  const tarball = join(folder, textOf(first.filename));
  await runCommand("tar", ["-xzf", tarball, "-C", folder], options);
  return {
    tarball,
    folder: join(folder, "package"),
    files: listOf(first.files).map((file) => textOf(recordAt(file).path)),
  };
}

/** The names that a package.json asks for: dependencies and peers. */
export function requirementsOf(packageFolder: string): string[] {
  const manifest: unknown = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
  return [
    ...Object.keys(recordAt(manifest, "dependencies")),
    ...Object.keys(recordAt(manifest, "peerDependencies")),
  ];
}
