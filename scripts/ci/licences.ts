// Every licence of what users install along with the package has to be one of these.

import { join } from "node:path";
import * as t from "io-ts";
import satisfies from "spdx-satisfies";
import { decode, nameIn, readLock, runtimeEntries, type Lock } from "./lock";
import { conclude } from "./verdict";

/** SPDX identifiers of licences that let anyone use the package in a closed product too. */
export const allowedLicences = [
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
] as const;

export interface Licensed {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression, as a rule; "none stated" where there is no text at all. */
  readonly licence: string;
  /** Names of the packages that ask for it; the package itself is "". */
  readonly neededBy: readonly string[];
}

const Installed = t.intersection([
  t.type({ name: t.string, version: t.string }),
  t.partial({ license: t.unknown }),
]);

/** What the installed packages say of themselves. */
export function runtimeLicences(lock: Lock = readLock()): Licensed[] {
  return runtimeEntries(lock)
    .map(([path]) => {
      const { name, version, license } = decode(Installed, join(path, "package.json"));
      const licence = typeof license === "string" ? license : "none stated";
      return { name, version, licence, neededBy: neededBy(lock, name) };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function neededBy(lock: Lock, name: string): string[] {
  return [["", lock.packages[""] ?? {}] as const, ...runtimeEntries(lock)]
    .filter(([, { dependencies }]) => dependencies?.[name] !== undefined)
    .map(([path]) => nameIn(path));
}

export function licenceProblems(packages: readonly Licensed[]): string[] {
  return packages
    .filter(({ licence }) => !isAllowed(licence))
    .map(({ name, version, licence }) => `${name} ${version}: licence ${licence} is not allowed`);
}

function isAllowed(licence: string): boolean {
  try {
    return satisfies(licence, [...allowedLicences]);
  } catch {
    return false; // not an SPDX expression: "SEE LICENSE IN …", or nothing
  }
}

if (require.main === module) {
  const packages = runtimeLicences();
  conclude({
    problems: licenceProblems(packages),
    notes: packages.map(({ name, version, licence }) => `${name} ${version}: ${licence}`),
  });
}
