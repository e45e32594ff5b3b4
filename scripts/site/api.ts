import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What says nothing to a reader, and what is written instead. */
const replaced: readonly (readonly [RegExp, string])[] = [
  [/`OutputInstance`/gu, "`Output`"],
  [/`In`\\</gu, "`Input`\\<"],
  // Pulumi's type of the value that comes of an input.
  [/`UnwrappedObject`\\<(\[[^\]]*\]\([^)]*\))\\>/gu, "$1"],
  // A union in several lines begins with its separator.
  [/\\< \\\| /gu, "\\<"],
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

/** A page of the API, which is tables mostly, in words of Pulumi's documentation. */
export function tidied(page: string): string {
  const text = replaced.reduce((written, [from, to]) => written.replace(from, to), page);
  return `---\naside: false\npageClass: wide\n---\n\n${text}`;
}
