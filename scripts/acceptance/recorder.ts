import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Platform } from "../../test/contract/contract";
import { nodeFetchTransport, type Transport } from "../../src/http/transport";
import { Anonymiser } from "./anonymise";
import { read, type Exchange } from "./exchange";

export interface RecorderOptions {
  readonly platform: Platform;
  /** The platform's own address, such as `https://api.northflank.com/v1`. */
  readonly upstream: string;
  readonly token: string;
  /** Added to every request, such as Miget's workspace. */
  readonly headers: Readonly<Record<string, string>>;
}

const largest = 10_000_000;
const patience = 120_000;

/**
 * Stands between the CLI and the platform, and keeps every exchange. The real token is only known here:
 * whoever asks must show the one of this run, which is worth nothing elsewhere.
 */
export class Recorder {
  readonly exchanges: Exchange[] = [];
  readonly anonymiser = new Anonymiser();
  readonly pass = randomBytes(24).toString("hex");
  step = "";
  private readonly started = Date.now();
  private readonly transport: Transport = nodeFetchTransport(8);
  private readonly server = createServer((request, response) => {
    this.serve(request, response).catch((error: unknown) => {
      response.writeHead(502, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: reasonOf(error) }));
    });
  });

  constructor(private readonly options: RecorderOptions) {}

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
  }

  /** Where the platform is to be found, seen from here. */
  get baseUrl(): string {
    const { pathname } = new URL(this.options.upstream);
    return `http://127.0.0.1:${addressOf(this.server.address()).port}${pathname}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { platform, upstream, token, headers } = this.options;
    const { step } = this;
    const { method = "GET", url: target = "/" } = request;
    const { authorization = "" } = request.headers;
    const isKnown = authorization === `Bearer ${this.pass}`;
    // A probe may ask without a token; a foreign process may not ask with ours.
    if (!isKnown && request.headers["x-probe"] === undefined) {
      response.writeHead(401).end();
      return;
    }
    const at = Date.now() - this.started;
    const requestText = await textOf(request);
    const answer = await this.transport(`${new URL(upstream).origin}${target}`, {
      method,
      headers: {
        accept: "application/json",
        ...(requestText !== "" && { "content-type": "application/json" }),
        ...headers,
        ...(isKnown && { authorization: `Bearer ${token}` }),
      },
      ...(requestText !== "" && { body: requestText }),
      redirect: "manual",
      signal: AbortSignal.timeout(patience),
      size: largest,
    });
    const responseText = await answer.text();
    const kept = Object.fromEntries(
      [
        "content-type",
        "retry-after",
        "x-ratelimit-limit",
        "x-ratelimit-remaining",
        "x-ratelimit-reset",
      ]
        .map((name) => [name, answer.headers.get(name)] as const)
        .filter((entry): entry is [string, string] => entry[1] !== null),
    );
    const { status } = answer;
    this.keep(
      step,
      at,
      { method, target, requestText, status, headers: kept, responseText },
      platform,
    );
    response.writeHead(status, kept).end(responseText);
  }

  private keep(
    step: string,
    at: number,
    raw: Parameters<typeof read>[1],
    platform: Platform,
  ): void {
    const { params, ...exchange } = read(platform, raw);
    const { operation, status } = exchange;
    this.anonymiser.knows(exchange.request);
    const request = this.anonymiser.body(operation, 0, exchange.request);
    const response = this.anonymiser.body(operation, status, exchange.response);
    this.exchanges.push({
      step,
      at,
      ...exchange,
      path: this.anonymiser.path(exchange.path, params),
      ...(request !== undefined && { request }),
      ...(response !== undefined && { response }),
    });
  }
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === "string")
    throw new Error("the recorder does not listen");
  return address;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/** Without the address, which may be the account's own. */
function reasonOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "no answer";
}
