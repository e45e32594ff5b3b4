// Runs all checks, shows their output as it comes, and ends with the line "N passed, N failed".
// Each test counts as one, and so does each other check. A question that the registry did not answer
// counts as neither and has a question mark in the list.

import { root } from "../lib/paths.mjs";
import { countAnswered, countOne, countTests, markOf } from "./counts.mjs";
import { providePostgres } from "./postgres.mjs";
import { runShown } from "./run-shown.mjs";

/** Title, command, limit in minutes, and how its outcome is counted. */
const checks = [
  ["setup", "node scripts/setup.mjs", 60],
  ["PostgreSQL for the tests", () => providePostgres(root)],
  ["unit tests", "npm run test:unit", 10, countTests],
  ["lint", "npm run lint", 10],
  ["format", "npm run format:check", 10],
  ["types", "npm run typecheck", 10],
  ["packaging", "npm run packaging", 5],
  ["public API", "npm run api:check", 5],
  ["unused code", "npm run unused", 5],
  ["lock file", "npm run lockfile", 5],
  ["licences", "npm run licences", 5],
  ["install scripts", "npm run install-scripts", 5],
  ["advisories", "npm run advisories", 10, countAnswered],
  ["signatures", "npm run signatures", 10, countAnswered],
  ["platform tests", "npm run test:platforms", 20, countTests],
  ["engine tests", "npm run test:engine", 40, countTests],
  ["docs site", "npm run site", 10],
  ["bench", "npm run bench -- --short", 20],
  ["storm", "npm run storm", 40, countTests],
  ["consumers", "npm run consumers", 40, countTests],
  ["acceptance", "npm run acceptance:emulator", 20, countTests],
  ["demo", "npm run demo", 20],
];

const lines = [];
let passed = 0;
let failed = 0;
for (const [title, work, minutes, count = countOne] of checks) {
  console.log(`\n== ${title}`);
  const started = Date.now();
  let outcome;
  try {
    const limit = minutes * 60_000;
    outcome =
      typeof work === "string"
        ? await runShown(work.split(" "), { cwd: root, limit })
        : await work();
  } catch (error) {
    console.log(error.message);
    outcome = { code: 1, output: "" };
  }
  const counted = count(outcome);
  passed += counted.passed;
  failed += counted.failed;
  const seconds = Math.round((Date.now() - started) / 1000);
  lines.push(`${markOf(counted)} ${title} (${seconds} s)`);
}

console.log(`\n${lines.join("\n")}\n`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
