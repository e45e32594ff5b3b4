// Writes the tables of README.md from the sources. With --check it changes nothing and fails if they
// are out of date.

import { writeFileSync } from "node:fs";
import { readmeFile, readReadme, renderReadme } from "./readme";

async function main(options: readonly string[]): Promise<void> {
  const present = readReadme();
  const wanted = await renderReadme(present);
  if (present === wanted) return;
  if (options.includes("--check")) throw new Error("README.md is out of date: run npm run docs");
  writeFileSync(readmeFile, wanted);
  console.log("README.md is updated");
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
