import { findCli } from "../cli/index";
import { startEmulator } from "../../test/emulator/index";
import { createProject } from "../../test/support/engine";
import { Narrator } from "./narrator";
import { configuration, programs } from "./program";
import { runSteps } from "./steps";

/** Shows what the package does, with the real CLI, against emulators of both APIs on this machine. */
async function main(): Promise<void> {
  const cli = await findCli({ allowBuild: false });
  if (!cli.found) throw new Error(`The demo needs the Pulumi CLI. ${cli.reason}`);
  console.log(
    `Pulumi CLI ${cli.version} (${cli.how}), a state in a temporary folder, and both platforms emulated on this machine.`,
  );

  const emulator = await startEmulator();
  try {
    const project = await createProject({
      language: "typescript",
      program: programs.original,
      config: configuration(emulator),
    });
    try {
      const narrator = new Narrator((line) => console.log(line));
      await runSteps({ project, emulator, narrator });
      console.log(`All as expected: ${narrator.summary()}.`);
    } finally {
      project.dispose();
    }
  } finally {
    await emulator.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
