import {
  type Connection,
  connectionOf,
  type Endpoint,
  parseUri,
  portOf,
} from "../provider/connection";
import type { Credentials } from "./codecs";

/**
 * The credentials endpoint answers two maps whose keys depend on the add-on's type and whose case
 * has varied. What is known of a type is which key holds its ordinary URI, and its defaults.
 */
interface Engine {
  readonly scheme: string;
  readonly tlsScheme?: string;
  readonly port: number;
  /** Keys of the client URI, the best first. */
  readonly uris: readonly string[];
  readonly username: readonly string[];
  readonly password: readonly string[];
}

const logins = { username: ["USERNAME", "USER"], password: ["PASSWORD"] };

const engines = new Map<string, Engine>(
  Object.entries({
    postgresql: { ...logins, scheme: "postgres", port: 5432, uris: ["POSTGRES_URI"] },
    mysql: { ...logins, scheme: "mysql", port: 3306, uris: ["MYSQL_URI", "MYSQL_CONNECTOR_URI"] },
    mongodb: {
      ...logins,
      scheme: "mongodb",
      port: 27017,
      uris: ["MONGO_SRV", "MONGO_URI", "MONGODB_URI"],
    },
    redis: {
      ...logins,
      scheme: "redis",
      tlsScheme: "rediss",
      port: 6379,
      uris: ["REDIS_MASTER_URL", "REDIS_URI", "REDIS_URL"],
    },
    rabbitmq: {
      ...logins,
      scheme: "amqp",
      tlsScheme: "amqps",
      port: 5672,
      uris: ["AMQP_URI", "AMQP_URL", "RABBITMQ_URI"],
    },
    minio: {
      scheme: "https",
      port: 9000,
      uris: ["MINIO_ENDPOINT", "ENDPOINT", "URL"],
      username: ["ACCESS_KEY", "MINIO_ACCESS_KEY", "ACCESS_KEY_ID", ...logins.username],
      password: ["SECRET_KEY", "MINIO_SECRET_KEY", "SECRET_ACCESS_KEY", ...logins.password],
    },
  }),
);

export interface Details {
  /** Undefined while the add-on does not say how to connect to it. */
  readonly connection: Connection | undefined;
  readonly vars: Record<string, string>;
}

export function detailsOf(type: string, credentials: Credentials): Details {
  const vars = { ...textsOf(credentials.envs), ...textsOf(credentials.secrets) };
  const find = finder(vars);
  const engine = engines.get(type);
  const connection = engine === undefined ? genericOf(vars, find) : knownOf(type, engine, find);
  return { connection, vars };
}

type Find = (...names: string[]) => string | undefined;

/** Looks a value up by any of several names, without regard to case. */
function finder(vars: Record<string, string>): Find {
  const byName = new Map(Object.entries(vars).map(([key, value]) => [key.toUpperCase(), value]));
  return (...names) =>
    names.map((name) => byName.get(name)).find((value) => value !== undefined && value !== "");
}

function knownOf(type: string, engine: Engine, find: Find): Connection | undefined {
  const uri = uriAmong(engine, engine.uris, find);
  const extras = extraUris(engine, find);
  const endpoint = endpointOf(engine, find, uri);
  // A URI that names several hosts, as replica sets do, says more than its parts could.
  const several = uri !== undefined && parseUri(uri) === undefined;
  if (endpoint === undefined) return several && uri.includes("@") ? { uri, ...extras } : undefined;
  const external = externalOf(engine, find, endpoint);
  const connection =
    type === "minio" ? storeOf(endpoint, external) : connectionOf(endpoint, external);
  return { ...connection, ...(several ? { uri } : {}), ...extras };
}

/** The first of these keys that holds a URI, or an address that only lacks the scheme. */
function uriAmong(engine: Engine, names: readonly string[], find: Find): string | undefined {
  const values = names.map((name) => find(name)).filter((value) => value !== undefined);
  const address = values.find((value) => /^[\w.-]+(?::\d+)?$/u.test(value) && value.includes("."));
  return (
    values.find((value) => /^[a-z][a-z0-9+.-]*:\/\/\S+$/iu.test(value)) ??
    (address === undefined ? undefined : `${engine.scheme}://${address}`)
  );
}

