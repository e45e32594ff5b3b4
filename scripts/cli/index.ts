import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildFromSource } from "./build";
import { cacheFolderFor, fillFolder } from "./cache";
import { download } from "./download";
import { fileName, findExecutable, foldersOf, inspectCli } from "./inspect";
import type { CliAnswer, Environment, FindOptions } from "./types";
import { wantedVersion } from "./version";

export { sdkFolder } from "./cache";
export type { CliAnswer, FindOptions, FoundCli, MissingCli } from "./types";

/**
 * Finds the Pulumi CLI: `PULUMI_CLI`, then PATH, then the copy in the user's cache folder. If it may
 * take its time, that copy is made: downloaded, or built where only Go's modules can be reached.
 */
export async function findCli(options: FindOptions): Promise<CliAnswer> {
  const env = options.env ?? process.env;
  const log = options.log ?? (() => undefined);

  const named = env.PULUMI_CLI;
  if (named !== undefined && named !== "") {
    // Whoever names one wants that one, so nothing else is tried.
    const answer = await inspectCli(named, "PULUMI_CLI", env);
    return answer.found ? answer : missing([`PULUMI_CLI=${named} ${answer.reason}`]);
  }

  const tried: string[] = [];
  const onPath = findExecutable("pulumi", foldersOf(env));
  if (onPath === undefined) {
    tried.push("there is no pulumi on PATH");
  } else {
    const answer = await inspectCli(onPath, "PATH", env);
    if (answer.found) return answer;
    tried.push(`${onPath} ${answer.reason}`);
  }

  const version = wantedVersion();
  const folder = cacheFolderFor(version, env);
  const copy = join(folder, "bin", fileName("pulumi"));
  const cached = () => inspectCli(copy, "cache", env);
  const answer = await cached();
  if (answer.found) return answer;
  tried.push(existsSync(copy) ? `${copy} ${answer.reason}` : `there is no ${copy}`);
  if (!options.allowBuild) return missing(tried);

  return await locked(folder, log, async () => {
    const meanwhile = await cached();
    if (meanwhile.found) return meanwhile;
    tried.push(...(await make(version, folder, env, log)));
    const made = await cached();
    return made.found ? { ...made, how: "just installed" } : missing(tried);
  });
}

/** Downloads or builds; the result is what did not work. */
async function make(
  version: string,
  folder: string,
  env: Environment,
  log: (line: string) => void,
): Promise<string[]> {
  const ways = [
    {
      name: "the official download",
      work: (to: string) => download(version, to, env),
    },
    {
      name: "a build from source",
      work: (to: string) => buildFromSource(version, to, env, log),
    },
  ];
  const tried: string[] = [];
  for (const way of ways) {
    try {
      await fillFolder(folder, async (temporary) => {
        const problem = await way.work(temporary);
        if (problem !== undefined) throw new Error(problem);
      });
      log(`Pulumi CLI ${version} is in ${folder}`);
      return tried;
    } catch (error) {
      tried.push(`${way.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return tried;
}

async function locked<T>(
  folder: string,
  log: (line: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  const { withLock } = await import("../lib/lock.mjs");
  return await withLock(`${folder}.lock`, work, (pid) => {
    log(`waiting for process ${String(pid ?? "unknown")}, which is getting the Pulumi CLI`);
  });
}

function missing(tried: readonly string[]): CliAnswer {
  const lines = tried.map((line) => `  - ${line}`).join("\n");
  return {
    found: false,
    reason: `no Pulumi CLI:\n${lines}\n  Install it (https://www.pulumi.com/docs/install/) or set PULUMI_CLI to it.`,
  };
}
