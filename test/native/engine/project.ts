import { startEmulator, type Emulator } from "../../emulator/index";
import { createProject, type EngineProject } from "../../support/engine";
import type { JsonRecord } from "../../support/json";
import { plugins } from "../../support/project-files";

export interface NativeStack {
  readonly emulator: Emulator;
  readonly project: EngineProject;
}

const quick = { provisioningMs: 200, credentialsDelayMs: 50, deletionMs: 50, actionMs: 50 };

/** A project that can use both doors, and the emulated platforms; before and after the tests. */
export function nativeStack(
  settings: JsonRecord = {},
  env: () => Promise<Readonly<Record<string, string>>> = () => Promise.resolve({}),
): () => NativeStack {
  let stack: NativeStack | undefined;
  before(async () => {
    const more = await env();
    const emulator = await startEmulator(quick);
    const project = await createProject({
      program: "",
      settings: { ...settings, plugins },
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
