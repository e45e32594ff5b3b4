import { wellFormed } from "../http/json";

/**
 * How to connect to an add-on: one shape for all platforms, and a URI that is complete and encoded
 * whatever the platform's own looks like.
 */

export interface Endpoint {
  readonly scheme: string;
  readonly host: string;
  readonly port?: number | undefined;
  readonly database?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Without the question mark. */
  readonly query?: string | undefined;
}

export interface Connection {
  readonly host?: string;
  readonly port?: number;
  readonly database?: string;
  readonly username?: string;
  readonly password?: string;
  readonly uri?: string;
  readonly external?: { readonly host?: string; readonly port?: number; readonly uri?: string };
  readonly [more: string]: unknown;
}

/** The connection of an endpoint, with an external one where there is one. */
export function connectionOf(endpoint: Endpoint, external?: Endpoint): Connection {
  const { database, username, password } = endpoint;
  return {
    ...address(endpoint),
    ...present("database", database),
    ...present("username", username),
    ...present("password", password),
    ...present("external", external === undefined ? undefined : address(external)),
  };
}

function address(endpoint: Endpoint) {
  return { host: endpoint.host, ...present("port", endpoint.port), uri: buildUri(endpoint) };
}

export function buildUri(endpoint: Endpoint): string {
  const { scheme, host, port, database, username, password, query } = endpoint;
  const user = username === undefined || username === "" ? "" : encode(username);
  const secret = password === undefined || password === "" ? "" : `:${encode(password)}`;
  const login = user === "" && secret === "" ? "" : `${user}${secret}@`;
  const bare = host.replace(/^\[(.*)\]$/u, "$1");
  const address = bare.includes(":") ? `[${bare}]` : bare;
  const path = database === undefined || database === "" ? "" : `/${encode(database)}`;
  return `${scheme}://${login}${address}${port === undefined ? "" : `:${port}`}${path}${query === undefined || query === "" ? "" : `?${query}`}`;
}

/** Scheme, credentials, host, port, path and query of a URI whose credentials are encoded. */
const encodedUri =
  /^([a-z][a-z0-9+.-]*):\/\/(?:([^@/?#]*)@)?(\[[^\]]*\]|[^@/?#:,]*)(?::(\d{1,5}))?(?:\/([^?#@]*))?(?:\?([^#]*))?$/iu;
/** The same of one whose password was put in as it is: the last `@` ends the credentials. */
const rawUri =
  /^([a-z][a-z0-9+.-]*):\/\/(?:(.*)@)?(\[[^\]]*\]|[^@/?#:,]*)(?::(\d{1,5}))?(?:\/([^@?#]*))?(?:\?([^@#]*))?$/iu;

/** Reads a connection URI with one host. The first `:` in the credentials ends the user name. */
export function parseUri(text: string): Endpoint | undefined {
  const strict = encodedUri.exec(text.trim());
  // Without credentials, an "@" further on can only be that of a password that was not encoded.
  const isStrict = strict !== null && (strict[2] !== undefined || !text.includes("@"));
  const found = isStrict ? strict : rawUri.exec(text.trim());
  if (found === null) return undefined;
  const [, scheme = "", login, host = "", port, path, query] = found;
  if (host === "") return undefined;
  const colon = login?.indexOf(":") ?? -1;
  const username = login === undefined ? undefined : colon < 0 ? login : login.slice(0, colon);
  const password = login === undefined || colon < 0 ? undefined : login.slice(colon + 1);
  return {
    scheme: scheme.toLowerCase(),
    host: host.replace(/^\[(.*)\]$/u, "$1"),
    port: port === undefined ? undefined : Number(port),
    database: decoded(path),
    username: decoded(username),
    password: decoded(password),
    query: query === "" ? undefined : query,
  };
}

/** A port as number or text; undefined where it is neither. */
export function portOf(value: unknown): number | undefined {
  const port = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof port === "number" && Number.isInteger(port) && port > 0 && port < 65_536
    ? port
    : undefined;
}

function decoded(text: string | undefined): string | undefined {
  if (text === undefined || text === "") return undefined;
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

/** Without the keys whose value is undefined. */
function present<T>(key: string, value: T | undefined): Record<string, T> {
  return value === undefined ? {} : { [key]: value };
}
