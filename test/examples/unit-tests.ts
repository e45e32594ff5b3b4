import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../support/pack";

export type Framework = "mocha" | "vitest" | "jest";

/** The files of examples/unit-tests that its tests in one framework need, by path. */
export function unitTests(framework: Framework): Record<string, string> {
  const paths = ["index.ts", "mocks.ts", "tsconfig.json", `${framework}/program.test.ts`];
  const folder = join(repository, "examples/unit-tests");
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}
