import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { numbersOf, parseRecord } from "../test/support/json";
import { writeProject } from "../test/support/project-files";
import { removeFolder, temporaryFolder } from "../test/support/temporary";

/** Loads an entry point and counts the files of the package and its dependencies, without the SDK. */
const program = `
  require("@pulumi/pulumi");
  const count = (entry) => {
    const before = Object.keys(require.cache).length;
    require("pulumi-paas-addons" + entry);
    return Object.keys(require.cache).length - before;
  };
  console.log(JSON.stringify({ count: count(process.argv[1]) }));`;

/** How many files each entry point loads in a new process. */
export async function countModules(): Promise<Record<"program" | "miget" | "northflank", number>> {
  const root = temporaryFolder("load");
  try {
    const cwd = join(root, "project");
    mkdirSync(cwd);
    await writeProject(cwd, { program: "" });
    const count = (entry: string) => {
      const options = { cwd, env: { PATH: process.env.PATH }, encoding: "utf8" } as const;
      const output = execFileSync(process.execPath, ["-e", program, entry], options);
      return numbersOf(parseRecord(output, "what the process printed")).count ?? Number.NaN;
    };
    return {
      program: count(""),
      miget: count("/miget/provider"),
      northflank: count("/northflank/provider"),
    };
  } finally {
    removeFolder(root);
  }
}
