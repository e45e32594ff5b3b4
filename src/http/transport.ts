import type { Agent } from "node:http";

/** Requests to one API that may be under way at once. */
export const maxInFlight = 24;

/** The part of `fetch` that the client needs; node-fetch has it, and so has a test's own. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

export interface FetchInit {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly redirect: "manual";
  readonly signal: AbortSignal;
  /** Bytes after which reading the body fails. */
  readonly size: number;
  readonly agent?: Agent;
}

export interface FetchResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/** Sends one request over a kept-alive connection, through the proxy that the environment names. */
export type Transport = (url: string, init: FetchInit) => Promise<FetchResponse>;

/**
 * node-fetch over keep-alive agents. Everything is loaded at the first request: a preview makes
 * none, and should not pay for them.
 */
export function nodeFetchTransport(maxSockets: number): Transport {
  let ready: Promise<Transport> | undefined;
  return async (url, init) => {
    ready ??= import("./wire.js").then(({ wire }) => wire(maxSockets));
    return (await ready)(url, init);
  };
}

/** A transport of which one can tell when no request is under way. */
export class UnderWay {
  private count = 0;
  private listeners: (() => void)[] = [];

  constructor(private readonly inner: Transport) {}

  readonly transport: Transport = async (url, init) => {
    this.count += 1;
    try {
      return await this.inner(url, init);
    } finally {
      this.count -= 1;
      this.tell();
    }
  };

  /** Calls back as soon as no request waits for its answer. */
  whenNone(listener: () => void): void {
    this.listeners.push(listener);
    this.tell();
  }

  private tell(): void {
    if (this.count === 0) for (const listener of this.listeners.splice(0)) listener();
  }
}