function endpointOf(engine: Engine, find: Find, uri: string | undefined): Endpoint | undefined {
  const url = parseUri(uri ?? "");
  const host = url?.host ?? find("HOST");
  const password = find(...engine.password) ?? url?.password;
  if (host === undefined || password === undefined) return undefined;
  const tls = find("TLS_ENABLED") === "true";
  const port = portOf(find("PORT"));
  return {
    scheme: url?.scheme ?? (tls ? (engine.tlsScheme ?? engine.scheme) : engine.scheme),
    // What the URI says of where to connect belongs together; the single keys fill its gaps.
    host,
    port: url === undefined ? (port ?? engine.port) : (url.port ?? (isSrv(url) ? undefined : port)),
    database: find("DATABASE", "DATABASE_NAME", "DB_NAME") ?? url?.database,
    username: find(...engine.username) ?? url?.username,
    password,
    query: url?.query,
  };
}

/** A service record names the port itself. */
function isSrv(url: Endpoint): boolean {
  return url.scheme.endsWith("+srv");
}

/** External keys exist only while external access is on. */
function externalOf(engine: Engine, find: Find, internal: Endpoint): Endpoint | undefined {
  const names = engine.uris.map((name) => `EXTERNAL_${name}`);
  const url = parseUri(uriAmong(engine, names, find) ?? "");
  const host = url?.host ?? find("EXTERNAL_HOST", "EXTERNAL_HOST_PRIMARY");
  if (host === undefined) return undefined;
  const scheme = url?.scheme ?? internal.scheme;
  const port = url?.port ?? portOf(find("EXTERNAL_PORT", "EXTERNAL_PORT_PRIMARY"));
  const query = url?.query ?? internal.query;
  const srv = url !== undefined && isSrv(url);
  return { ...internal, scheme, host, port: srv ? url.port : (port ?? internal.port), query };
}

/** Object storage is addressed without credentials; the keys stand beside the endpoint. */
function storeOf(endpoint: Endpoint, external: Endpoint | undefined): Connection {
  const bare = (from: Endpoint): Endpoint => ({
    scheme: from.scheme,
    host: from.host,
    port: from.port,
  });
  const { username, password } = endpoint;
  return {
    ...connectionOf(bare(endpoint), external === undefined ? undefined : bare(external)),
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
  };
}

function extraUris(engine: Engine, find: Find): Record<string, string> {
  const extras: Record<string, string> = {};
  for (const [name, suffix] of [
    ["adminUri", "_ADMIN"],
    ["readOnlyUri", "_READ"],
    ["readOnlyUri", "_READ_ONLY"],
  ] as const) {
    const value = find(...engine.uris.map((uri) => `${uri}${suffix}`));
    if (value !== undefined) extras[name] = value;
  }
  return extras;
}

/** A type that nothing is known of: the first value that is a URI with credentials, else host and password. */
function genericOf(vars: Record<string, string>, find: Find): Connection | undefined {
  const uris = Object.entries(vars).filter(([key]) => !/^EXTERNAL_|ADMIN|READ/iu.test(key));
  const url = uris
    .map(([, value]) => parseUri(value))
    .find((endpoint) => endpoint?.password !== undefined);
  if (url !== undefined) return connectionOf(url);
  const host = find("HOST");
  if (host === undefined) return undefined;
  const [port, username, password] = [
    portOf(find("PORT")),
    find("USERNAME", "USER"),
    find("PASSWORD"),
  ];
  return {
    host,
    ...(port === undefined ? {} : { port }),
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
  };
}

function textsOf(
  map: Readonly<Record<string, string | number | boolean | null>> | null | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(map ?? {}).flatMap(([key, value]) =>
      value === null ? [] : [[key, String(value)]],
    ),
  );
}
