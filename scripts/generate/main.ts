// Writes the reference pages from the sources and the texts in pages/.
// With --check it changes nothing and fails if one is out of date.

import { files, read, render, write } from "./documents";

async function main(options: readonly string[]): Promise<void> {
  const outdated: string[] = [];
  for (const file of files) {
    const wanted = await render(file);
    if (read(file) === wanted) continue;
    outdated.push(file);
    if (options.includes("--check")) continue;
    write(file, wanted);
    console.log(`${file} is updated`);
  }
  if (options.includes("--check") && outdated.length > 0) {
    throw new Error(`out of date: ${outdated.join(", ")}. Run npm run generate`);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
