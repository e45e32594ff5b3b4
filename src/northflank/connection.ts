import {
  buildUri,
  type Connection,
  connectionOf,
  type Endpoint,
  portOf,
  present,
} from "../provider/connection";
import type { Props } from "../fields/values";
import { CredentialMaps, type Credentials } from "./codecs";
import { type Engine, engines, unknownEngine } from "./engines";
import { Keys } from "./keys";

export interface Details {
  /** Undefined where none can be made of what was answered. */
  readonly connection?: Connection;
  /** Both maps that the credentials endpoint answers, merged. */
  readonly vars: Record<string, string>;
  /** What is to be expected and not there yet. */
  readonly missing?: string;
  /** Why no connection can be made, where waiting would not help. */
  readonly warning?: string;
}

/** `isExternal`: external access is on. */
export function detailsOf(type: string, credentials: Credentials, isExternal = false): Details {
  const vars = varsOf(credentials);
  if (Object.keys(vars).length === 0) return { vars, missing: "connection data" };
  const keys = new Keys(vars);
  const known = engines.get(type);
  const engine = known ?? engineIn(keys);
  const sentinel = sentinelIn(keys);
  const endpoint = endpointOf(engine, keys, sentinel !== undefined);
  if (endpoint === undefined) {
    const parts = sentinel === undefined ? undefined : { ...loginOf(engine, keys), sentinel };
    const connection = parts ?? (known === undefined ? partsIn(keys) : undefined);
    if (connection !== undefined) return { vars, connection };
    if (known !== undefined) return { vars, missing: "connection data" };
    return {
      vars,
      warning:
        "no connection can be made of its credentials: none of them is a host or a URI with a password. The output vars has them all.",
    };
  }
  const external = externalOf(engine, keys, endpoint, isExternal);
  const isMissing = isExternal && external === undefined && known !== undefined;
  return {
    vars,
    connection: {
      ...(engine.keysApart === true
        ? storeOf(endpoint, external)
        : connectionOf(endpoint, external)),
      ...extrasOf(keys, endpoint),
      ...present({ sentinel }),
    },
    ...(isMissing ? { missing: "the external address" } : {}),
  };
}

/** Both maps as one, as texts. */
export function varsOf({ envs, secrets }: Credentials): Record<string, string> {
  return { ...textsOf(envs), ...textsOf(secrets) };
}

/** Outputs that the state of the dynamic resources leaves out, since the class makes them of others. */
export function derivedOutputs({ credentials }: Props): Props {
  return CredentialMaps.is(credentials) ? { vars: varsOf(credentials) } : {};
}

/** Keys that are not about the ordinary user's own address inside. */
const special = /EXTERNAL|ADMIN|READ|SLAVE/u;

/** A type that nothing is known of: the first URI with a password is its client URI. */
function engineIn(keys: Keys): Engine {
  const found = keys.uri(new RegExp(`^(?!.*(?:${special.source}))`, "u"));
  return found === undefined ? unknownEngine : { ...unknownEngine, uris: [found.key] };
}

function loginOf(engine: Engine, keys: Keys) {
  return present({
    username: keys.find(...engine.username),
    password: keys.find(...engine.password),
  });
}

/** The address that a client uses. With Sentinel a single host is none: it is asked for the master. */
function endpointOf(engine: Engine, keys: Keys, hasSentinel: boolean): Endpoint | undefined {
  const url = keys.endpoint(engine.uris, engine.scheme);
  const isTls = keys.find("TLS_ENABLED") === "true";
  const scheme = url?.scheme ?? (isTls ? engine.tlsScheme : undefined) ?? engine.scheme;
  const host = url?.host ?? (hasSentinel ? undefined : keys.find("HOST"));
  const { username = url?.username, password = url?.password } = loginOf(engine, keys);
  if (scheme === undefined || host === undefined || password === undefined) return undefined;
  const port = portOf(keys.find(...engine.ports));
  const usual = (isTls ? engine.tlsPort : undefined) ?? engine.port;
  return {
    scheme,
    // What the URI says of where to connect belongs together; the single keys fill its gaps.
    host,
    port: url === undefined ? (port ?? usual) : (url.port ?? (isSrv(url) ? undefined : port)),
    ...(engine.onlyFirstHost === true ? {} : present({ others: url?.others })),
    database: keys.find("DATABASE", "DATABASE_NAME", "DB_NAME", "VHOST") ?? url?.database,
    username,
    password,
    query: url?.query,
  };
}

