import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheFolderFor, fillFolder } from "./cache";
import { runCommand, tail } from "./command";
import { fileName, findExecutable, foldersOf } from "./inspect";
import type { Environment } from "./types";

const source = "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml";
const version = "1.25.0";
const buildTime = 20 * 60_000;

export type YamlHost =
  | { readonly found: true; readonly binDir: string }
  | { readonly found: false; readonly reason: string };

/** Finds the language host for programs in YAML in the user's cache, or builds it into that. */
export async function yamlHost(env: Environment = process.env): Promise<YamlHost> {
  const folder = join(dirname(cacheFolderFor("any", env)), `yaml-${version}`);
  const binDir = join(folder, "bin");
  const isThere = () => existsSync(join(binDir, fileName("pulumi-language-yaml")));
  if (isThere()) return { found: true, binDir };
  const go = findExecutable("go", foldersOf(env));
  if (go === undefined) return { found: false, reason: "Go is not installed" };
  const { withLock } = await import("../lib/lock.mjs");
  const problem = await withLock(`${folder}.lock`, async () => {
    if (isThere()) return undefined;
    try {
      await fillFolder(folder, (temporary) => build(go, temporary, env));
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  });
  return problem === undefined ? { found: true, binDir } : { found: false, reason: problem };
}

async function build(go: string, folder: string, env: Environment): Promise<void> {
  const output = join(folder, "bin", fileName("pulumi-language-yaml"));
  const result = await runCommand(go, ["build", "-ldflags", "-s -w", "-o", output, source], {
    timeout: buildTime,
    cwd: join(__dirname, "yaml"),
    env: { ...env, GOWORK: "off", GOFLAGS: "" },
  });
  if (result.code !== 0) throw new Error(`go build of the YAML host failed:\n    ${tail(result)}`);
}
