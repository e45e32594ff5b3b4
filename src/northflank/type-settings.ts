import * as codec from "../fields/codecs";
import type { Field, FieldTable } from "../fields/field";
import type { RemoteNorthflankAddon } from "./codecs";

type Row = Field<RemoteNorthflankAddon>;

/** What Redis can do when its memory is full. */
const redisPolicies = [
  "noeviction",
  "allkeys-lru",
  "allkeys-lfu",
  "volatile-lru",
  "volatile-lfu",
  "allkeys-random",
  "volatile-random",
  "volatile-ttl",
  "volatile-lrm",
  "allkeys-lrm",
];

/** A part of `typeSpecificSettings`, by its name there. */
function setting(name: string, type: string, doc: string, rest: Partial<Row>): Row {
  return {
    doc,
    types: [type],
    codec: codec.flag,
    change: "update",
    step: "settings",
    api: `typeSpecificSettings.${name}`,
    observe: (entity) => entity.typeSpecificSettings[name],
    ...rest,
  };
}

/** The guide says of some that they are fixed. */
function fixed(name: string, type: string, doc: string, valueCodec = codec.flag): Row {
  const replaceReason = "the setting is fixed when the add-on is created";
  return setting(name, type, doc, { codec: valueCodec, change: "replace", replaceReason });
}

const toggle = (name: string, type: string, doc: string) =>
  setting(name, type, doc, { whenRemoved: false });
const count = (name: string, type: string, doc: string) =>
  setting(name, type, doc, { codec: codec.whole("", 1) });

/** The rows of `typeSpecificSettings`: what only one database type has. */
export const typeSettings = {
  "typeSpecificSettings.redisMaxMemoryPolicy": fixed(
    "redisMaxMemoryPolicy",
    "redis",
    "What Redis drops when its memory is full.",
    codec.oneOf(...redisPolicies),
  ),
  "typeSpecificSettings.redisSentinelEnabled": fixed(
    "redisSentinelEnabled",
    "redis",
    "Redis Sentinel; needs 3 replicas or more.",
  ),
  "typeSpecificSettings.postgresqlWalLevel": fixed(
    "postgresqlWalLevel",
    "postgresql",
    "PostgreSQL's WAL level.",
    codec.oneOf("replica", "logical"),
  ),
  "typeSpecificSettings.postgresqlSupabaseMode": fixed(
    "postgresqlSupabaseMode",
    "postgresql",
    "Supabase's extensions.",
  ),
  "typeSpecificSettings.postgresqlEdbMode": fixed(
    "postgresqlEdbMode",
    "postgresql",
    "EDB mode; PostgreSQL 18 or newer.",
  ),
  "typeSpecificSettings.postgresqlConnectionPoolerEnabled": toggle(
    "postgresqlConnectionPoolerEnabled",
    "postgresql",
    "Connection pooler.",
  ),
  "typeSpecificSettings.postgresqlConnectionPoolerReplicas": count(
    "postgresqlConnectionPoolerReplicas",
    "postgresql",
    "Replicas of the pooler.",
  ),
  "typeSpecificSettings.postgresqlReadConnectionPoolerEnabled": toggle(
    "postgresqlReadConnectionPoolerEnabled",
    "postgresql",
    "Connection pooler for reads.",
  ),
  "typeSpecificSettings.postgresqlReadConnectionPoolerReplicas": count(
    "postgresqlReadConnectionPoolerReplicas",
    "postgresql",
    "Replicas of the pooler for reads.",
  ),
  "typeSpecificSettings.postgresqlImportMode": toggle(
    "postgresqlImportMode",
    "postgresql",
    "Import mode.",
  ),
  "typeSpecificSettings.mysqlHaModeEnabled": fixed(
    "mysqlHaModeEnabled",
    "mysql",
    "MySQL high availability; needs 3 replicas.",
  ),
  "typeSpecificSettings.mysqlHaRouterEnabled": toggle(
    "mysqlHaRouterEnabled",
    "mysql",
    "MySQL router.",
  ),
  "typeSpecificSettings.mysqlRouterReplicas": count(
    "mysqlRouterReplicas",
    "mysql",
    "Replicas of the MySQL router.",
  ),
} as const satisfies FieldTable<RemoteNorthflankAddon>;
