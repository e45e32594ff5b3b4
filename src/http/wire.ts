import http, { type Agent } from "node:http";
import https from "node:https";
import fetch from "node-fetch";
import { getProxyForUrl } from "proxy-from-env";
import type { Transport } from "./transport";

/** node-fetch over agents that keep connections open, through the proxy that the environment names. */
export function wire(maxSockets: number): Transport {
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
