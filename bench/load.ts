import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { listOf, numbersOf, parseRecord, recordAt, textsOf } from "../test/support/json";
import { writeProject } from "../test/support/project-files";
import { removeFolder, temporaryFolder } from "../test/support/temporary";

/** An entry point of the package. */
export const entries = ["program", "miget", "northflank"] as const;
export type Entry = (typeof entries)[number];

/** Milliseconds, a value for each new process. */
export interface LoadFigures {
  /** `@pulumi/pulumi` and the package after it. */
  readonly program: number[];
  /** `@pulumi/pulumi` alone, in the same processes. */
  readonly sdkAlone: number[];
  /** The provider of each platform, as the plugin process loads it. */
  readonly plugin: Readonly<Record<"miget" | "northflank", number[]>>;
  /** The first check after that. */
  readonly firstCheck: Readonly<Record<"miget" | "northflank", number[]>>;
  /** The files that each entry point loads, from the package and its dependencies, without the SDK. */
  readonly modules: Readonly<Record<Entry, readonly string[]>>;
}

const modules = (from: string) =>
  `Object.keys(require.cache).filter((file) => !before.has(file)).map((file) => require("path").relative(process.cwd(), file)${from})`;

/** What the new process does; it prints milliseconds and the files that were loaded. */
const programs: Readonly<Record<Entry, string>> = {
  program: `
    const begin = performance.now();
    require("@pulumi/pulumi");
    const sdk = performance.now();
    const before = new Set(Object.keys(require.cache));
    require("pulumi-paas-addons");
    const end = performance.now();
    console.log(JSON.stringify({
      ms: { sdkAlone: sdk - begin, program: end - begin },
      modules: ${modules("")},
    }));`,
  miget: pluginProgram("miget", {
    appUuid: "00000000-0000-4000-8000-000000000000",
    type: "postgres",
    postgresVersion: "17",
    name: "db-1",
  }),
  northflank: pluginProgram("northflank", {
    projectId: "demo-project",
    type: "postgresql",
    version: "16-latest",
    name: "db-1",
    billing: { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 },
  }),
};

/** The check is that of a preview in which nothing changed. */
function pluginProgram(platform: string, inputs: object): string {
  return `
    const before = new Set(Object.keys(require.cache));
    const begin = performance.now();
    const provider = require("pulumi-paas-addons/${platform}/provider");
    const loaded = performance.now();
    const inputs = ${JSON.stringify(inputs)};
    provider.check(inputs, inputs).then(({ failures }) => {
      const end = performance.now();
      if (failures.length > 0) throw new Error(JSON.stringify(failures));
      console.log(JSON.stringify({
        ms: { plugin: loaded - begin, firstCheck: end - loaded },
        modules: ${modules("")},
      }));
    });`;
}

/** Loads each entry point in so many new processes of their own. */
export async function measureLoading(runs: number): Promise<LoadFigures> {
  const root = temporaryFolder("load");
  try {
    const folder = join(root, "project");
    mkdirSync(folder);
    await writeProject(folder, { program: "" });
    const figures = {
      program: [] as number[],
      sdkAlone: [] as number[],
      plugin: { miget: [] as number[], northflank: [] as number[] },
      firstCheck: { miget: [] as number[], northflank: [] as number[] },
      modules: { program: [] as string[], miget: [] as string[], northflank: [] as string[] },
    };
    for (let run = 0; run < runs; run += 1) {
      for (const entry of entries) {
        const answer = inNewProcess(folder, programs[entry]);
        figures.modules[entry] = textsOf(listOf(answer.modules));
        const ms = numbersOf(recordAt(answer, "ms"));
        if (entry === "program") {
          figures.program.push(ms.program ?? NaN);
          figures.sdkAlone.push(ms.sdkAlone ?? NaN);
        } else {
          figures.plugin[entry].push(ms.plugin ?? NaN);
          figures.firstCheck[entry].push(ms.firstCheck ?? NaN);
        }
      }
    }
    return figures;
  } finally {
    removeFolder(root);
  }
}

function inNewProcess(folder: string, program: string) {
  const output = execFileSync(process.execPath, ["-e", program], {
    cwd: folder,
    env: { PATH: process.env.PATH },
    encoding: "utf8",
  });
  return parseRecord(output, "what the process printed");
}
