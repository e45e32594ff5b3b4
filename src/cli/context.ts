import { execFile, spawn } from "node:child_process";
import { systemRuntime } from "../provider/runtime";
import { toPrintable } from "../http/redact";
import type { Runtime } from "../provider/kind";
import { type Prompts, terminalPrompts } from "./prompts";
import type { Screen } from "./terminal";

/** 0: done; 1: something failed; 2: the command line makes no sense. */
export type ExitCode = 0 | 1 | 2;

/** What a command printed, or why it could not be run. */
export type CommandResult =
  | { readonly code: number; readonly stdout: string; readonly stderr: string }
  | { readonly problem: "missing" | "timeout" | "other" };

/** The outside world of the command line, passed in so that tests decide about it. */
export interface Context {
  readonly runtime: Runtime;
  /** The folder that it is called in. */
  readonly folder: string;
  readonly nodeVersion: string;
  /** Writes to standard output as it is. */
  readonly print: (text: string) => void;
  /** Writes to standard error as it is. */
  readonly tell: (text: string) => void;
  /** Columns of the terminal on standard error; undefined where that is none. */
  readonly columns: number | undefined;
  /** What standard output is. */
  readonly screen: Screen;
  /** Asks the user; undefined where nobody can answer. */
  readonly prompts: Prompts | undefined;
  /** Runs a command of the user's machine. */
  readonly run: (file: string, args: readonly string[], folder: string) => Promise<CommandResult>;
  /** Runs a command that the user sees and can answer, and gives its exit code. */
  readonly show: (command: ShownCommand) => Promise<number>;
}

export interface ShownCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Given to it on standard input, in place of the user's. */
  readonly input?: string;
}

/** What the user did wrong on the command line. */
export class UsageError extends Error {}

/** A line on standard error, of which parts may be others' words. */
export function say({ tell }: Context, line: string): void {
  tell(`${toPrintable(line)}\n`);
}

/** Bytes: a stack's state can be long. */
const mostOutput = 256 * 1024 * 1024;
/** Milliseconds for a command such as `pulumi version`. */
const commandLimit = 20_000;

export function systemContext(): Context {
  const tell = (text: string) => {
    process.stderr.write(text);
  };
  return {
    // Standard output is for the result alone.
    runtime: { ...systemRuntime(), log: (line) => tell(`${toPrintable(line)}\n`) },
    folder: process.cwd(),
    nodeVersion: process.versions.node,
    print: (text) => {
      process.stdout.write(text);
    },
    tell,
    columns: process.stderr.isTTY ? process.stderr.columns : undefined,
    screen: {
      columns: process.stdout.isTTY ? process.stdout.columns : undefined,
      // Knows NO_COLOR, FORCE_COLOR and TERM.
      hasColors: process.stdout.isTTY && process.stdout.hasColors(),
    },
    prompts: process.stdin.isTTY && process.stdout.isTTY ? terminalPrompts : undefined,
    run: (file, args, cwd) =>
      new Promise((resolve) => {
        const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "1" };
        const options = { cwd, env, timeout: commandLimit, maxBuffer: mostOutput };
        const child = execFile(file, args, options, (error, stdout, stderr) => {
          if (error === null) resolve({ code: 0, stdout, stderr });
          else if (typeof error.code === "number") resolve({ code: error.code, stdout, stderr });
          else if (error.killed === true) resolve({ problem: "timeout" });
          else resolve({ problem: error.code === "ENOENT" ? "missing" : "other" });
        });
        // It must not wait for an answer that nobody gives.
        child.stdin?.end();
      }),
    show: ({ file, args, folder, env, input }) =>
      new Promise((resolve, reject) => {
        const child = spawn(file, args, {
          cwd: folder,
          env: { ...process.env, ...env },
          stdio: [input === undefined ? "inherit" : "pipe", "inherit", "inherit"],
          // npm is a script there.
          shell: process.platform === "win32" && file === "npm",
        });
        child.on("error", reject).on("close", (code) => resolve(code ?? 1));
        child.stdin?.end(input);
      }),
  };
}
