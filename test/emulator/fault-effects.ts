import type { ServerResponse } from "node:http";
import type { JsonValue } from "../contract/json";
import type { Clock } from "../../src/http/clock";
import type { Fault, Outgoing } from "./faults";

const BIG_BODY_BYTES = 11 * 1024 * 1024;
const DRIP_PIECES = 8;

/** What a faulty answer is made on. */
export interface Wire {
  readonly response: ServerResponse;
  /** Path and query of the request. */
  readonly target: string;
  readonly clock: Clock;
  /** Aborted when the emulator closes. */
  readonly signal: AbortSignal;
  /** Holds the request without an answer until its socket ends. */
  readonly hang: () => void;
  readonly errorBody: (status: number) => JsonValue;
}

/** True where the fault has answered (or swallowed) the request, which then has no effect. */
export function spoilBefore(fault: Fault, wire: Wire): boolean {
  const { response } = wire;
  switch (fault.kind) {
    case "refused":
      response.socket?.destroy();
      return true;
    case "reset-before":
      response.socket?.resetAndDestroy();
      return true;
    case "hang":
      wire.hang();
      return true;
    case "status":
      sendStatus(fault, wire);
      return true;
    case "html-502":
      response.writeHead(502, { "content-type": "text/html" });
      response.end("<html><body><h1>502 Bad Gateway</h1></body></html>");
      return true;
    case "redirect":
      response.writeHead(fault.status ?? 307, { location: fault.origin + wire.target });
      response.end();
      return true;
    case "reset-after":
    case "hang-after":
    case "status-after":
    case "truncated-json":
    case "wrong-content-type":
    case "empty-204":
    case "big-body":
    case "slow-drip":
    case "stale-list":
    case "forged":
      return false;
  }
}

/** True where the fault has replaced the answer to a request that had its effect. */
export async function spoilAfter(fault: Fault, wire: Wire, answer: Outgoing): Promise<boolean> {
  const { response } = wire;
  switch (fault.kind) {
    case "reset-after":
      response.socket?.resetAndDestroy();
      return true;
    case "hang-after":
      wire.hang();
      return true;
    case "status-after":
      sendStatus(fault, wire);
      return true;
    case "truncated-json": {
      // The length is that of the cut body: only parsing can tell that something is missing.
      const cut = answer.text.slice(0, Math.max(1, Math.floor(answer.text.length / 2)));
      response.writeHead(answer.status === 204 ? 200 : answer.status, answer.headers);
      response.end(cut === "" ? '{"' : cut);
      return true;
    }
    case "wrong-content-type":
      response.writeHead(answer.status, { ...answer.headers, "content-type": "text/html" });
      response.end(answer.text);
      return true;
    case "empty-204":
      response.writeHead(204);
      response.end();
      return true;
    case "big-body":
      response.writeHead(200, { "content-type": "application/json" });
      response.end(`{"data":"${"x".repeat(BIG_BODY_BYTES)}"}`);
      return true;
    case "forged": {
      const forged = fault.forge(answer);
      response.writeHead(forged.status, forged.headers);
      response.end(forged.text);
      return true;
    }
    case "slow-drip":
      await drip(fault.everyMs ?? 1000, wire, answer);
      return true;
    case "refused":
    case "reset-before":
    case "hang":
    case "status":
    case "html-502":
    case "redirect":
    case "stale-list":
      return false;
  }
}

function sendStatus(
  fault: Extract<Fault, { kind: "status" | "status-after" }>,
  { response, errorBody }: Wire,
): void {
  const body = fault.body ?? errorBody(fault.status);
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const type = typeof body === "string" ? "text/plain" : "application/json";
  response.writeHead(fault.status, { "content-type": type, ...fault.headers });
  response.end(text);
}

async function drip(everyMs: number, wire: Wire, answer: Outgoing): Promise<void> {
  const { response, clock, signal } = wire;
  const size = Math.max(1, Math.ceil(answer.text.length / DRIP_PIECES));
  response.writeHead(answer.status, answer.headers);
  response.flushHeaders();
  for (let start = 0; start < answer.text.length; start += size) {
    await clock.sleep(everyMs, signal);
    if (response.destroyed) return;
    response.write(answer.text.slice(start, start + size));
  }
  response.end();
}
