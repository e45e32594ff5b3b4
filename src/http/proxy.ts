import { getProxyForUrl } from "proxy-from-env";
import { isLoopback } from "./loopback";

export interface Proxy {
  readonly url: string;
  /** The environment variable that names it. */
  readonly variable: string;
}

/** An environment variable names a proxy that cannot be used. Never holds its value: that may have a password. */
export class ProxyError extends Error {
  readonly code = "ERR_PROXY";
}

/** The proxy for a URL; none for this machine's own addresses, and for those that NO_PROXY excepts. */
export function proxyFor(target: string, env: NodeJS.ProcessEnv = process.env): Proxy | undefined {
  const url = new URL(target);
  if (isLoopback(url) || getProxyForUrl(target) === "") return undefined;
  const scheme = url.protocol.slice(0, -1);
  // The order in which proxy-from-env looks, whose NO_PROXY it is.
  const variable = [
    `npm_config_${scheme}_proxy`,
    `${scheme}_proxy`,
    "npm_config_proxy",
    "all_proxy",
  ]
    .flatMap((name) => [name, name.toUpperCase()])
    .find((name) => (env[name] ?? "") !== "");
  const value = variable === undefined ? undefined : env[variable];
  if (variable === undefined || value === undefined) return undefined;
  return { url: checked(value.trim(), variable), variable };
}

function checked(value: string, variable: string): string {
  const text = value.includes("://") ? value : `http://${value}`;
  const scheme = text.slice(0, text.indexOf(":")).toLowerCase();
  if (scheme.startsWith("socks")) {
    throw new ProxyError(`${variable} names a SOCKS proxy, and only HTTP proxies can be used`);
  }
  if (!["http", "https"].includes(scheme) || !URL.canParse(text)) {
    throw new ProxyError(`${variable} is not the URL of a proxy`);
  }
  return text;
}
