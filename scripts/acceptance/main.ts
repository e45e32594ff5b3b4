import { Command, Option } from "commander";
import { terminalPrompts } from "../../src/cli/prompts";
import { workspace } from "../../src/miget/fields";
import type { Platform } from "../../test/contract/contract";
import { requireCli } from "../../test/support/skip";
import { accept, sweepAll, type AcceptanceOptions } from "./acceptance";
import { tryToConnect } from "./connect";
import type { LaneName } from "./steps";
import { settingsOf } from "./target";

interface Given {
  readonly platform: Platform;
  readonly project?: string;
  readonly team?: string;
  readonly plan?: string;
  readonly app?: string;
  readonly workspace?: string;
  readonly doors: "both" | "dynamic" | "native" | "none";
  readonly only?: string;
  readonly out: string;
  readonly pollMs: string;
  readonly yes?: true;
  readonly sweep?: true;
}

const lanes: Readonly<Record<Given["doors"], readonly LaneName[]>> = {
  both: ["dynamic", "native", "calls"],
  dynamic: ["dynamic", "calls"],
  native: ["native", "calls"],
  none: ["calls"],
};

const minutes = 60_000;

const command: Command = new Command("npm run acceptance --")
  .description("Runs the package against a real platform; see docs/acceptance.md.")
  .addOption(new Option("--platform <name>").choices(["northflank", "miget"]).makeOptionMandatory())
  .option("--project <id>", "Northflank: the project to make add-ons in")
  .option("--team <id>", "Northflank: the team, with a token of an organisation")
  .option("--plan <id>", "Northflank: the plan to begin with; default: the cheapest")
  .option("--app <uuid>", "Miget: the app to make add-ons in")
  .option("--workspace <id>", "Miget: the workspace to act in")
  .addOption(
    new Option("--doors <which>", "how the engine reaches the provider; none: calls only, no CLI")
      .choices(Object.keys(lanes))
      .default("both"),
  )
  .option("--only <steps>", "these steps of the lanes, by comma, and what makes and deletes")
  .option("--out <folder>", "for report, patch and recording", "acceptance")
  .option("--poll-ms <n>", "between two looks at an add-on", "10000")
  .option("--yes", "do not ask")
  .option("--sweep", "only delete what earlier runs have left");

/** The first of these variables that is set. */
const environment = (names: readonly string[]) =>
  names.map((name) => process.env[name]).find((value) => value !== undefined && value !== "");

function optionsOf(given: Given, signal: AbortSignal): AcceptanceOptions {
  const { platform, team, plan } = given;
  const home = platform === "miget" ? given.app : given.project;
  if (home === undefined)
    command.error(`error: --${platform === "miget" ? "app" : "project"} is missing`);
  const settings = settingsOf[platform];
  const token = environment(settings.token.variables);
  if (token === undefined)
    command.error(`error: there is no token in ${settings.token.variables.join(" or ")}`);
  const id = given.workspace ?? environment(workspace.variables);
  return {
    target: { platform, home, team, plan },
    token,
    baseUrl: environment(settings.baseUrl.variables),
    headers: platform === "miget" && id !== undefined ? { "x-workspace-id": id } : {},
    lanes: lanes[given.doors],
    only: given.only?.split(","),
    folder: given.out,
    pollMs: Number(given.pollMs),
    limitMs: 40 * minutes,
    now: new Date(),
    signal,
    connect: tryToConnect,
    tell: (line) => console.log(line),
    agrees: async (question) => {
      console.log(question);
      return given.yes === true || (await terminalPrompts.confirm("Go on?"));
    },
  };
}

/** Ctrl-C ends the steps that are under way, and what was made is deleted; a second one ends that too. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(130);
      console.log("Interrupted. Deleting what was made; again to leave it to --sweep.");
      controller.abort();
    });
  }
  return controller.signal;
}

async function run(given: Given): Promise<void> {
  const signal = interruption();
  const options = optionsOf(given, signal);
  if (given.sweep === true) {
    const deleted = (await sweepAll(options)) ?? [];
    console.log(`Deleted: ${deleted.length === 0 ? "nothing" : deleted.join(", ")}.`);
    return;
  }
  if (given.doors !== "none") await requireCli();
  const items = await accept(options);
  if (items === undefined) {
    console.log("Nothing was made.");
    return;
  }
  const of = (verdict: string) => items.filter((item) => item.verdict === verdict);
  for (const { about, detail } of of("contradicted"))
    console.log(`CONTRADICTED ${about}: ${detail}`);
  const counts = [of("confirmed").length, of("contradicted").length, of("open").length] as const;
  console.log(
    `${counts[0]} confirmed, ${counts[1]} contradicted, ${counts[2]} open; see ${given.out}.`,
  );
  process.exitCode = signal.aborted ? 130 : counts[1] > 0 ? 1 : 0;
}

command
  .action(run)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  });
