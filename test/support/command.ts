import { spawn } from "node:child_process";

export interface CommandOutcome {
  /** What was run, for messages. */
  readonly command: string;
  /** The exit code; null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
}

export interface CommandOptions {
  readonly cwd: string;
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds; a command that takes longer is killed and its `done` fails. */
  readonly timeout: number;
  /** Called when the time is over, to end what the command itself has started. */
  readonly onTimeout?: () => void;
  readonly shell?: boolean;
  /** The user and the group to run as; default: those of this process. */
  readonly owner?: Owner | undefined;
}

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** A command that is still running, or has ended. */
export interface RunningCommand {
  readonly pid: number | undefined;
  /** What it has printed so far, both streams. */
  output(): string;
  /** Waits until a pattern is in the output; fails if the command ends or the time is over first. */
  waitFor(pattern: RegExp, timeout?: number): Promise<RegExpExecArray>;
  kill(signal: NodeJS.Signals): void;
  /** Never fails for an exit code; fails if it cannot be started or runs out of time. */
  readonly done: Promise<CommandOutcome>;
}

export function startCommand(
  file: string,
  args: readonly string[],
  options: CommandOptions,
): RunningCommand {
  const command = [file.replace(/^.*[\\/]/, ""), ...args].join(" ");
  const started = Date.now();
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: { ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    shell: options.shell ?? false,
    ...options.owner,
  });
  let stdout = "";
  let stderr = "";
  let all = "";
  let ended = false;
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
    all += chunk;
    tell();
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr += chunk;
    all += chunk;
    tell();
  });

  const done = new Promise<CommandOutcome>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      options.onTimeout?.();
      reject(new Error(`\`${command}\` took over ${String(options.timeout)} ms\n${all}`));
    }, options.timeout);
    child.on("error", (error) => {
      clearTimeout(timer);
      reject(new Error(`\`${command}\` cannot be started: ${error.message}`));
    });
    child.on("exit", (code, signal) => {
      clearTimeout(timer);
      const settle = () => {
        clearTimeout(patience);
        ended = true;
        tell();
        resolve({ command, code, signal, stdout, stderr, milliseconds: Date.now() - started });
      };
      // A plugin that outlives its CLI keeps the pipes open, and "close" would never come.
      const patience = setTimeout(settle, signal === null ? 1_000 : 100);
      child.once("close", settle);
    });
  });
  // Whoever only looks at the output must not bring the process down by an unhandled rejection.
  done.catch(() => undefined);

  return {
    pid: child.pid,
    output: () => all,
    kill: (signal) => child.kill(signal),
    done,
    waitFor: (pattern, timeout = 30_000) =>
      new Promise((resolve, reject) => {
        const finish = (act: () => void) => {
          clearTimeout(timer);
          listeners.delete(look);
          act();
        };
        const look = () => {
          const match = pattern.exec(all);
          if (match !== null) finish(() => resolve(match));
          else if (ended) finish(() => reject(failure("ended")));
        };
        const failure = (how: string) =>
          new Error(`\`${command}\` ${how} without printing ${String(pattern)}\n${all}`);
        const timer = setTimeout(() => {
          finish(() => reject(failure(`went on for ${String(timeout)} ms`)));
        }, timeout);
        listeners.add(look);
        look();
      }),
  };
}

/** Runs a command that has to succeed. */
export async function runCommand(
  file: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandOutcome> {
  const outcome = await startCommand(file, args, options).done;
  if (outcome.code !== 0) throw new Error(describeOutcome(outcome));
  return outcome;
}

export function describeOutcome(outcome: CommandOutcome): string {
  const how = outcome.signal ?? `exit code ${String(outcome.code)}`;
  return `\`${outcome.command}\`: ${how}\n${outcome.stdout}\n${outcome.stderr}`;
}
