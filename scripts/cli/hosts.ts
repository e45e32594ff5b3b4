import { copyFileSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheFolderFor, fillFolder } from "./cache";
import { runCommand, tail } from "./command";
import { fileName, findExecutable, foldersOf } from "./inspect";
import type { Environment } from "./types";

export type Language = "yaml" | "python" | "go";

interface Host {
  /** Name of its folder in the cache. */
  readonly folder: string;
  /** The folder of this one whose go.mod it is built with. */
  readonly module: string;
  readonly source: string;
  /** What programs in the language need beside it. */
  readonly more?: (folder: string, go: string, env: Environment) => Promise<void>;
}

const sdk = "github.com/pulumi/pulumi/sdk/v3";
const python = "python3";

/**
 * The last language hosts that are in published Go modules. They work with every newer engine; those of
 * Python and Node are of one module, that of Go left earlier.
 */
const hosts: Readonly<Record<Language, Host>> = {
  yaml: {
    folder: "yaml-1.25.0",
    module: "yaml",
    source: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
  },
  python: {
    folder: "python-3.259.0",
    module: "language",
    source: `${sdk}/python/cmd/pulumi-language-python`,
    more: addPython,
  },
  go: {
    folder: "go-3.60.0",
    module: "go-host",
    source: `${sdk}/go/pulumi-language-go`,
  },
};

/** The SDK, and what generated ones need beside it. */
const pythonPackages = ["pulumi==3.259.0", "parver==0.5"];
const buildTime = 20 * 60_000;

export type FoundHost =
  | { readonly found: true; readonly binDir: string }
  | { readonly found: false; readonly reason: string };

/** Finds the language host for programs in a language in the user's cache, or builds it into that. */
export async function languageHost(
  language: Language,
  env: Environment = process.env,
): Promise<FoundHost> {
  const host = hosts[language];
  const folder = join(dirname(cacheFolderFor("any", env)), host.folder);
  const binDir = join(folder, "bin");
  const isThere = () => existsSync(join(binDir, fileName(`pulumi-language-${language}`)));
  if (isThere()) return { found: true, binDir };
  const go = findExecutable("go", foldersOf(env));
  if (go === undefined) return { found: false, reason: "Go is not installed" };
  const { withLock } = await import("../lib/lock.mjs");
  const problem = await withLock(`${folder}.lock`, async () => {
    if (isThere()) return undefined;
    try {
      await fillFolder(folder, async (temporary) => {
        const output = join(temporary, "bin", fileName(`pulumi-language-${language}`));
        const args = ["build", "-ldflags", "-s -w", "-o", output, host.source];
        await run(go, args, join(__dirname, host.module), env);
        await host.more?.(temporary, go, env);
      });
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  });
  return problem === undefined ? { found: true, binDir } : { found: false, reason: problem };
}

/** The script that the host runs programs with, and a Python that has the SDK beside it. */
async function addPython(folder: string, go: string, env: Environment): Promise<void> {
  const found = findExecutable(python, foldersOf(env));
  if (found === undefined) throw new Error("Python 3 is not installed");
  // Of the version that the SDK has; the one of the host is too old for it.
  const engine = join(__dirname, "engine");
  await run(go, ["mod", "download", sdk], engine, env);
  const source = await run(go, ["list", "-m", "-f", "{{.Dir}}", sdk], engine, env);
  const script = "pulumi-language-python-exec";
  copyFileSync(join(source.trim(), "python/cmd", script), join(folder, "bin", script));
  await run(found, ["-m", "venv", join(folder, "venv")], folder, env);
  const own = join(folder, "venv", process.platform === "win32" ? "Scripts" : "bin", python);
  await run(own, ["-m", "pip", "install", "--quiet", ...pythonPackages], folder, env);
}

async function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Environment,
): Promise<string> {
  const own = { ...env, GOWORK: "off", GOFLAGS: "" };
  const result = await runCommand(command, [...args], { timeout: buildTime, cwd, env: own });
  if (result.code === 0) return result.stdout;
  throw new Error(`${command} ${args.slice(0, 2).join(" ")} failed:\n    ${tail(result)}`);
}
