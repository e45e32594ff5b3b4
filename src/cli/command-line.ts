import { Command, CommanderError, Option } from "commander";
import { messageOf } from "../http/errors";
import { about, version } from "../zz_package";
import { type Context, type ExitCode, say, UsageError } from "./context";
import { doctor, type DoctorOptions } from "./doctor/command";
import { importAddons, type ImportOptions } from "./import/command";
import { init, type InitOptions } from "./init/command";
import { recover, type RecoverOptions } from "./recover/command";
import type { StackChoice } from "./stack-config";

const exitCodes = `
Exit codes: 0 done, 1 something failed or could not be read, 2 wrong usage.
Tokens come from the stack's configuration or the environment, as the providers take them.${about.bugs === undefined ? "" : `\nReport problems at ${about.bugs}.`}`;

/** Runs the command line, and says how it went. */
export async function runCommandLine(context: Context, args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = commandLine(context, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return code;
  } catch (error) {
    // Help and the version end it in this way too.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    say(context, `error: ${messageOf(error)}`);
    return error instanceof UsageError ? 2 : 1;
  }
}

function commandLine(context: Context, end: (code: ExitCode) => void): Command {
  const program = new Command("pulumi-paas-addons")
    .description("Take over, and look after, add-ons of Miget and Northflank with Pulumi.")
    .version(version, "--version")
    .helpOption("--help")
    .exitOverride()
    .configureOutput({ writeOut: context.print, writeErr: context.tell })
    .showSuggestionAfterError()
    .addHelpText("after", exitCodes);

  placed(program.command("import"))
    .summary("print a program that takes over existing add-ons")
    .description(
      "Reads the add-ons that exist and prints a TypeScript program that takes them over, with which `pulumi up` changes nothing on the platform. Reads only.",
    )
    .option("--all", "every project or app that the token sees")
    .option("--id <id>", "only this add-on; can be repeated", collect)
    .option(
      "--set <[id:]input=value>",
      "a required input that the API does not tell, such as postgresVersion=17; can be repeated",
      collect,
    )
    .option("--out <file>", "write to a new file instead of standard output")
    .option("--json", "print what was found as JSON, not a program")
    .addOption(new Option("--language <name>", "of the program").choices(["typescript"]))
    .option("--no-protect", "without `deletionProtection`")
    .action(async (options: Given<ImportOptions>) => {
      const none = { all: false, id: [], set: [], project: [], app: [], json: false };
      end(await importAddons(context, { ...none, ...options }, stackChoice(options)));
    });

  placed(program.command("doctor"))
    .summary("check the set-up")
    .description(
      "Checks what add-ons need: token, account, permissions, request budget, package and versions. Reads only, and prints no secret.",
    )
    .option("--json", "print the checks as JSON")
    .action(async (options: Given<DoctorOptions>) => {
      const none = { project: [], app: [], json: false };
      end(await doctor(context, { ...none, ...options }, stackChoice(options)));
    });

  stacked(program.command("recover"))
    .summary("end what an interrupted run left")
    .description(
      "Compares the stack's pending operations with what is on the platforms, shows what was left, and after a yes runs the Pulumi commands that end it.",
    )
    .argument("[ids...]", "add-ons that a message named, such as my-project/orders")
    .option("--yes", "run the commands without asking")
    .option("--json", "print what was found as JSON, and run nothing")
    .action(async (ids: string[], options: Given<RecoverOptions>) => {
      const none = { yes: false, json: false };
      end(await recover(context, ids, { ...none, ...options }, stackChoice(options)));
    });

  program
    .command("init")
    .summary("write a project with a first add-on")
    .description(
      "Asks what to create and writes a Pulumi project that runs. What the options say is not asked; without a terminal they have to say all. The token comes from the environment or is asked for, is never printed and never written to a file in plain text.",
    )
    .addOption(platformOption())
    .option("--project <id>", "Northflank: the project")
    .option("--team <id>", "Northflank: the team")
    .option("--app <uuid>", "Miget: the app")
    .option("--workspace <uuid>", "Miget: the workspace")
    .option("--type <type>", "of the add-on, such as postgresql (Northflank) or postgres (Miget)")
    .option("--addon-version <version>", "of the database, such as 17-latest or 17")
    .option("--plan <id>", "Northflank: the plan, such as nf-compute-20")
    .option("--memory <MiB>", "Miget: the memory")
    .option("--disk <size>", "Northflank: in MB; Miget: in GiB")
    .option("--name <name>", "of the add-on")
    .option("--dir <folder>", "where to write; the present folder by default")
    .option("--stack <name>", "of the stack; dev by default")
    .option("--yes", "run the commands that prepare the stack, without asking")
    .option("--json", "print what was written and is to be run as JSON, and ask nothing")
    .helpOption("--help")
    .addHelpText("after", exitCodes)
    .action(async (options: Partial<InitOptions>) => {
      end(await init(context, { yes: false, json: false, ...options }));
    });
  return program;
}

function platformOption(): Option {
  return new Option("--platform <name>", "which platform").choices(["miget", "northflank"]);
}

/** The options that say which platform is asked, where and as whom. */
function placed(command: Command): Command {
  return stacked(
    command
      .addOption(platformOption())
      .option("--project <id>", "Northflank: a project; can be repeated", collect)
      .option("--team <id>", "Northflank: the team")
      .option("--app <uuid>", "Miget: an app; can be repeated", collect)
      .option("--workspace <uuid>", "Miget: the workspace"),
  );
}

/** The options that say which stack. */
function stacked(command: Command): Command {
  return command
    .option("--stack <name>", "whose configuration counts; the selected one by default")
    .option("--no-stack", "leave Pulumi's configuration alone")
    .helpOption("--help")
    .addHelpText("after", exitCodes);
}

/** Options as commander gives them: `--no-stack` makes a boolean of `--stack`, and `protect` is always there. */
type Given<O> = Partial<Omit<O, "protect">> &
  Pick<ImportOptions, "protect"> & { readonly stack?: string | boolean };

function stackChoice({ stack }: { readonly stack?: string | boolean }): StackChoice {
  return { wanted: stack !== false, ...(typeof stack === "string" ? { stack } : {}) };
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
