import type { ConsumerOptions } from "../support/consumer";
import { commonjsProgram, moduleProgram, observer, vendoredTypeScript } from "./programs";

/** A way to write and load a program. */
export interface Way {
  readonly title: string;
  readonly file: string;
  readonly program: string;
  readonly project?: Omit<ConsumerOptions, "files">;
  /** Of Node, before the file. */
  readonly arguments: readonly string[];
}

const observed = ["--require", "./observe.cjs"];
const tsx = ["--import", require.resolve("tsx")];

export const ways: readonly Way[] = [
  { title: "CommonJS", file: "index.js", program: commonjsProgram, arguments: observed },
  {
    title: "CommonJS, laid out by pnpm",
    file: "index.js",
    program: commonjsProgram,
    project: { layout: "isolated" },
    arguments: observed,
  },
  { title: "an ES module", file: "index.mjs", program: moduleProgram, arguments: observed },
  {
    title: "an ES module by its package",
    file: "index.js",
    program: moduleProgram,
    project: { type: "module" },
    arguments: observed,
  },
  {
    title: "TypeScript through tsx",
    file: "index.ts",
    program: moduleProgram,
    arguments: [...observed, ...tsx],
  },
  {
    title: "an ES module in TypeScript through tsx",
    file: "index.ts",
    program: moduleProgram,
    project: { type: "module" },
    arguments: [...observed, ...tsx],
  },
  {
    title: "TypeScript through the SDK's own ts-node and TypeScript 3.8",
    file: "index.ts",
    program: moduleProgram,
    arguments: [...observed, "--require", "./typescript.cjs"],
  },
];

export function filesOf({ file, program }: Way): Record<string, string> {
  return { [file]: program, "observe.cjs": observer, "typescript.cjs": vendoredTypeScript };
}
