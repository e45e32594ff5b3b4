import { parseArgs } from "node:util";
import { settings as migetSettings } from "../../src/miget/settings";
import { settings as northflankSettings } from "../../src/northflank/settings";
import { startEmulator, type LoggedRequest } from "./index";

const usage = "npm run emulator -- [--port N] [--provisioning-ms N] [--latency-ms N] [--seed N]";

const help = `Serves both platforms' APIs on this machine, with fake tokens and no databases.

${usage}

  --port N             of both; a free one by default
  --provisioning-ms N  from the creation of an add-on until it serves
  --latency-ms N       before each answer
  --seed N             of ids and passwords
  --help               this text

It prints what to export, and the same as \`pulumi config set\` for the selected stack.
`;

function number(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} needs a number\n${usage}`);
  return value;
}

/** The same settings for a stack. */
function configCommands(env: Readonly<Record<string, string>>): string[] {
  return [migetSettings, northflankSettings].flatMap(({ token, baseUrl }) =>
    [
      { ...token, flag: "--secret " },
      { ...baseUrl, flag: "" },
    ].flatMap(({ key, variables, flag }) => {
      const value = variables.map((name) => env[name]).find((text) => text !== undefined);
      return value === undefined ? [] : [`pulumi config set ${flag}${key} ${value}`];
    }),
  );
}

/** One line per request; bodies and tokens stay out of it. */
function log(request: LoggedRequest): void {
  const { method, path, status, at, fault } = request;
  const outcome = status === 0 ? "no answer" : String(status);
  const note = fault === undefined ? "" : ` (${fault})`;
  process.stdout.write(`${method} ${path} ${outcome} ${Date.now() - at} ms${note}\n`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string" },
      "provisioning-ms": { type: "string" },
      "latency-ms": { type: "string" },
      seed: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help === true) {
    process.stdout.write(help);
    return;
  }
  const port = number("port", values.port);
  const provisioningMs = number("provisioning-ms", values["provisioning-ms"]);
  const latencyMs = number("latency-ms", values["latency-ms"]);
  const seed = number("seed", values.seed);
  const emulator = await startEmulator({
    ...(port !== undefined && { port }),
    ...(provisioningMs !== undefined && { provisioningMs }),
    ...(latencyMs !== undefined && { latencyMs }),
    ...(seed !== undefined && { seed }),
    onServed: log,
  });
  const { miget, northflank } = emulator;
  const lines = [
    ...Object.entries(emulator.env()).map(([name, value]) => `export ${name}=${value}`),
    "# Or, in the folder of a Pulumi project:",
    ...configCommands(emulator.env()),
    `# Miget app: ${miget.defaultApp}`,
    `# Northflank project: ${northflank.defaultProject} (team ${northflank.defaultTeam})`,
    "# Every token here is fake. Ctrl-C ends the emulator.",
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
  const end = () => {
    for (const violation of emulator.violations) process.stderr.write(`violation: ${violation}\n`);
    void emulator.close();
  };
  process.once("SIGINT", end).once("SIGTERM", end);
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(message.includes(usage) ? `${message}\n` : `${message}\n${usage}\n`);
  process.exitCode = 1;
});
