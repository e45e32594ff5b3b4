import { readFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem, type } from "node:os";
import { parseRecord, textOf } from "../test/support/json";
import { requireCli } from "../test/support/skip";
import type { Machine } from "./result";

type Described = Omit<Machine, "provisioningSeconds" | "parallel" | "runs" | "repeats" | "minutes">;

/** What the figures were measured on. */
export async function describeMachine(): Promise<Described> {
  const { version } = await requireCli();
  const manifest = require.resolve("@pulumi/pulumi/package.json");
  const pulumiSdk = textOf(parseRecord(readFileSync(manifest, "utf8"), manifest).version);
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    pulumiCli: version,
    pulumiSdk,
    loadAverage: loadavg()[0] ?? 0,
  };
}
