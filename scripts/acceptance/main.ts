import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { findCli } from "../cli/index";
import { accept, sweepAll, type AcceptanceOptions } from "./acceptance";
import { settingsOf } from "./target";

const usage = `npm run acceptance -- --platform northflank --project ID [--team ID] [--plan ID]
npm run acceptance -- --platform miget --app UUID [--workspace ID]

  --yes            do not ask before it begins
  --sweep          only delete what earlier runs have left
  --door NAME      the way to the provider: dynamic
  --out FOLDER     for report, patch and recording; default: acceptance
  --poll-ms N      between two looks at an add-on that is waited for
The token is taken from NORTHFLANK_API_TOKEN or MIGET_API_TOKEN.`;

const minutes = 60_000;

function optionsOf(
  args: readonly string[],
  signal: AbortSignal,
): AcceptanceOptions & { sweep: boolean } {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      platform: text,
      project: text,
      team: text,
      plan: text,
      app: text,
      workspace: text,
      door: text,
      out: text,
      "poll-ms": text,
      yes: flag,
      sweep: flag,
    },
  });
  const { platform } = values;
  if (platform !== "northflank" && platform !== "miget")
    throw new Error(`--platform must be northflank or miget.\n${usage}`);
  const home = platform === "miget" ? values.app : values.project;
  if (home === undefined)
    throw new Error(`--${platform === "miget" ? "app" : "project"} is missing.\n${usage}`);
  const settings = settingsOf[platform];
  const first = (names: readonly string[]) =>
    names.map((name) => process.env[name]).find((value) => value !== undefined && value !== "");
  const token = first(settings.token.variables);
  if (token === undefined)
    throw new Error(`There is no token in ${settings.token.variables.join(" or ")}.`);
  const { workspace = platform === "miget" ? process.env.MIGET_WORKSPACE_ID : undefined } = values;
  return {
    target: { platform, home, team: values.team, plan: values.plan },
    token,
    baseUrl: first(settings.baseUrl.variables),
    headers: workspace === undefined ? {} : { "x-workspace-id": workspace },
    folder: values.out ?? "acceptance",
    door: values.door ?? "dynamic",
    pollMs: Number(values["poll-ms"] ?? 10_000),
    limitMs: 40 * minutes,
    now: new Date(),
    signal,
    tell: (line) => console.log(line),
    agrees: async (question) => {
      console.log(question);
      return values.yes || (await ask("Go on? Type yes: ")) === "yes";
    },
    sweep: values.sweep,
  };
}

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

/** Ctrl-C ends the step that is under way, and what was made is deleted; a second one ends that too. */
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

async function main(): Promise<void> {
  const signal = interruption();
  const options = optionsOf(process.argv.slice(2), signal);
  if (options.sweep) {
    const deleted = await sweepAll(options);
    console.log(
      deleted === undefined
        ? "Nothing was deleted."
        : `Deleted: ${deleted.join(", ") || "nothing, there was nothing"}.`,
    );
    return;
  }
  const cli = await findCli({ allowBuild: false });
  if (!cli.found) throw new Error(`This needs the Pulumi CLI. ${cli.reason}`);
  const items = await accept(options);
  if (items === undefined) {
    console.log("Nothing was made.");
    return;
  }
  const contradicted = items.filter(({ verdict }) => verdict === "contradicted");
  for (const { about, detail } of contradicted) console.log(`CONTRADICTED ${about}: ${detail}`);
  const count = (verdict: string) => items.filter((item) => item.verdict === verdict).length;
  console.log(
    `${count("confirmed")} confirmed, ${contradicted.length} contradicted, ${count("open")} open; see ${options.folder}.`,
  );
  process.exitCode = signal.aborted ? 130 : contradicted.length > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
