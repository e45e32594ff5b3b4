import { startEmulator, type Emulator } from "../../emulator/index";
import { createProject, type EngineProject } from "../../support/engine";
import type { JsonRecord } from "../../support/json";
import { programFile, projectName } from "../../support/project-files";

export interface NativeStack {
  readonly emulator: Emulator;
  readonly project: EngineProject;
}

const quick = { provisioningMs: 200, credentialsDelayMs: 50, deletionMs: 50, actionMs: 50 };

/** Where the package of the project has its plugin. */
const plugins = {
  providers: [{ name: "paas-addons", path: "node_modules/pulumi-paas-addons/plugin" }],
};

/** A project that can use both doors, and the emulated platforms; before and after the tests. */
export function nativeStack(
  settings: JsonRecord = {
    main: programFile("javascript"),
    runtime: { name: "nodejs", options: { typescript: false } },
  },
  env: () => Promise<Readonly<Record<string, string>>> = () => Promise.resolve({}),
): () => NativeStack {
  let stack: NativeStack | undefined;
  before(async () => {
    const more = await env();
    const emulator = await startEmulator(quick);
    const project = await createProject({
      program: "",
      files: { "Pulumi.yaml": JSON.stringify({ name: projectName, ...settings, plugins }) },
      env: { ...emulator.env(), ...more },
    });
    stack = { emulator, project };
  });
  after(async () => {
    stack?.project.dispose();
    await stack?.emulator.close();
  });
  return () => {
    if (stack === undefined) throw new Error("there is no stack before the tests");
    return stack;
  };
}

export { plugins };
