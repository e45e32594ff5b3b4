import { noticingSleep, systemClock } from "../http/clock";
import { maxInFlight, nodeFetchTransport, UnderWay } from "../http/transport";
import { systemSigns, watchEngine } from "./engine-watch";
import { memoryJournal } from "./journal";
import type { Runtime } from "./kind";
import { fileJournal } from "./run-folder";

let runtime: Runtime | undefined;

/** The real world; one for all providers of this process. */
export function systemRuntime(): Runtime {
  runtime ??= makeRuntime();
  return runtime;
}

function makeRuntime(): Runtime {
  const requests = new UnderWay(nodeFetchTransport(maxInFlight));
  // What was sent before the engine was gone may end; then nothing is left to do here.
  const signs = systemSigns();
  const { address } = signs;
  const engine = watchEngine(signs, () => requests.whenNone(() => process.exit()));
  return {
    clock: noticingSleep(systemClock),
    random: Math.random,
    transport: requests.transport,
    env: process.env,
    log: (line) => {
      // The engine shows what the plugin prints under the stack.
      console.log(line);
    },
    isAbandoned: engine.isGone,
    journal: address === undefined ? memoryJournal() : fileJournal(address),
  };
}
