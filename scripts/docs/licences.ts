import { allowedLicences, runtimeLicences, type Licensed } from "../ci/licences";
import { code, list, table } from "./table";

/** The page on the licences of what users install along with the package. */
export function renderLicences(): string {
  const packages = runtimeLicences();
  return `<!-- Written by \`npm run docs\` from the installed packages. -->

# Licences

pulumi-paas-addons is under the [MIT licence](../LICENSE). It brings nothing of others inside: npm installs these ${packages.length} packages along with it, or later versions of them that their ranges allow.

${table(["Package", "Version", "Licence", "Needed by"], packages.map(rowOf))}

${code("@pulumi/pulumi")}, which the Pulumi project has itself, is under Apache-2.0.

CI fails if one of them is under another licence than ${list(allowedLicences)}.
`;
}

function rowOf({ name, version, licence, neededBy }: Licensed): string[] {
  const names = neededBy.map((needing) => (needing === "" ? "this package" : code(needing)));
  return [code(name), version, licence, list(names)];
}
