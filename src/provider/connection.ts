import { wellFormed } from "../http/json";

/**
 * How to connect to an add-on: one shape for all platforms, and a URI that is complete and encoded
 * whatever the platform's own looks like. Platforms answer values of any length, so every reader here
 * takes time in proportion to it.
 */

export interface Address {
  readonly host: string;
  readonly port?: number | undefined;
}

export interface Endpoint extends Address {
  readonly scheme: string;
  /** The other servers of a replica set. */
  readonly others?: readonly Address[] | undefined;
  readonly database?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Without the question mark. */
  readonly query?: string | undefined;
}

export interface Connection {
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly database?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly uri?: string | undefined;
  readonly external?: Partial<Address> & { readonly uri?: string | undefined };
  readonly [more: string]: unknown;
}

/** The connection of an endpoint, with an external one where there is one. */
export function connectionOf(endpoint: Endpoint, external?: Endpoint): Connection {
  const { database, username, password } = endpoint;
  return {
    ...address(endpoint),
    ...present({ database, username, password }),
    ...(external === undefined ? {} : { external: address(external) }),
  };
}

function address(endpoint: Endpoint) {
  const { host, port } = endpoint;
  return { host, ...present({ port }), uri: buildUri(endpoint) };
}

export function buildUri(endpoint: Endpoint): string {
  const { scheme, others = [], database, username, password, query } = endpoint;
  const user = isFilled(username) ? encode(username) : "";
  const secret = isFilled(password) ? `:${encode(password)}` : "";
  const login = user === "" && secret === "" ? "" : `${user}${secret}@`;
  const hosts = [endpoint, ...others].map(authority).join(",");
  const path = isFilled(database) ? `/${encode(database)}` : "";
  return `${scheme}://${login}${hosts}${path}${isFilled(query) ? `?${query}` : ""}`;
}

function authority({ host, port }: Address): string {
  const bare = host.replace(/^\[(.*)\]$/u, "$1");
  return `${bare.includes(":") ? `[${bare}]` : bare}${port === undefined ? "" : `:${port}`}`;
}

/** Reads a connection URI. The first `:` in the credentials ends the user name. */
export function parseUri(text: string): Endpoint | undefined {
  const trimmed = text.trim();
  const scheme = /^[a-z][a-z0-9+.-]*(?=:\/\/)/iu.exec(trimmed)?.[0];
  if (scheme === undefined) return undefined;
  const rest = trimmed.slice(scheme.length + 3);
  const first = rest.indexOf("@");
  const isEncoded = first < 0 || !/[/?#]/u.test(rest.slice(0, first));
  // A password may have been put in as it is: then the last "@" ends the credentials.
  return (
    (isEncoded ? endpoint(scheme, rest, first) : undefined) ??
    endpoint(scheme, rest, rest.lastIndexOf("@"))
  );
}

/** The endpoint of a URI whose credentials end at an "@", or that has none. */
function endpoint(scheme: string, rest: string, at: number): Endpoint | undefined {
  const found = /^([^/?#@]*)(?:\/([^?#@]*))?(?:\?([^#]*))?$/u.exec(rest.slice(at + 1));
  const [server, ...others] = (found?.[1] ?? "").split(",").map(addressIn);
  if (found === null || server === undefined || !others.every((other) => other !== undefined)) {
    return undefined;
  }
  const login = at < 0 ? undefined : rest.slice(0, at);
  const colon = login?.indexOf(":") ?? -1;
  const query = found[3];
  return {
    scheme: scheme.toLowerCase(),
    host: server.host,
    port: server.port,
    ...(others.length === 0 ? {} : { others }),
    database: decoded(found[2]),
    username: decoded(colon < 0 ? login : login?.slice(0, colon)),
    password: decoded(colon < 0 ? undefined : login?.slice(colon + 1)),
    query: query === "" ? undefined : query,
  };
}

/** `host`, `host:port` or `[2001:db8::1]:port`. */
export function addressIn(text: string): Address | undefined {
  const found = /^(?:\[([^\]]+)\]|([^\s[\]:]+))(?::(\d{1,5}))?$/u.exec(text);
  const host = found?.[1] ?? found?.[2];
  if (host === undefined) return undefined;
  return { host, port: found?.[3] === undefined ? undefined : Number(found[3]) };
}

/** A port as number or text; undefined where it is neither. */
export function portOf(value: unknown): number | undefined {
  const port = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof port === "number" && Number.isInteger(port) && port > 0 && port < 65_536
    ? port
    : undefined;
}

/** Without the members that are undefined. */
export function present<T extends object>(members: T): Partial<T> {
  const given: Partial<T> = { ...members };
  for (const key of Object.keys(given)) {
    if (Reflect.get(given, key) === undefined) Reflect.deleteProperty(given, key);
  }
  return given;
}

function decoded(text: string | undefined): string | undefined {
  if (!isFilled(text)) return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function encode(text: string): string {
  // A lone surrogate has no UTF-8 form, and encodeURIComponent would throw.
  return encodeURIComponent(wellFormed(text));
}

function isFilled(text: string | undefined): text is string {
  return text !== undefined && text !== "";
}
