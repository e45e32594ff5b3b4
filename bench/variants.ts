import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";
import { DEFAULT_PROJECT } from "../test/emulator/index";
import type { ProjectFiles } from "../test/support/project-files";

/** This package, a provider written the ordinary way, and the same program without any provider. */
export const variants = ["ours", "ordinary", "floor"] as const;
export type Variant = (typeof variants)[number];

const args = {
  projectId: DEFAULT_PROJECT,
  type: "postgresql",
  version: "16-latest",
  billing: { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 },
};

/** The project of a variant whose program has so many add-ons, or components in their place. */
export function projectFiles(variant: Variant, addons: number): ProjectFiles {
  switch (variant) {
    case "ours":
      return { program: program("pulumi-paas-addons", addons) };
    case "ordinary":
      return {
        program: program("./northflank-addon", addons),
        package: "none",
        files: { "northflank-addon.js": ordinaryProvider() },
      };
    case "floor":
      return { program: floor(addons), package: "none" };
  }
}

function program(module: string, addons: number): string {
  return [
    `const { NorthflankAddon } = require(${JSON.stringify(module)});`,
    `const args = ${JSON.stringify(args)};`,
    `for (let index = 0; index < ${addons}; index += 1) {`,
    "  const name = `db-${index}`;",
    "  new NorthflankAddon(name, { name, ...args });",
    "}",
  ].join("\n");
}

function floor(addons: number): string {
  return [
    `const pulumi = require("@pulumi/pulumi");`,
    `for (let index = 0; index < ${addons}; index += 1) {`,
    "  new pulumi.ComponentResource(`bench:Component`, `db-${index}`);",
    "}",
  ].join("\n");
}

/** Compiled as the package is, so that no variant compiles TypeScript while it is measured. */
function ordinaryProvider(): string {
  const source = readFileSync(join(__dirname, "ordinary/northflank-addon.ts"), "utf8");
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2021 };
  return transpileModule(source, { compilerOptions }).outputText;
}
