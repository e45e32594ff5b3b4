import { AsyncLocalStorage } from "node:async_hooks";
import { credentials, Metadata } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** The resource that a call of the engine is about. */
const row = new AsyncLocalStorage<string>();

/** Milliseconds that the engine has to take a line: what is said must not hold up what is done. */
const limit = 2000;

/** Shows lines at the row of the resource that the running call is about. */
export class EngineLog {
  private readonly client: EngineClient;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(address: string) {
    this.client = new EngineClient(address, credentials.createInsecure());
  }

  /** Runs a call; what it says is at the engine before it answers. */
  async about<T>(urn: string, work: () => Promise<T>): Promise<T> {
    try {
      return await row.run(urn, work);
    } finally {
      await this.queue;
    }
  }

  say(line: string): void {
    const [, message] = /^warning: ([^]*)$/u.exec(line) ?? [];
    if (message === undefined) this.send(LogSeverity.INFO, line, row.getStore());
    else this.send(LogSeverity.WARNING, message, row.getStore());
  }

  /** For a state that passes: shown while it lasts, and not kept. */
  status(): (line: string) => void {
    const urn = row.getStore();
    return (line) => this.send(LogSeverity.INFO, line, urn, true);
  }

  debug(line: string): void {
    this.send(LogSeverity.DEBUG, line, row.getStore());
  }

  private send(severity: LogSeverity, message: string, urn = "", ephemeral = false): void {
    const request = new LogRequest();
    request.setSeverity(severity);
    request.setMessage(message);
    request.setUrn(urn);
    request.setEphemeral(ephemeral);
    // One after the other, so that they stay in order.
    this.queue = this.queue.then(
      () =>
        new Promise<void>((resolve) => {
          const options = { deadline: Date.now() + limit };
          this.client.log(request, new Metadata(), options, () => resolve());
        }),
    );
  }
}
