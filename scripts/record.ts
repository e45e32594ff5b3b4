import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startEmulator } from "../test/emulator/index";
import { createProject } from "../test/support/engine";
import { repository } from "../test/support/pack";
import { type Command, loadPty, Terminal, type TerminalOptions } from "../test/support/terminal";
import { textOf } from "../test/support/json";

const folder = join(repository, "site/public/recordings");
const columns = 110;

const program = `
const { MigetAddon, NorthflankAddon } = require("pulumi-paas-addons");
const [appUuid, projectId] = ["00000000-0000-4000-8000-00000000a990", "demo-project"];
const billing = { deploymentPlan: "nf-compute-20", storage: 4096, replicas: 1 };
const orders = new MigetAddon("orders", { appUuid, type: "postgres", postgresVersion: "17" });
new MigetAddon("sessions", { appUuid, type: "valkey", valkeyVersion: "7.2" });
new NorthflankAddon("billing", { projectId, type: "postgresql", version: "17-latest", billing });
new NorthflankAddon("jobs", { projectId, type: "rabbitmq", version: "latest", billing });
new NorthflankAddon("assets", { projectId, type: "minio", version: "latest", billing });
exports.ordersUrl = orders.url;
`;

/** Runs a command in a terminal, and keeps what it shows in asciinema's format. */
async function record(name: string, command: Command, options: Omit<TerminalOptions, "columns">) {
  const pty = await loadPty();
  if ("reason" in pty) throw new Error(pty.reason);
  const begin = Date.now();
  const events: string[] = [];
  const onData = (piece: string) => {
    const text = piece.replaceAll(options.folder, "/home/me/my-addons");
    events.push(JSON.stringify([(Date.now() - begin) / 1000, "o", text]));
  };
  const { lines } = await new Terminal(pty, command, { ...options, columns, onData }).end(180_000);
  const height = Math.min(40, lines.filter(({ text }) => text !== "").length + 4);
  const header = JSON.stringify({ version: 2, width: columns, height, idle_time_limit: 1 });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.cast`), `${[header, ...events].join("\n")}\n`);
}

/** `npm run record`: the recordings of the site, on the emulator. */
async function main(): Promise<void> {
  const emulator = await startEmulator({ provisioningMs: 15_000 });
  const env = emulator.env();
  const project = await createProject({
    program,
    config: {
      "miget:apiToken": { secret: textOf(env.MIGET_API_TOKEN) },
      "miget:baseUrl": textOf(env.MIGET_BASE_URL),
      "northflank:apiToken": { secret: textOf(env.NORTHFLANK_API_TOKEN) },
      "northflank:baseUrl": textOf(env.NORTHFLANK_BASE_URL),
    },
  });
  try {
    const up = project.onTerminal(["up", "--yes"]);
    await record("up", up.command, up);
    const main = "node_modules/pulumi-paas-addons/dist/cli/main.js";
    const args = [
      main,
      "doctor",
      "--platform",
      "northflank",
      "--project",
      "demo",
      "--stack",
      "dev",
    ];
    await record("doctor", { file: process.execPath, args }, up);
  } finally {
    project.dispose();
    await emulator.close();
  }
}

void main();
