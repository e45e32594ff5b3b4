// Writes the pages of the API from the comments in the sources, as typedoc.json says.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Application } from "typedoc";

/** What says nothing to a reader, and what is written instead. */
const replaced = [
  [/`OutputInstance`/gu, "`Output`"],
  [/`In`\\</gu, "`Input`\\<"],
  // Pulumi's type of the value that comes of an input.
  [/`UnwrappedObject`\\<(\[[^\]]*\]\([^)]*\))\\>/gu, "$1"],
  // A union in several lines begins with its separator.
  [/\\< \\\| /gu, "\\<"],
  // The base class is not exported.
  [/^#+ (?:Extends|Overrides)\n\n.*`AddonResource.*\n+/gmu, ""],
];

const app = await Application.bootstrapWithPlugins({ logLevel: "Warn", disableSources: true });
const project = await app.convert();
if (project) {
  app.validate(project);
  await app.generateOutputs(project);
  const folder = app.options.getValue("out");
  const pages = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(".md"));
  for (const page of pages.map((file) => join(folder, file))) {
    const text = readFileSync(page, "utf8");
    writeFileSync(
      page,
      replaced.reduce((written, [from, to]) => written.replace(from, to), text),
    );
  }
}
// A link to nothing, or a type that is missing, is a failure too.
if (!project || app.logger.hasErrors() || app.logger.hasWarnings()) process.exitCode = 1;
