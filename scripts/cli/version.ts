import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The oldest CLI that honours what the providers return from read; see peerDependencies. */
export const oldestVersion = "3.216.0";

/** The version that is downloaded or built, as the Go module that builds it says. */
export function wantedVersion(): string {
  const file = join(__dirname, "engine", "go.mod");
  const match = /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\d+\.\d+\.\d+)/.exec(
    readFileSync(file, "utf8"),
  );
  if (match?.[1] === undefined) throw new Error(`no Pulumi version in ${file}`);
  return match[1];
}

/** The version in the output of `pulumi version`, or undefined. */
export function parseVersion(output: string): string | undefined {
  return /\bv?(\d+\.\d+\.\d+)\b/.exec(output)?.[1];
}

export function isAtLeast(version: string, oldest: string): boolean {
  const have = version.split(".").map(Number);
  const want = oldest.split(".").map(Number);
  for (const [index, wanted] of want.entries()) {
    const part = have[index] ?? 0;
    if (part !== wanted) return part > wanted;
  }
  return true;
}