/** A service record names the port itself. */
function isSrv(url: Endpoint): boolean {
  return url.scheme.endsWith("+srv");
}

function isPortless(engine: Engine, url: Endpoint | undefined): boolean {
  return url !== undefined && (isSrv(url) || engine.keysApart === true);
}

/** Undefined while nothing says, or is bound to say, what the address from outside is. */
function externalOf(
  engine: Engine,
  keys: Keys,
  internal: Endpoint,
  isExternal: boolean,
): Endpoint | undefined {
  const names = engine.uris.flatMap((name) => [`EXTERNAL_${name}`, `${name}_EXTERNAL`]);
  const url = keys.endpoint(names, engine.scheme);
  const host = keys.find("EXTERNAL_HOST", "EXTERNAL_HOST_PRIMARY");
  const port = portOf(keys.find("EXTERNAL_PORT_PRIMARY", "EXTERNAL_PORT"));
  const isSame =
    (engine.external === "same" && keys.some(/EXTERNAL/u)) ||
    (engine.external === "silent" && isExternal);
  if (url === undefined && host === undefined && port === undefined && !isSame) return undefined;
  const { others, ...rest } = internal;
  const address = url ?? { host: host ?? internal.host, ...(host === undefined ? { others } : {}) };
  const isFirst = engine.onlyFirstHost === true;
  return {
    ...rest,
    scheme: url?.scheme ?? internal.scheme,
    host: address.host,
    // A URL of the web without a port means that of its scheme.
    port: url?.port ?? (isPortless(engine, url) ? undefined : (port ?? internal.port)),
    ...(isFirst ? {} : present({ others: address.others })),
    query: url?.query ?? internal.query,
  };
}

function storeOf(endpoint: Endpoint, external: Endpoint | undefined): Connection {
  const bare = ({ scheme, host, port }: Endpoint): Endpoint => ({ scheme, host, port });
  const { username, password } = endpoint;
  return {
    ...connectionOf(bare(endpoint), external === undefined ? undefined : bare(external)),
    ...present({ username, password }),
  };
}

/** Further addresses that some types have. */
function extrasOf(keys: Keys, endpoint: Endpoint) {
  const { scheme } = endpoint;
  const admin = keys.uri(/^(?!.*EXTERNAL).*ADMIN/u, scheme)?.endpoint;
  const read = keys.uri(/^(?!.*(?:EXTERNAL|ADMIN)).*(?:READ|SLAVE)/u, scheme)?.endpoint;
  const host = keys.find("HOST_READ");
  const replica = read ?? (host === undefined ? undefined : { ...endpoint, others: [], host });
  return present({
    adminUri: admin === undefined ? undefined : buildUri(admin),
    readOnlyUri: replica === undefined ? undefined : buildUri(replica),
    managementUrl: keys.find("MANAGEMENT_ENDPOINT"),
  });
}

function sentinelIn(keys: Keys) {
  const host = keys.find("HOST_SENTINEL");
  if (host === undefined) return undefined;
  const command = keys.find("SENTINEL_GET_MASTER_COMMAND") ?? "";
  const masterName = /get-master-addr-by-name\s+["']?([^\s"']+)/iu.exec(command)?.[1];
  return { host, port: portOf(keys.find("PORT_SENTINEL")) ?? 26379, ...present({ masterName }) };
}

/** A type that nothing is known of, without a URI: its host, and what stands beside it. */
function partsIn(keys: Keys): Connection | undefined {
  const host = keys.find("HOST");
  if (host === undefined) return undefined;
  const port = portOf(keys.find("PORT"));
  return { host, ...present({ port }), ...loginOf(unknownEngine, keys) };
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
