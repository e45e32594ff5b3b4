// Runs all checks, shows their output as it comes, and ends with the line "N passed, N failed".
// A test counts as one, and so does every other check; one that could not look counts as neither,
// and has a question mark in the list.

import { root } from "../lib/paths.mjs";
import { countOne, countTests, markOf } from "./counts.mjs";
import { packagingProblems } from "./packaging.mjs";
import { providePostgres } from "./postgres.mjs";
import { runShown } from "./run-shown.mjs";

const minute = 60_000;

const checks = [
  { title: "setup", command: ["node", "scripts/setup.mjs"], limit: 60 * minute },
  { title: "PostgreSQL for the tests", work: () => providePostgres(root) },
  { title: "tests", command: ["npm", "test"], limit: 40 * minute, count: countTests },
  { title: "lint", command: ["npm", "run", "lint"], limit: 10 * minute },
  { title: "format", command: ["npm", "run", "format:check"], limit: 10 * minute },
  { title: "types", command: ["npm", "run", "typecheck"], limit: 10 * minute },
  { title: "packaging", work: checkPackaging },
  { title: "entry points", command: script("entry-points"), limit: 5 * minute },
  { title: "public API", command: ["npm", "run", "api:check"], limit: 5 * minute },
  { title: "unused code", command: ["npm", "run", "unused"], limit: 5 * minute },
  { title: "lock file", command: script("lock-file"), limit: 5 * minute },
  { title: "licences", command: script("licences"), limit: 5 * minute },
  { title: "advisories", command: script("audit", "advisories"), limit: 10 * minute },
  { title: "signatures", command: script("audit", "signatures"), limit: 10 * minute },
  { title: "docs site", command: ["npm", "run", "site"], limit: 10 * minute },
  { title: "bench", command: ["npm", "run", "bench", "--", "--short"], limit: 20 * minute },
  { title: "storm", command: ["npm", "run", "storm"], limit: 40 * minute, count: countTests },
  { title: "soak", command: ["npm", "run", "soak", "--", "--minutes", "2"], limit: 20 * minute },
  {
    title: "consumers",
    command: ["npm", "run", "consumers"],
    limit: 40 * minute,
    count: countTests,
  },
  { title: "demo", command: ["npm", "run", "demo"], limit: 20 * minute },
];

function script(name, ...args) {
  return ["node", "--import", "tsx", `scripts/ci/${name}.ts`, ...args];
}

async function checkPackaging() {
  const problems = await packagingProblems();
  for (const problem of problems) console.log(problem);
  return { code: problems.length === 0 ? 0 : 1, output: "" };
}

const lines = [];
let passed = 0;
let failed = 0;
for (const { title, command, limit, work, count = countOne } of checks) {
  console.log(`\n== ${title}`);
  const started = Date.now();
  let result;
  try {
    result = command ? await runShown(command, { cwd: root, limit }) : await work();
  } catch (error) {
    console.log(error.message);
    result = { code: 1, output: "" };
  }
  const counted = count(result);
  passed += counted.passed;
  failed += counted.failed;
  const seconds = Math.round((Date.now() - started) / 1000);
  lines.push(`${markOf(counted)} ${title} (${seconds} s)`);
}

console.log(`\n${lines.join("\n")}\n`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
