import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../lib/run.mjs";

/** What says nothing to a reader, and what is written instead: names that Pulumi's pages have, if any. */
const replaced: readonly (readonly [RegExp, string])[] = [
  [/`OutputInstance`/gu, "`Output`"],
  [/`In`\\</gu, "`Input`\\<"],
  // The base class is not exported.
  [/^#+ (?:Extends|Overrides)\n\n.*`AddonResource.*\n+/gmu, ""],
];

/** Writes the pages of the API, from the comments in the sources. */
export async function writeApi(site: string, sources: string | undefined): Promise<void> {
  const folder = join(site, ".cache/pages/api");
  rmSync(folder, { recursive: true, force: true });
  const links =
    sources === undefined
      ? ["--disableSources"]
      : ["--sourceLinkTemplate", `${sources}/{path}#L{line}`];
  const typedoc = join(site, "node_modules/typedoc/bin/typedoc");
  const args = [typedoc, "--options", join(site, "typedoc.json"), "--logLevel", "Warn", ...links];
  await run(process.execPath, args, { cwd: site, title: "typedoc" });
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".md")) continue;
    const path = join(folder, file);
    const text = readFileSync(path, "utf8");
    writeFileSync(
      path,
      replaced.reduce((page, [from, to]) => page.replace(from, to), text),
    );
  }
}
