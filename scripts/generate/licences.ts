import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseRecord, recordAt, textOf } from "../../test/support/json";
import { code, table } from "./table";

const lockFile = join(__dirname, "../../package-lock.json");

/** The page on the licences of what users install along with the package, from the lock file. */
export function renderLicences(): string {
  const lock = parseRecord(readFileSync(lockFile, "utf8"), lockFile);
  const rows = Object.entries(recordAt(lock, "packages"))
    .map(([path, entry]) => ({ path, ...recordAt(entry) }) as const)
    .filter((entry) => entry.path !== "" && !("dev" in entry))
    .map((entry) => [
      code(entry.path.replace(/^.*node_modules\//u, "")),
      textOf(recordAt(entry).version),
      textOf(recordAt(entry).license),
    ]);
  return `<!-- Written by \`npm run generate\` from package-lock.json. -->

# Licences

pulumi-paas-addons is under the [MIT licence](../LICENSE) and contains no code of others. npm installs these ${rows.length} packages along with it, or later versions within their ranges:

${table(["Package", "Version", "Licence"], rows)}

${code("@pulumi/pulumi")}, which your Pulumi project already has, is under Apache-2.0.
`;
}
