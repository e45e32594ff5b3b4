import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { contractOf, type Platform } from "../../test/contract/contract";
import { parseJson, type JsonObject, type JsonValue } from "../../test/contract/json";
import { nodeFetchTransport, type Transport } from "../../src/http/transport";
import { Anonymiser } from "./anonymise";
import { succeeded, type Exchange } from "./recording";

export interface RecorderOptions {
  readonly platform: Platform;
  /** The platform's own address, such as `https://api.northflank.com/v1`. */
  readonly upstream: string;
  readonly token: string;
  /** Added to every request, such as Miget's workspace. */
  readonly headers: Readonly<Record<string, string>>;
  /** Default: the package's own. */
  readonly transport?: Transport;
}

export interface Reply {
  readonly status: number;
  readonly body: JsonValue | undefined;
}

type Headers = Readonly<Record<string, string>>;

const largest = 10_000_000;
const patience = 120_000;

/** One line of steps, known by a token that is worth nothing elsewhere. */
export class Lane {
  step = "";
  readonly pass = randomBytes(24).toString("hex");

  constructor(
    readonly name: string,
    readonly baseUrl: string,
  ) {}

  /** Sends a request, such as `PATCH /projects/one/addons/two`, with these headers in place of the token. */
  async call(request: string, body?: JsonObject, headers?: Headers): Promise<Reply> {
    const [method = "GET", path = ""] = request.split(" ");
    const response = await fetch(`${this.baseUrl}${path}`, {
      method,
      headers: {
        ...(headers === undefined
          ? { authorization: `Bearer ${this.pass}` }
          : { "x-lane": this.pass, ...headers }),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: parseJson(await response.text()) };
  }
}

/** Stands between the run and the platform and keeps every exchange. Only it knows the real token. */
export class Recorder {
  readonly exchanges: Exchange[] = [];
  readonly anonymiser = new Anonymiser();
  private readonly lanes = new Map<string, Lane>();
  private readonly started = Date.now();
  private readonly transport: Transport;
  private readonly server = createServer((request, response) => {
    this.serve(request, response).catch((error: unknown) => {
      // Without the address, which may be the account's own.
      const reason = error instanceof Error && "code" in error ? String(error.code) : "no answer";
      response.writeHead(502, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: reason }));
    });
  });

  constructor(private readonly options: RecorderOptions) {
    this.transport = options.transport ?? nodeFetchTransport(8);
    // Long steps lie between two requests of a connection, which must not end under the second.
    this.server.keepAliveTimeout = 600_000;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
  }

  lane(name: string): Lane {
    const address = this.server.address();
    if (address === null || typeof address === "string") throw new Error("nothing listens");
    const { pathname } = new URL(this.options.upstream);
    const lane = new Lane(name, `http://127.0.0.1:${address.port}${pathname}`);
    this.lanes.set(lane.pass, lane);
    return lane;
  }

  /** From now on nothing more is sent for the lanes so far. */
  endLanes(): void {
    this.lanes.clear();
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/" } = request;
    const { authorization = "", "x-lane": probe, "x-workspace-id": workspace } = request.headers;
    const lane = this.lanes.get(String(probe ?? authorization.replace(/^Bearer /u, "")));
    if (lane === undefined) {
      response.writeHead(401).end();
      return;
    }
    const { step, name } = lane;
    const at = Date.now() - this.started;
    const body = await text(request);
    const answer = await this.transport(`${new URL(this.options.upstream).origin}${url}`, {
      method,
      headers: {
        accept: "application/json",
        ...(body !== "" && { "content-type": "application/json" }),
        ...this.options.headers,
        ...(workspace !== undefined && { "x-workspace-id": String(workspace) }),
        ...(probe === undefined
          ? { authorization: `Bearer ${this.options.token}` }
          : authorization !== "" && { authorization }),
      },
      ...(body !== "" && { body }),
      redirect: "manual",
      signal: AbortSignal.timeout(patience),
      size: largest,
    });
    const { status } = answer;
    const answered = await answer.text();
    const headers: Record<string, string> = {};
    for (const key of ["content-type", "retry-after", ...rateLimit]) {
      const value = answer.headers.get(key);
      if (value !== null) headers[key] = value;
    }
    const raw = {
      method,
      url,
      body: parseJson(body),
      status,
      headers,
      answer: parseJson(answered),
    };
    this.exchanges.push({ lane: name, step, at, ...this.kept(raw) });
    response.writeHead(status, headers).end(answered);
  }

  /** The exchange as the contract reads it, without what is nobody's business. */
  private kept({ method, url, body, status, headers, answer }: Raw) {
    const { platform } = this.options;
    const contract = contractOf(platform);
    const { pathname: path, searchParams } = new URL(url, "http://localhost");
    const query = Object.fromEntries(searchParams);
    const match = contract.operationFor(method, path);
    const operation = match?.operation.operationId ?? "unknown";
    this.anonymiser.knows(body);
    const request = this.anonymiser.body(operation, 0, body);
    const response = this.anonymiser.body(operation, status, answer);
    // A probe may send what the contract forbids; what a server takes and answers is what counts.
    const violations = match
      ? [
          ...(succeeded({ status }) ? contract.validateRequest({ method, path, query, body }) : []),
          ...contract.validateResponse({ method, path, status, headers, body: answer }),
        ]
      : [`${method} of a path that the contract does not have`];
    return {
      operation,
      method,
      path: match ? this.anonymiser.path(path, match.params) : "/unknown",
      query: Object.fromEntries(
        Object.entries(query).map(([key, value]) => [key, this.anonymiser.text(value)]),
      ),
      status,
      violations,
      ...(request !== undefined && { request }),
      ...(response !== undefined && { response }),
    };
  }
}

interface Raw {
  readonly method: string;
  readonly url: string;
  readonly body: JsonValue | undefined;
  readonly status: number;
  readonly headers: Headers;
  readonly answer: JsonValue | undefined;
}

const rateLimit = ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"];
