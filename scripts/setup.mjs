// Brings a fresh or outdated checkout to where everything runs: dependencies, build, Pulumi CLI.
// Says nothing when nothing is to be done.
//
//   --no-cli   leave the Pulumi CLI out
//   --rebuild  compile even if dist is up to date

import { join } from "node:path";
import { build, buildIsNeeded } from "./build.mjs";
import { cliIsKnown, ensureCli } from "./lib/cli-step.mjs";
import { dependenciesInstalled, installDependencies } from "./lib/dependencies.mjs";
import { withLock } from "./lib/lock.mjs";
import { cacheFolder } from "./lib/paths.mjs";

const options = process.argv.slice(2);

const steps = [
  {
    needed: () => !dependenciesInstalled(),
    line: "setup: installing dependencies (npm ci)",
    work: installDependencies,
  },
  {
    needed: () => options.includes("--rebuild") || buildIsNeeded(),
    line: "setup: compiling src to dist",
    work: build,
  },
  {
    needed: () => !options.includes("--no-cli") && !cliIsKnown(),
    line: "setup: looking for the Pulumi CLI",
    work: ensureCli,
  },
];

async function setup() {
  const unknown = options.filter((option) => !["--no-cli", "--rebuild"].includes(option));
  if (unknown.length > 0) throw new Error(`unknown option ${unknown.join(", ")}`);

  // Asked once without the lock, so that the usual case costs next to nothing, and again with it,
  // since another run may have done the work meanwhile.
  if (!steps.some((step) => step.needed())) return;
  const doSteps = async () => {
    for (const step of steps) {
      if (!step.needed()) continue;
      console.log(step.line);
      await step.work();
    }
  };
  await withLock(join(cacheFolder, "setup.lock"), doSteps, (pid) => {
    console.log(`setup: waiting for another setup (process ${pid ?? "unknown"})`);
  });
}

try {
  await setup();
} catch (error) {
  console.error(`setup: ${error.message}`);
  process.exitCode = 1;
}
