import { engineAddress } from "../../provider/engine-watch";
import type { Runtime } from "../../provider/kind";
import { systemRuntime } from "../../provider/runtime";
import { EngineLog, engineSink } from "../row";

const address = engineAddress(process.argv);
/** The engine shows under the stack what a plugin prints. */
const print = (line: string) => console.log(line);
const log = address === undefined ? undefined : new EngineLog(engineSink(address), print);

/** Runs a call so that what it says is shown at the row of the resource with this URN. */
export function about<T>(urn: unknown, work: () => Promise<T>): Promise<T> {
  return log === undefined ? work() : log.about(urn, work);
}

/** The real world; lines go to the engine's log. */
export function engineRuntime(): Runtime {
  if (log === undefined) return systemRuntime();
  return {
    ...systemRuntime({ address, log: (line) => log.say(line) }),
    ...log.statuses(),
    debug: (line) => log.debug(line),
  };
}
