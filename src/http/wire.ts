import http, { type Agent } from "node:http";
import https from "node:https";
import fetch from "node-fetch";
import { type Proxy, proxyFor } from "./proxy";
import type { Transport } from "./transport";

/** node-fetch over agents that keep connections open, through the proxy that the environment names. */
export function wire(maxSockets: number): Transport {
  const options = { keepAlive: true, maxSockets, keepAliveMsecs: 15_000 };
  const agents = new Map<string, Agent>();

  async function agentFor(url: string, proxy: Proxy | undefined): Promise<Agent> {
    const secure = url.startsWith("https:");
    const key = `${secure ? "https" : "http"} ${proxy?.url ?? ""}`;
    let agent = agents.get(key);
    if (agent === undefined) {
      if (proxy === undefined) {
        agent = secure ? new https.Agent(options) : new http.Agent(options);
      } else {
        const { HttpsProxyAgent } = await import("https-proxy-agent");
        agent = new HttpsProxyAgent(proxy.url, options);
      }
      agents.set(key, agent);
    }
    return agent;
  }

  return async (url, init) => {
    const proxy = proxyFor(url);
    const agent = await agentFor(url, proxy);
    try {
      return await fetch(url, { ...init, agent });
    } catch (error) {
      // Which of the two could not be reached is not in the error.
      if (proxy !== undefined && error instanceof Error)
        Object.assign(error, { proxyVariable: proxy.variable });
      throw error;
    }
  };
}
