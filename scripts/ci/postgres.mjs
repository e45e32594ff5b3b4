import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { findPostgres } from "../lib/postgres.mjs";
import { runShown } from "./run-shown.mjs";

const limit = 10 * 60_000;
const apt = ["apt-get", "-y", "-o", "Dpkg::Options::=--force-confold"];

/**
 * Makes sure that there is a PostgreSQL server for the tests with it, where that can be done without
 * asking anybody: as root on Debian. Elsewhere those tests are skipped.
 */
export async function providePostgres(cwd) {
  const present = findPostgres();
  if (present.found) return succeed(`found in ${present.bin}`);
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) {
    return succeed(`not here, so the tests with it are skipped: ${present.reason}`);
  }
  // The tests make clusters of their own; one that starts by itself is of no use.
  mkdirSync("/etc/postgresql-common", { recursive: true });
  const settings = "/etc/postgresql-common/createcluster.conf";
  if (!existsSync(settings)) writeFileSync(settings, "create_main_cluster = false\n");
  process.env.DEBIAN_FRONTEND = "noninteractive";
  for (const command of [
    [...apt, "update"],
    [...apt, "install", "--no-install-recommends", "postgresql"],
  ]) {
    const result = await runShown(command, { cwd, limit });
    if (result.code !== 0) return result;
  }
  const installed = findPostgres();
  if (installed.found) return succeed(`installed in ${installed.bin}`);
  console.log(`PostgreSQL was installed, but ${installed.reason}`);
  return { code: 1, output: "" };
}

function succeed(line) {
  console.log(`PostgreSQL: ${line}`);
  return { code: 0, output: "" };
}
