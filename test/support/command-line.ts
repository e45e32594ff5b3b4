import { runCommandLine } from "../../src/cli/command-line";
import type { CommandResult, Context, ExitCode } from "../../src/cli/context";
import type { Harness } from "./harness";

export interface Ran {
  readonly code: ExitCode;
  /** Standard output. */
  readonly out: string;
  /** Standard error. */
  readonly err: string;
}

export interface Surroundings {
  readonly folder?: string;
  readonly columns?: number;
  readonly nodeVersion?: string;
  /** What `pulumi <arguments>` comes to; without it there is no CLI. */
  readonly pulumi?: (args: readonly string[]) => CommandResult;
}

/** Runs the command line in this process, against the world's emulator and in its virtual time. */
export async function commandLine(
  world: Harness,
  args: readonly string[],
  { folder = "/", columns, nodeVersion = "20.19.0", pulumi }: Surroundings = {},
): Promise<Ran> {
  let [out, err] = ["", ""];
  const tell = (text: string) => {
    err += text;
  };
  const context: Context = {
    runtime: { ...world.runtime(), log: (line) => tell(`${line}\n`) },
    folder,
    nodeVersion,
    print: (text) => {
      out += text;
    },
    tell,
    columns,
    run: (file, args) =>
      Promise.resolve(
        file === "pulumi" && pulumi !== undefined ? pulumi(args) : { problem: "missing" },
      ),
  };
  const code = await world.run(runCommandLine(context, args));
  return { code, out, err };
}
