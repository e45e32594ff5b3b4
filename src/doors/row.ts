import { AsyncLocalStorage } from "node:async_hooks";
import { closeSync, openSync } from "node:fs";
import { createRequire } from "node:module";
import type { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import type { Runtime } from "../provider/kind";

/** The resource that a call of the engine is about. */
const row = new AsyncLocalStorage<string>();

/** Milliseconds that the engine has to take a line: what is said must not hold up what is done. */
const limit = 2000;

type Severity = "DEBUG" | "INFO" | "WARNING";

/** A line for the engine. */
export interface Line {
  readonly severity: Severity;
  readonly message: string;
  /** Empty: about the stack. */
  readonly urn: string;
  /** True for a state that passes: shown while it lasts, and not kept. */
  readonly ephemeral: boolean;
}

/** Takes a line; fails where the engine has not taken it. */
export type Sink = (line: Line) => Promise<void>;

/** Shows lines at the row of the resource that the running call is about. */
export class EngineLog {
  private queue: Promise<unknown> = Promise.resolve();

  /** `fallback`: what takes a line that the engine did not. */
  constructor(
    private readonly sink: Sink,
    private readonly fallback: (line: string) => void,
  ) {}

  /** Runs a call; what it says is at the engine before it answers. */
  async about<T>(urn: unknown, work: () => Promise<T>): Promise<T> {
    try {
      return await row.run(typeof urn === "string" ? urn : "", work);
    } finally {
      await this.queue;
    }
  }

  say(line: string): void {
    const [, warning] = /^warning: ([^]*)$/u.exec(line) ?? [];
    this.send(warning === undefined ? "INFO" : "WARNING", warning ?? line, () => {
      this.fallback(line);
    });
  }

  /** Passing states, which are shown while they last and not kept. */
  statuses(): Required<Pick<Runtime, "status" | "stackStatus" | "hasTerminal">> {
    const show = (line: string) => this.send("INFO", line, undefined, true);
    return {
      status: () => AsyncLocalStorage.bind(show),
      stackStatus: (line) => row.run("", () => show(line)),
      hasTerminal: hasTerminal(),
    };
  }

  debug(line: string): void {
    this.send("DEBUG", line);
  }

  private send(
    severity: Severity,
    message: string,
    onFailure: () => void = () => undefined,
    ephemeral = false,
  ): void {
    const line = { severity, message, urn: row.getStore() ?? "", ephemeral };
    // One after the other, so that they stay in order.
    this.queue = this.queue.then(() => this.sink(line)).catch(onFailure);
  }
}

/** The engine does not say whether it has a terminal; its plugins are in the same session. */
function hasTerminal(): boolean {
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    return process.platform === "win32";
  }
}

/** The engine's own log, loaded with the first line. */
export function engineSink(address: string): Sink {
  let loading: Promise<Engine> | undefined;
  return async ({ severity, message, urn, ephemeral }) => {
    loading ??= connect(address);
    const { client, Request, severities } = await loading;
    const request = new Request();
    request.setSeverity(severities[severity]);
    request.setMessage(message);
    request.setUrn(urn);
    request.setEphemeral(ephemeral);
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("the engine is silent")), limit);
      client.log(request, (error) => {
        clearTimeout(timer);
        if (error === null) resolve();
        else reject(error);
      });
    });
  };
}

interface Engine {
  readonly client: EngineClient;
  readonly Request: typeof LogRequest;
  readonly severities: typeof LogSeverity;
}

async function connect(address: string): Promise<Engine> {
  const { default: service } = await import("@pulumi/pulumi/proto/engine_grpc_pb.js");
  const { default: messages } = await import("@pulumi/pulumi/proto/engine_pb.js");
  // The SDK's own gRPC: with pnpm this package cannot see it.
  const load: (name: string) => unknown = createRequire(
    createRequire(__filename).resolve("@pulumi/pulumi"),
  );
  const grpc = load("@grpc/grpc-js");
  if (!isGrpc(grpc)) throw new Error("the SDK has no gRPC that is known here");
  const client = new service.EngineClient(address, grpc.credentials.createInsecure());
  return { client, Request: messages.LogRequest, severities: messages.LogSeverity };
}

interface Grpc {
  readonly credentials: { createInsecure(): ConstructorParameters<typeof EngineClient>[1] };
}

function isGrpc(value: unknown): value is Grpc {
  return typeof value === "object" && value !== null && "credentials" in value;
}
