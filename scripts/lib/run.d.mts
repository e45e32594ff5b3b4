import type { SpawnOptions } from "node:child_process";

/** Runs a command with its output shown; fails with the command's exit code in the message. */
export function run(
  command: string,
  args: readonly string[],
  options?: SpawnOptions & { readonly title?: string },
): Promise<void>;
