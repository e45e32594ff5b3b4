import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { runCommand, tail } from "./command";
import type { CliAnswer, Environment } from "./types";
import { isAtLeast, oldestVersion, parseVersion } from "./version";

const languageHost = "pulumi-language-nodejs";

/** Whether a CLI runs, is recent enough and has what it needs to run Node programs. */
export async function inspectCli(
  pulumi: string,
  how: string,
  env: Environment,
): Promise<CliAnswer> {
  if (!isExecutable(pulumi)) return { found: false, reason: "is not an executable file" };
  const quiet = { ...env, PULUMI_SKIP_UPDATE_CHECK: "1" };
  const result = await runCommand(pulumi, ["version"], { timeout: 20_000, env: quiet });
  if (result.code !== 0) {
    return { found: false, reason: `\`pulumi version\` does not work: ${tail(result)}` };
  }
  const version = parseVersion(result.stdout);
  if (version === undefined) {
    return { found: false, reason: "`pulumi version` prints no version number" };
  }
  if (!isAtLeast(version, oldestVersion)) {
    return { found: false, reason: `is ${version}; ${oldestVersion} or later is needed` };
  }
  // The same places as the engine looks in: PATH, and beside the executable, links followed.
  const beside = [dirname(pulumi), dirname(realpathSync(pulumi))];
  if (findExecutable(languageHost, [...beside, ...foldersOf(env)]) === undefined) {
    return { found: false, reason: `has no ${languageHost} beside it or on PATH` };
  }
  return { found: true, pulumi, binDir: dirname(pulumi), version, how };
}

/** The folders on PATH. */
export function foldersOf(env: Environment): string[] {
  return (env.PATH ?? env.Path ?? "").split(delimiter).filter((folder) => folder !== "");
}

export function findExecutable(name: string, folders: readonly string[]): string | undefined {
  return folders.map((folder) => join(folder, fileName(name))).find(isExecutable);
}

export function fileName(name: string): string {
  return process.platform === "win32" ? `${name}.exe` : name;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
