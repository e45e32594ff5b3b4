import {
  type Connection,
  connectionOf,
  type Endpoint,
  parseUri,
  portOf,
} from "../lifecycle/connection";
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

const engines: Readonly<Record<string, Engine>> = {
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
};

export interface Details {
  /** Undefined while the add-on does not say how to connect to it. */
  readonly connection: Connection | undefined;
  readonly vars: Record<string, string>;
}

export function detailsOf(type: string, credentials: Credentials): Details {
  const vars = { ...textsOf(credentials.envs), ...textsOf(credentials.secrets) };
  const find = finder(vars);
  const engine = engines[type];
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
  const uri = find(...engine.uris);
  const endpoint = endpointOf(engine, find, uri);
  if (endpoint === undefined) return undefined;
  const external = externalOf(engine, find, endpoint);
  const connection =
    type === "minio" ? storeOf(endpoint, external) : connectionOf(endpoint, external);
  // A URI that names several hosts, as replica sets do, says more than its parts could.
  const several = uri !== undefined && parseUri(uri) === undefined ? { uri } : {};
  return { ...connection, ...several, ...extraUris(engine, find) };
}

function endpointOf(engine: Engine, find: Find, uri: string | undefined): Endpoint | undefined {
  const url = parseUri(uri ?? "");
  const host = find("HOST") ?? url?.host;
  const password = find(...engine.password) ?? url?.password;
  if (host === undefined || password === undefined) return undefined;
  const tls = find("TLS_ENABLED") === "true";
  const scheme = tls ? (engine.tlsScheme ?? engine.scheme) : engine.scheme;
  return {
    scheme: url?.scheme ?? scheme,
    // What the URI says of where to connect belongs together; the single keys fill its gaps.
    host: url?.host ?? host,
    port:
      url === undefined
        ? (portOf(find("PORT")) ?? engine.port)
        : (url.port ?? (isSrv(url) ? undefined : portOf(find("PORT")))),
    database: find("DATABASE", "DATABASE_NAME", "DB_NAME") ?? url?.database,
    username: find(...engine.username) ?? url?.username,
    password,
    query: url?.query,
  };
}

function isSrv(url: Endpoint): boolean {
  return url.scheme.endsWith("+srv");
}

/** External keys exist only while external access is on. */
function externalOf(engine: Engine, find: Find, internal: Endpoint): Endpoint | undefined {
  const url = parseUri(find(...engine.uris.map((name) => `EXTERNAL_${name}`)) ?? "");
  const host = url?.host ?? find("EXTERNAL_HOST", "EXTERNAL_HOST_PRIMARY");
  if (host === undefined) return undefined;
  const port = url?.port ?? portOf(find("EXTERNAL_PORT", "EXTERNAL_PORT_PRIMARY"));
  return {
    ...internal,
    scheme: url?.scheme ?? internal.scheme,
    host,
    port: port ?? internal.port,
    query: url?.query ?? internal.query,
  };
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
  const uris = Object.entries(vars).filter(([key]) => !key.toUpperCase().startsWith("EXTERNAL_"));
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
  map: Readonly<Record<string, string | number | boolean | null>> | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(map ?? {}).flatMap(([key, value]) =>
      value === null ? [] : [[key, String(value)]],
    ),
  );
}
