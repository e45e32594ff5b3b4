import type { Agent } from "node:http";

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
    ready ??= load(maxSockets);
    return (await ready)(url, init);
  };
}

async function load(maxSockets: number): Promise<Transport> {
  const [{ default: fetch }, http, https, { getProxyForUrl }] = await Promise.all([
    import("node-fetch"),
    import("node:http"),
    import("node:https"),
    import("proxy-from-env"),
  ]);
  const options = { keepAlive: true, maxSockets, keepAliveMsecs: 15_000 };
  const agents = new Map<string, Agent>();

  async function agentFor(url: string): Promise<Agent> {
    const proxy = getProxyForUrl(url);
    const secure = url.startsWith("https:");
    const key = `${secure ? "https" : "http"} ${proxy}`;
    let agent = agents.get(key);
    if (agent === undefined) {
      if (proxy === "") {
        agent = secure ? new https.Agent(options) : new http.Agent(options);
      } else {
        const { HttpsProxyAgent } = await import("https-proxy-agent");
        agent = new HttpsProxyAgent(proxy, options);
      }
      agents.set(key, agent);
    }
    return agent;
  }

  return async (url, init) => fetch(url, { ...init, agent: await agentFor(url) });
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
