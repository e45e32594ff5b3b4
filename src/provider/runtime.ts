import { noticingSleep, systemClock } from "../http/clock";
import { maxInFlight, nodeFetchTransport, UnderWay } from "../http/transport";
import { engineAddress, systemSigns, watchEngine } from "./engine-watch";
import { memoryJournal } from "./journal";
import type { Runtime } from "./kind";
import { fileJournal } from "./run-folder";

let runtime: Runtime | undefined;

/** What a door knows of the engine better than this process can find out. */
interface Door {
  readonly address: string | undefined;
  readonly log: (line: string) => void;
}

/** The dynamic door: the engine shows what its plugin prints under the stack. */
const printing = () => ({
  address: engineAddress(process.argv),
  log: (line: string) => console.log(line),
});

/** The real world; one for all providers of this process. */
export function systemRuntime(door?: Door): Runtime {
  runtime ??= makeRuntime(door ?? printing());
  return runtime;
}

function makeRuntime({ address, log }: Door): Runtime {
  const requests = new UnderWay(nodeFetchTransport(maxInFlight));
  // What was sent before the engine was gone may end; then nothing is left to do here.
  const signs = systemSigns(address);
  const engine = watchEngine(signs, () => requests.whenNone(() => process.exit()));
  return {
    clock: noticingSleep(systemClock),
    random: Math.random,
    transport: requests.transport,
    env: process.env,
    log,
    isAbandoned: engine.isGone,
    journal: address === undefined ? memoryJournal() : fileJournal(address),
  };
}
