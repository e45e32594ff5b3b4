import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { render, write } from "../../scripts/docs/documents";
import type { Saved } from "../result";
import { figuresFile, repositoryPath } from "./figures";

/** Keeps the figures, and writes the page and the plot that show them. */
export async function saveFigures(saved: Saved): Promise<void> {
  const file = repositoryPath(figuresFile);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(saved, undefined, 2)}\n`);
  for (const shown of ["docs/performance.md", "docs/performance.svg"]) {
    write(shown, await render(shown));
  }
}
