import { startEmulator, type Emulator, type EmulatorOptions } from "../emulator/index";
import { startPluginHost, type CreateResult, type PluginHost } from "../support/plugin-host";
import type { JsonRecord } from "../support/json";
import type { PlatformCase } from "./platforms";

const quick = { provisioningMs: 200, credentialsDelayMs: 50, deletionMs: 50, actionMs: 50 };

export interface Bench {
  readonly emulator: Emulator;
  readonly host: PluginHost;
}

/** The plugin process with one provider, and the emulated platforms. */
export function benchFor(platform: PlatformCase, options: EmulatorOptions = {}): () => Bench {
  let bench: Bench | undefined;
  before(async () => {
    const emulator = await startEmulator({ ...quick, ...options });
    const host = await startPluginHost({ loader: platform.loader, env: emulator.env() });
    bench = { emulator, host };
  });
  after(async () => {
    await bench?.host.stop();
    await bench?.emulator.close();
  });
  return () => {
    if (bench === undefined) throw new Error("there is no plugin before the tests");
    return bench;
  };
}

/** What a creation gave; fails the test with its message if it did not succeed. */
export function created(result: CreateResult): { id: string; properties: JsonRecord } {
  if (result.kind !== "created") throw new Error(`not created: ${result.message}`);
  return result;
}

/** As the engine does: checked inputs go into the creation. */
export async function create(
  { host }: Bench,
  inputs: JsonRecord,
): Promise<{ id: string; properties: JsonRecord }> {
  const checked = await host.check({}, inputs);
  if (checked.failures.length > 0) throw new Error(JSON.stringify(checked.failures));
  return created(await host.create(checked.inputs));
}

/** The message of a call that has to fail. */
export async function messageOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("the call has succeeded");
}
