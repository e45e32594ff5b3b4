import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { assembleModules } from "./assemble";
import type { JsonRecord } from "./json";
import { packOnce } from "./pack";

/** Every project and stack has the same name: each is alone in its backend. */
export const projectName = "test";
export const stackName = "dev";

export type Language = "javascript" | "typescript" | "esm";

/** Where the package of a project has its provider plugin, for Pulumi.yaml. */
export const plugins = {
  providers: [{ name: "paas-addons", path: "node_modules/pulumi-paas-addons/plugin" }],
};

export interface ProjectFiles {
  /** The text of the program. */
  readonly program: string;
  /** Default `javascript`: CommonJS, which starts fastest. `typescript` goes through the SDK. */
  readonly language?: Language;
  /** The package to install: the packed one (default), none, or an unpacked one in a folder. */
  readonly package?: "packed" | "none" | { readonly folder: string };
  /** As npm (`flat`, default) or as pnpm lays it out. */
  readonly layout?: "flat" | "isolated";
  /** Other files of the project, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Further entries of Pulumi.yaml, or others in their place. */
  readonly settings?: JsonRecord;
  /** Further options of the nodejs runtime in Pulumi.yaml, such as `nodeargs`. */
  readonly runtimeOptions?: Readonly<Record<string, string | boolean>>;
}

/** Writes a Pulumi project as a user would have it after installing its dependencies. */
export async function writeProject(folder: string, project: ProjectFiles): Promise<void> {
  const language = project.language ?? "javascript";
  const options = { typescript: language === "typescript", ...project.runtimeOptions };
  const settings = {
    name: projectName,
    main: programFile(language),
    runtime: { name: "nodejs", options },
    ...project.settings,
  };
  // JSON is YAML too.
  write(folder, "Pulumi.yaml", JSON.stringify(settings));
  const manifest = {
    name: "program",
    private: true,
    main: programFile(language),
    ...(language === "esm" ? { type: "module" } : {}),
    dependencies: { "@pulumi/pulumi": "*", "pulumi-paas-addons": "*" },
  };
  write(folder, "package.json", JSON.stringify(manifest));
  if (language === "typescript") write(folder, "tsconfig.json", typescriptSettings);
  write(folder, programFile(language), project.program);
  for (const [path, text] of Object.entries(project.files ?? {})) write(folder, path, text);

  const chosen = project.package ?? "packed";
  const packages =
    chosen === "none" ? [] : [chosen === "packed" ? (await packOnce()).folder : chosen.folder];
  const also = ["@pulumi/pulumi", ...(language === "typescript" ? ["@types/node"] : [])];
  assembleModules(folder, { packages, also, layout: project.layout ?? "flat" });
}

export function programFile(language: Language): string {
  return language === "typescript" ? "index.ts" : "index.js";
}

// What `pulumi new typescript` writes.
const typescriptSettings = JSON.stringify({
  compilerOptions: {
    strict: true,
    target: "es2020",
    module: "commonjs",
    moduleResolution: "node",
    forceConsistentCasingInFileNames: true,
  },
  files: ["index.ts"],
});

export function write(folder: string, path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
