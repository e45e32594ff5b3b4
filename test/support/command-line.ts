import { runCommandLine } from "../../src/cli/command-line";
import type { CommandResult, Context, ExitCode, ShownCommand } from "../../src/cli/context";
import type { Prompts } from "../../src/cli/prompts";
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
  /** Of a terminal; without them both outputs are pipes. */
  readonly columns?: number;
  readonly hasColors?: boolean;
  readonly prompts?: Prompts;
  readonly nodeVersion?: string;
  /** What `pulumi <arguments>` comes to; without it there is no CLI. */
  readonly pulumi?: (args: readonly string[]) => CommandResult;
  /** What a command comes to that the user sees; without it there is no such command. */
  readonly show?: (command: ShownCommand) => number | Promise<number>;
}

/** Runs the command line in this process, against the world's emulator and in its virtual time. */
export async function commandLine(
  world: Harness,
  args: readonly string[],
  surroundings: Surroundings = {},
): Promise<Ran> {
  const { folder = "/", columns, hasColors = false, nodeVersion = "20.19.0" } = surroundings;
  const { prompts, pulumi, show } = surroundings;
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
    screen: { columns, hasColors },
    prompts,
    show: async (command) => {
      if (show === undefined) throw new Error(`there is no ${command.file}`);
      return await show(command);
    },
    run: (file, args) =>
      Promise.resolve(
        file === "pulumi" && pulumi !== undefined ? pulumi(args) : { problem: "missing" },
      ),
  };
  const code = await world.run(runCommandLine(context, args));
  return { code, out, err };
}
