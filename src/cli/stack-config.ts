import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ReadConfig } from "../provider/kind";
import { isRecord } from "../fields/values";
import type { Context } from "./context";

/** The settings of a Pulumi stack. */
export interface StackConfig {
  readonly read: ReadConfig;
  /** Whether a setting is there and can be read by everybody who has the stack's file. */
  readonly isPlain: (key: string) => boolean;
  /** Why they could not be read, though there is a project. */
  readonly problem?: string;
}

export const noConfig: StackConfig = { read: () => undefined, isPlain: () => false };

export interface StackChoice {
  /** The selected one, where it is left out. */
  readonly stack?: string;
  /** False: the configuration is not looked at. */
  readonly wanted: boolean;
}

/** The folder of the Pulumi project that a folder belongs to. */
export function projectFolder(folder: string): string | undefined {
  if (["Pulumi.yaml", "Pulumi.yml"].some((name) => existsSync(join(folder, name)))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : projectFolder(parent);
}

/**
 * What the providers would be given: of the stack's configuration, the keys of both platforms. Secret
 * ones come decrypted, so nothing of this may be printed, nor what the CLI says on failing.
 */
export async function readStackConfig(context: Context, choice: StackChoice): Promise<StackConfig> {
  const folder = projectFolder(context.folder);
  if (!choice.wanted || folder === undefined) return noConfig;
  const stack = stackArguments(choice);
  const result = await context.run(
    "pulumi",
    ["config", "--json", "--show-secrets", "--non-interactive", ...stack],
    folder,
  );
  const command = ["pulumi config", ...stack].join(" ");
  if ("problem" in result) return { ...noConfig, problem: notRun(command, result.problem) };
  const values = result.code === 0 ? valuesIn(result.stdout) : undefined;
  if (values === undefined) return { ...noConfig, problem: `\`${command}\` does not work here` };
  return {
    read: (key) => values.get(key)?.value,
    isPlain: (key) => values.get(key)?.isSecret === false,
  };
}

interface ConfigValue {
  readonly value: string;
  readonly isSecret: boolean;
}

/** How the Pulumi CLI is told which stack. */
export function stackArguments({ stack }: StackChoice): readonly string[] {
  return stack === undefined ? [] : ["--stack", stack];
}

/** That a command of the Pulumi CLI could not be run. */
export function notRun(command: string, problem: "missing" | "timeout" | "other"): string {
  const why = {
    missing: "the CLI is not on PATH",
    timeout: "it took too long",
    other: "it failed",
  };
  return `\`${command}\` does not work: ${why[problem]}`;
}

function valuesIn(json: string): ReadonlyMap<string, ConfigValue> | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (!isRecord(parsed)) return undefined;
  return new Map(
    Object.entries(parsed).flatMap(([key, entry]) => {
      const isOurs = key.startsWith("miget:") || key.startsWith("northflank:");
      if (!isOurs || !isRecord(entry) || typeof entry.value !== "string") return [];
      return [[key, { value: entry.value, isSecret: entry.secret === true }] as const];
    }),
  );
}
