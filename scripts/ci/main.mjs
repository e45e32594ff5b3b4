// Runs all checks, shows their output as it comes, and ends with the line "N passed, N failed".
// A test counts as one, and so does every other check.

import { root } from "../lib/paths.mjs";
import { mochaTotals } from "./mocha-totals.mjs";
import { packagingProblems } from "./packaging.mjs";
import { runShown } from "./run-shown.mjs";

const minute = 60_000;

const checks = [
  { title: "setup", command: ["node", "scripts/setup.mjs"], limit: 60 * minute },
  { title: "tests", command: ["npm", "test"], limit: 40 * minute, count: countTests },
  { title: "lint", command: ["npm", "run", "lint"], limit: 10 * minute },
  { title: "format", command: ["npm", "run", "format:check"], limit: 10 * minute },
  { title: "types", command: ["npm", "run", "typecheck"], limit: 10 * minute },
  { title: "packaging", work: checkPackaging },
  { title: "bench", command: ["npm", "run", "bench", "--", "--short"], limit: 20 * minute },
  { title: "storm", command: ["npm", "run", "storm"], limit: 40 * minute, count: countTests },
  { title: "demo", command: ["npm", "run", "demo"], limit: 20 * minute },
];

function countTests({ code, output }) {
  const totals = mochaTotals(output);
  if (totals.pending > 0) console.log(`${totals.pending} tests were skipped`);
  // Mocha may also die before it has any totals, or fail in a hook of a run without failing tests.
  const failing = code !== 0 && totals.failing === 0 ? 1 : totals.failing;
  return { passed: totals.passing, failed: failing };
}

function countOne({ code }) {
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
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
  const word = counted.failed === 0 ? "ok    " : "FAILED";
  lines.push(`${word} ${title} (${seconds} s)`);
}

console.log(`\n${lines.join("\n")}\n`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
