#!/usr/bin/env node
import { runCommandLine } from "./command-line";
import { systemContext } from "./context";

// The reader may have seen enough, as `head` does.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

// Not process.exit: what was printed may still be on its way into a pipe.
void runCommandLine(systemContext(), process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
