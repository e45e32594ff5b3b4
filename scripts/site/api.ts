import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What says nothing to a reader, and what is written instead: the names that Pulumi's pages have. */
const replaced: readonly (readonly [RegExp, string])[] = [
  [/`OutputInstance`/gu, "`Output`"],
  [/`In`\\</gu, "`Input`\\<"],
  // The base class is not exported.
  [/^#+ (?:Extends|Overrides)\n\n.*`AddonResource.*\n+/gmu, ""],
];

/** Rids the pages of the API of what only the sources know. */
export function tidyApi(folder: string): void {
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".md")) continue;
    const path = join(folder, file);
    writeFileSync(path, tidied(readFileSync(path, "utf8")));
  }
}

export function tidied(page: string): string {
  return replaced.reduce((text, [from, to]) => text.replace(from, to), page);
}
