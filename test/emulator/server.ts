import type { IncomingMessage, ServerResponse } from "node:http";
import { contractOf, type Platform } from "../contract/contract";
import { parseJson, type JsonValue } from "../contract/json";
import type { Answer, Call, LoggedRequest, PlatformApi } from "./exchange";
import type { Faults, Fault, Outgoing } from "./faults";
import { spoilAfter, spoilBefore, type Wire } from "./fault-effects";
import type { EmulatorSettings } from "./options";

const DEFAULT_STALE_MS = 10_000;

/** Which platform a path belongs to: both share the port. */
const platformOf = (path: string): Platform | undefined => {
  if (path.startsWith("/api/v1/")) return "miget";
  return path.startsWith("/v1/") ? "northflank" : undefined;
};

const headersOf = (request: IncomingMessage): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : value,
    ]),
  );

/** What goes out, and what of it is judged by the contract. */
const outgoing = (answer: Answer): Outgoing => ({
  status: answer.status,
  headers: {
    ...(answer.body !== undefined && { "content-type": "application/json" }),
    ...answer.headers,
  },
  text: answer.body === undefined ? "" : JSON.stringify(answer.body),
});

const note = (entry: LoggedRequest, response: ServerResponse) => {
  if (response.headersSent) entry.status = response.statusCode;
};

/** Told of each request when it has arrived, and when its answer is out or its connection ended. */
export interface Observer {
  received(request: LoggedRequest): void;
  served(request: LoggedRequest): void;
}

/** Takes requests apart, lets faults strike, asks the platform and judges every exchange. */
export class Exchanges {
  readonly requests: LoggedRequest[] = [];
  readonly violations: string[] = [];
  inFlight = 0;
  hanging = 0;
  private readonly closing = new AbortController();

  constructor(
    private readonly settings: EmulatorSettings,
    private readonly apis: Readonly<Record<Platform, PlatformApi>>,
    private readonly faults: Faults,
    private readonly observer: Observer,
  ) {}

  get closed(): boolean {
    return this.closing.signal.aborted;
  }

  /** Ends what is being waited for. */
  close(): void {
    this.closing.abort(new Error("the emulator is closing"));
  }

  async serve(request: IncomingMessage, response: ServerResponse, text: string): Promise<void> {
    const { clock } = this.settings;
    const url = new URL(request.url ?? "/", "http://emulator");
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    const method = request.method ?? "GET";
    const platform = platformOf(path);
    const match = platform && contractOf(platform).operationFor(method, path);
    const headers = headersOf(request);
    const body = text === "" ? undefined : parseJson(text);
    const entry: LoggedRequest = {
      platform,
      operationId: match?.operation.operationId,
      method,
      path,
      query: Object.fromEntries(url.searchParams),
      body,
      headers: { ...headers, ...(headers.authorization !== undefined && { authorization: "***" }) },
      at: clock.now(),
      status: 0,
    };
    this.requests.push(entry);
    this.count(response, entry);
    this.observer.received(entry);
    const fault = this.faults.take(entry);
    if (fault) entry.fault = fault.kind;
    const wire = this.wire(response, request.url ?? path, platform);
    if (fault?.kind === "refused" && spoilBefore(fault, wire)) return;
    await this.latency(entry);
    this.judgeRequest(entry, headers, body, text);
    if (fault && spoilBefore(fault, wire)) {
      note(entry, response);
      return;
    }
    const answer =
      platform === undefined
        ? { status: 404, body: { error: "Not found" } }
        : this.ask(platform, match && { ...match, headers, body, fault }, entry);
    const sent = outgoing(answer);
    if (fault && (await spoilAfter(fault, wire, sent))) {
      note(entry, response);
      return;
    }
    if (match) this.judgeAnswer(entry, answer, sent);
    entry.status = sent.status;
    response.writeHead(sent.status, sent.headers);
    response.end(sent.text);
  }

  private ask(
    platform: Platform,
    match: (Pick<Call, "operation" | "params" | "headers" | "body"> & FaultHolder) | undefined,
    entry: LoggedRequest,
  ): Answer {
    const api = this.apis[platform];
    const now = this.settings.clock.now();
    if (!match) return api.unknown(now);
    const { fault, ...rest } = match;
    const staleMs =
      fault?.kind === "stale-list" ? (fault.ms ?? DEFAULT_STALE_MS) : this.settings.staleListMs;
    return api.answer({ ...rest, query: entry.query, now, staleMs });
  }

  private judgeRequest(
    entry: LoggedRequest,
    headers: Record<string, string | undefined>,
    body: JsonValue | undefined,
    text: string,
  ): void {
    const { platform, method, path, query } = entry;
    if (text !== "" && body === undefined) {
      this.violations.push(`${method} ${path}: the request's body is no JSON`);
      return;
    }
    const found =
      platform === undefined
        ? [`${method} ${path}: no such operation`]
        : contractOf(platform).validateRequest({ method, path, query, headers, body });
    this.violations.push(...found);
  }

  private judgeAnswer(entry: LoggedRequest, answer: Answer, sent: Outgoing): void {
    const { platform, method, path } = entry;
    if (platform === undefined) return;
    // What went over the wire counts, not what it was made of.
    const body = answer.judged ?? (sent.text === "" ? undefined : parseJson(sent.text));
    const { status, headers } = sent;
    this.violations.push(
      ...contractOf(platform).validateResponse({ method, path, status, headers, body }),
    );
  }

  private latency({ platform, operationId }: LoggedRequest): Promise<void> | undefined {
    const { latencyMs, clock } = this.settings;
    const ms =
      typeof latencyMs === "number" || platform === undefined
        ? latencyMs
        : latencyMs(operationId ?? "", platform);
    return typeof ms === "number" && ms > 0 ? clock.sleep(ms, this.closing.signal) : undefined;
  }

  private count(response: ServerResponse, entry: LoggedRequest): void {
    this.inFlight += 1;
    let open = true;
    const served = () => {
      if (!open) return;
      open = false;
      this.inFlight -= 1;
      note(entry, response);
      this.observer.served(entry);
    };
    // The first is earlier where the answer got out, the second comes in every case.
    response.once("finish", served).once("close", served);
  }

  private wire(response: ServerResponse, target: string, platform: Platform | undefined): Wire {
    return {
      response,
      target,
      clock: this.settings.clock,
      signal: this.closing.signal,
      hang: () => {
        this.hanging += 1;
        response.once("close", () => (this.hanging -= 1));
      },
      errorBody: (status) =>
        platform === "northflank"
          ? { error: { status, message: `Injected ${status}` } }
          : { error: `Injected ${status}` },
    };
  }
}

interface FaultHolder {
  readonly fault: Fault | undefined;
}
