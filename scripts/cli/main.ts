// Started by the setup: finds or makes the CLI and writes the answer to the file it is given.

import { writeFileSync } from "node:fs";
import { findCli } from "./index";

async function main(answerFile: string | undefined): Promise<void> {
  const log = (line: string) => {
    console.log(`setup: ${line}`);
  };
  const answer = await findCli({ allowBuild: true, log });
  log(answer.found ? `Pulumi CLI ${answer.version} (${answer.how})` : answer.reason);
  if (answerFile !== undefined) writeFileSync(answerFile, JSON.stringify(answer));
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
