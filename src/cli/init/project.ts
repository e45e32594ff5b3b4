import { version } from "../../zz_package";
import { literal, text } from "../import/literal";
import type { ProgramName } from "../import/names";
import type { Props } from "../../fields/values";

/** A file of the project, by its name. */
export type Files = Readonly<Record<string, string>>;

export interface Project {
  /** For Pulumi.yaml and package.json. */
  readonly name: string;
  readonly title: string;
  readonly className: string;
  readonly addon: ProgramName;
  readonly inputs: Props;
  /** The oldest SDK that will do. */
  readonly oldestSdk: string;
}

/** A Pulumi project that runs as soon as its packages are installed. */
export function filesOf(project: Project): Files {
  const { name, title, oldestSdk } = project;
  return {
    "Pulumi.yaml": [
      `name: ${name}`,
      `description: ${JSON.stringify(`Add-ons on ${title}`)}`,
      "runtime:",
      "  name: nodejs",
      "  options:",
      "    packagemanager: npm",
      "",
    ].join("\n"),
    "package.json": json({
      name: name.toLowerCase(),
      private: true,
      main: "index.ts",
      dependencies: {
        "@pulumi/pulumi": `^${oldestSdk}`,
        "pulumi-paas-addons": `^${version}`,
      },
      devDependencies: { "@types/node": "^20", typescript: "^5" },
    }),
    "tsconfig.json": json({
      compilerOptions: {
        strict: true,
        target: "es2022",
        module: "node16",
        moduleResolution: "node16",
        outDir: "bin",
        skipLibCheck: true,
      },
      files: ["index.ts"],
    }),
    ".gitignore": "/bin/\n/node_modules/\n",
    "index.ts": programOf(project),
  };
}

function programOf({ className, addon, inputs }: Project): string {
  const { variable, resource } = addon;
  return [
    `import { ${className} } from "pulumi-paas-addons";`,
    "",
    "// `deletionProtection` keeps `pulumi destroy` from deleting the data. To delete it,",
    "// set that to false, run `pulumi up`, and then `pulumi destroy`.",
    `const ${variable} = new ${className}(${text(resource)}, ${literal({ ...inputs, deletionProtection: true }, "", Number.POSITIVE_INFINITY)});`,
    "",
    `export const url = ${variable}.url;`,
    "",
  ].join("\n");
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
