import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";
import { DEFAULT_PROJECT } from "../test/emulator/index";
import { plugins, type ProjectFiles } from "../test/support/project-files";

/** What is measured, in the order in which it is shown. */
export const variants = {
  /** This package's dynamic resources. */
  ours: { title: "This package", words: "this package", colour: "#1f6feb" },
  /** The same classes over its provider plugin. */
  native: { title: "Plugin", words: "its provider plugin", colour: "#1a7f37" },
  /** A provider written the ordinary way. */
  ordinary: { title: "Ordinary", words: "ordinary provider", colour: "#d1570a" },
  /** The same program without any provider. */
  floor: { title: "Floor", words: "no provider", colour: "#6e7781" },
} as const;
export type Variant = keyof typeof variants;
export const allVariants = Object.keys(variants) as Variant[];

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
    case "native":
      return { program: program("pulumi-paas-addons/native", addons), settings: { plugins } };
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
