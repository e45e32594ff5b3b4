import { ServerCredentials } from "@grpc/grpc-js";
import { systemRuntime } from "../../provider/runtime";
import { EngineLog } from "../row";
import { providerServer } from "./server";
import { bundledSink } from "./sink";

/** Started by the engine, with its own address as the last argument. */
function main(): void {
  const address = process.argv.slice(2).find((argument) => /^[^\s-]\S*:\d+$/u.test(argument));
  const log =
    address === undefined ? undefined : new EngineLog(bundledSink(address), console.error);
  const system = systemRuntime({
    address,
    log: (line) => (log === undefined ? console.error(line) : log.say(line)),
  });
  const server = providerServer({
    runtime: {
      ...system,
      ...(log === undefined ? {} : { ...log.statuses(), debug: (line: string) => log.debug(line) }),
    },
    about: (urn, work) => (log === undefined ? work() : log.about(urn, work)),
  });
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error === null) console.log(port);
    else {
      console.error(error.message);
      process.exitCode = 1;
    }
  });
}

main();
