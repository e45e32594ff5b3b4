import { spawnSync } from "node:child_process";

/**
 * `npm run storm -- [seeds]`: 60 add-ons on the real engine while 12 % of all requests fail, once
 * for each of so many seeds. Half a minute each, so it is no part of the tests.
 */
const seeds = process.argv[2] ?? "20";
const { status } = spawnSync(
  process.execPath,
  [
    "--import",
    "tsx",
    "node_modules/mocha/bin/mocha.js",
    "--no-config",
    "--reporter=spec",
    "test/engine/storm.suite.ts",
  ],
  { stdio: "inherit", env: { ...process.env, STORM_SEEDS: seeds } },
);
process.exitCode = status ?? 1;
