// Whether programs of every kind find the package's modules and their types, as publint and "are the
// types wrong?" see it, in the very file that would be published.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Problem } from "@arethetypeswrong/core";
import { root } from "./lock";
import { conclude } from "./verdict";

/**
 * What is as it should be: the two provider modules are loaded by the engine's plugin process and by
 * nobody else, so a program compiled with TypeScript's oldest module resolution need not find them.
 */
export function isMeant(problem: Problem): boolean {
  return (
    problem.kind === "NoResolution" &&
    problem.resolutionKind === "node10" &&
    problem.entrypoint.endsWith("/provider")
  );
}

function describeProblem(problem: Problem): string {
  const { kind, ...rest } = problem;
  return `are the types wrong? ${kind}: ${JSON.stringify(rest)}`;
}

async function wrongTypes(tarball: Uint8Array): Promise<string[]> {
  const { checkPackage, createPackageFromTarballData } = await import("@arethetypeswrong/core");
  const result = await checkPackage(createPackageFromTarballData(tarball));
  if (result.types === false) return ["are the types wrong? The package has none"];
  return result.problems.filter((problem) => !isMeant(problem)).map(describeProblem);
}

async function lint(tarball: Uint8Array): Promise<string[]> {
  const { publint } = await import("publint");
  const { formatMessage } = await import("publint/utils");
  const pack = { tarball: new Uint8Array(tarball).buffer };
  const { messages, pkg } = await publint({ pack, strict: true });
  return messages.map((message) => `publint: ${formatMessage(message, pkg) ?? message.code}`);
}

function packed(): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "paas-addons-pack-"));
  try {
    execFileSync("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], {
      cwd: root,
      stdio: "ignore",
      shell: process.platform === "win32",
    });
    const [file = ""] = readdirSync(folder);
    return new Uint8Array(readFileSync(join(folder, file)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const tarball = packed();
  conclude({
    problems: [...(await lint(tarball)), ...(await wrongTypes(tarball))],
    notes: [`the package has ${Math.round(tarball.length / 1024)} kB, packed`],
  });
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
