// Brings a fresh or outdated checkout to where everything runs: dependencies, build, Pulumi CLI.
// Prints nothing when there is nothing to do.
//
//   --only dependencies | build   go no further than that

import { join } from "node:path";
import { parseArgs } from "node:util";
import { build, buildIsNeeded } from "./build.mjs";
import { cliIsKnown, ensureCli } from "./lib/cli-step.mjs";
import { dependenciesInstalled, installDependencies } from "./lib/dependencies.mjs";
import { withLock } from "./lib/lock.mjs";
import { cacheFolder } from "./lib/paths.mjs";

const steps = {
  dependencies: {
    needed: () => !dependenciesInstalled(),
    line: "setup: installing dependencies (npm ci)",
    work: installDependencies,
  },
  build: { needed: buildIsNeeded, line: "setup: compiling src to dist", work: build },
  cli: { needed: () => !cliIsKnown(), line: "setup: looking for the Pulumi CLI", work: ensureCli },
};

async function setup() {
  const { values } = parseArgs({ options: { only: { type: "string", default: "cli" } } });
  const last = Object.keys(steps).indexOf(values.only);
  if (last < 0) throw new Error(`--only takes ${Object.keys(steps).join(", ")}`);
  const wanted = Object.values(steps).slice(0, last + 1);

  // Asked first without the lock, so that the usual case is quick, and again with it, since another
  // run may have done the work meanwhile.
  if (!wanted.some((step) => step.needed())) return;
  const doSteps = async () => {
    for (const step of wanted) {
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
