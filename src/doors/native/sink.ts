import { credentials, Metadata } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import type { Sink } from "../row";

/** Milliseconds that the engine has to take a line: what is said must not hold up what is done. */
const limit = 2000;

/** The engine's log, by messages that are bundled with the plugin. */
export function bundledSink(address: string): Sink {
  const client = new EngineClient(address, credentials.createInsecure());
  return ({ severity, message, urn, ephemeral }) => {
    const request = new LogRequest();
    request.setSeverity(LogSeverity[severity]);
    request.setMessage(message);
    request.setUrn(urn);
    request.setEphemeral(ephemeral);
    return new Promise((resolve, reject) => {
      client.log(request, new Metadata(), { deadline: Date.now() + limit }, (error) => {
        if (error === null) resolve();
        else reject(error);
      });
    });
  };
}
