import { spawn } from "node:child_process";
import type { Environment } from "./types";

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

export interface CommandOptions {
  readonly timeout: number;
  readonly env: Environment;
  readonly cwd?: string;
}

/** Runs a command to its end or its time limit; a command that cannot start has the code null. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    let timedOut = false;
    const settle = (code: number | null) => {
      clearTimeout(timer);
      // Something it has started may hold the other ends open and would keep this process waiting.
      child.stdout.destroy();
      child.stderr.destroy();
      resolve({ code, stdout, stderr, timedOut });
    };
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill("SIGTERM");
      setTimeout(() => {
        child.kill("SIGKILL");
        settle(null);
      }, 2_000).unref();
    }, options.timeout);
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
    child.on("error", (error) => (stderr += error.message));
    child.on("close", settle);
    child.on("exit", () => {
      if (timedOut) settle(null);
    });
  });
}

/** The last lines of what a failed command said, for a message. */
export function tail(result: CommandResult, lines = 4): string {
  if (result.timedOut) return "timed out";
  const text = result.stderr.trim() === "" ? result.stdout : result.stderr;
  return text.trim().split("\n").slice(-lines).join("\n    ");
}
