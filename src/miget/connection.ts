import {
  type Connection,
  connectionOf,
  type Endpoint,
  parseUri,
  portOf,
} from "../provider/connection";
import type { AddonBody } from "./codecs";

const engines = new Map(
  Object.entries({
    postgres: { scheme: "postgres", port: 5432, alias: "DATABASE_URL" },
    mysql: { scheme: "mysql", port: 3306, alias: "DATABASE_URL" },
    valkey: { scheme: "redis", port: 6379, alias: "REDIS_URL" },
  }),
);

export interface Details {
  /** Undefined while a database does not say how to connect to it. */
  readonly connection?: Connection;
  readonly vars: Record<string, string>;
  /** What is to be expected and not there yet. */
  readonly missing?: string;
}

/**
 * Connection and variables from whichever the platform fills: `connection_details`, `var`, or both.
 * `isExternal`: public access is on.
 */
export function detailsOf(body: AddonBody, isExternal = false): Details {
  const engine = engines.get(body.type);
  const given = textsIn(body.var);
  if (engine === undefined) return { connection: {}, vars: given };
  const variable = uriIn(given, body);
  const endpoint = internalOf(body, engine, variable);
  if (endpoint === undefined) return { vars: given, missing: "connection data" };
  const external = externalOf(body, endpoint);
  const connection = connectionOf(endpoint, external);
  const vars = Object.keys(given).length > 0 ? given : variablesOf(body, connection);
  // Where only variables are shown, no external address can be.
  const isShown = (body.connection_details?.internal?.connection_url ?? "") !== "";
  const isMissing = isExternal && isShown && external === undefined;
  return { connection, vars, ...(isMissing ? { missing: "the external address" } : {}) };
}

/** Whether the database can be reached from the internet; undefined while nothing tells. */
export function isPublic(body: AddonBody): boolean | undefined {
  const details = body.connection_details;
  if ((details?.internal?.hostname ?? details?.internal?.connection_url ?? "") === "")
    return undefined;
  return (details?.external?.external_connection_url ?? "") !== "";
}

function internalOf(
  body: AddonBody,
  engine: { scheme: string; port: number },
  variable: Endpoint | undefined,
): Endpoint | undefined {
  const internal = body.connection_details?.internal;
  const url = parseUri(internal?.connection_url ?? "") ?? variable;
  const host = filled(internal?.hostname) ?? url?.host;
  const password = filled(internal?.password) ?? url?.password;
  if (host === undefined || password === undefined) return undefined;
  return {
    scheme: url?.scheme ?? engine.scheme,
    host,
    port: portOf(internal?.port) ?? url?.port ?? engine.port,
    database: filled(internal?.database) ?? url?.database,
    username: filled(internal?.username) ?? url?.username,
    password,
    query: url?.query,
  };
}

function externalOf(body: AddonBody, internal: Endpoint): Endpoint | undefined {
  const url = parseUri(body.connection_details?.external?.external_connection_url ?? "");
  if (url === undefined) return undefined;
  const { username, password, database } = internal;
  // The parts that the internal address states on their own are surer than those cut from a URL.
  return {
    ...url,
    username: username ?? url.username,
    password: password ?? url.password,
    database: url.database ?? database,
  };
}

/**
 * The variables that the platform gives the app: the server's name in capitals, which may not be known,
 * and an alias, which a volume has not.
 */
export function variableNames({
  name,
  type,
}: AddonBody): readonly [own: string | undefined, alias: string | undefined] {
  const own = `${(name ?? "").toUpperCase().replaceAll("-", "_")}_URL`;
  return [own === "_URL" ? undefined : own, engines.get(type)?.alias];
}

function variablesOf(body: AddonBody, { uri }: Connection): Record<string, string> {
  if (uri === undefined) return {};
  const names = variableNames(body).filter((name) => name !== undefined);
  return Object.fromEntries(names.map((name) => [name, uri]));
}

function uriIn(vars: Record<string, string>, body: AddonBody): Endpoint | undefined {
  const named = variableNames(body).map((name) => vars[name ?? ""]);
  const values = [...named, ...Object.values(vars)];
  return values
    .map((value) => parseUri(value ?? ""))
    .find((endpoint) => endpoint?.password !== undefined);
}

function textsIn(
  record: Readonly<Record<string, unknown>> | null | undefined,
): Record<string, string> {
  const entries = Object.entries(record ?? {}).flatMap(([key, value]) => {
    const text =
      typeof value === "string"
        ? value
        : typeof value === "number" || typeof value === "boolean"
          ? String(value)
          : undefined;
    return text === undefined ? [] : [[key, text] as const];
  });
  return Object.fromEntries(entries);
}

function filled(text: string | null | undefined): string | undefined {
  return text === null || text === "" ? undefined : text;
}
