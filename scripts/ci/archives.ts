// Packs the provider plugin as the Pulumi CLI downloads it: an archive for each platform, whose name
// says the version. The plugin is one file for Node.

import { mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseRecord, textOf } from "../../test/support/json";
import { runCommand, tail } from "../cli/command";

const root = resolve(__dirname, "../..");

export const platforms = ["linux", "darwin", "windows"].flatMap((system) =>
  ["amd64", "arm64"].map((machine) => `${system}-${machine}`),
);

export function archiveName(platform: string): string {
  const manifest = parseRecord(readFileSync(join(root, "package.json"), "utf8"), "package.json");
  return `pulumi-resource-paas-addons-v${textOf(manifest.version)}-${platform}.tar.gz`;
}

const executable = "pulumi-resource-paas-addons";

/** Without PulumiPlugin.yaml: the CLI would look for dependencies to install beside it. */
const contents = (platform: string) =>
  platform.startsWith("windows") ? [executable, `${executable}.cmd`] : [executable];

/** Writes them to a folder, and returns their paths. */
export async function writeArchives(folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const options = { timeout: 60_000, cwd: join(root, "plugin"), env: process.env };
  const paths = platforms.map((platform) => ({
    path: join(folder, archiveName(platform)),
    files: contents(platform),
  }));
  for (const { path, files } of paths) {
    const result = await runCommand("tar", ["-czf", path, ...files], options);
    if (result.code !== 0) throw new Error(`tar failed:\n    ${tail(result)}`);
  }
  return paths.map(({ path }) => path);
}

if (require.main === module) {
  writeArchives(resolve(process.argv[2] ?? "archives")).then(
    (paths) => console.log(paths.join("\n")),
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
}
