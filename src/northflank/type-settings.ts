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

/** A part of `typeSpecificSettings`. The guide says of some that they are fixed at creation. */
function setting(
  name: string,
  doc: string,
  valueCodec: Row["codec"],
  type: string,
  fixed: boolean,
): Row {
  return {
    doc,
    type,
    codec: valueCodec,
    ...(fixed
      ? {
          change: "replace" as const,
          replaceReason: "the setting is fixed when the add-on is created",
        }
      : {
          change: "update" as const,
          step: "settings",
          ...(type === "boolean" ? { whenRemoved: false } : {}),
        }),
    api: `typeSpecificSettings.${name}`,
    observe: (entity) => entity.typeSpecificSettings[name],
  };
}

/** The rows of `typeSpecificSettings`: what only one database type has. */
export const typeSettings = {
  "typeSpecificSettings.redisMaxMemoryPolicy": setting(
    "redisMaxMemoryPolicy",
    "What Redis drops when its memory is full.",
    codec.oneOf(...redisPolicies),
    redisPolicies.map((policy) => JSON.stringify(policy)).join(" | "),
    true,
  ),
  "typeSpecificSettings.redisSentinelEnabled": setting(
    "redisSentinelEnabled",
    "Redis Sentinel; needs 3 replicas or more.",
    codec.flag,
    "boolean",
    true,
  ),
  "typeSpecificSettings.postgresqlWalLevel": setting(
    "postgresqlWalLevel",
    "PostgreSQL's WAL level.",
    codec.oneOf("replica", "logical"),
    '"replica" | "logical"',
    true,
  ),
  "typeSpecificSettings.postgresqlSupabaseMode": setting(
    "postgresqlSupabaseMode",
    "Supabase's extensions.",
    codec.flag,
    "boolean",
    true,
  ),
  "typeSpecificSettings.postgresqlEdbMode": setting(
    "postgresqlEdbMode",
    "EDB mode; PostgreSQL 18 or newer.",
    codec.flag,
    "boolean",
    true,
  ),
  "typeSpecificSettings.postgresqlConnectionPoolerEnabled": setting(
    "postgresqlConnectionPoolerEnabled",
    "Connection pooler.",
    codec.flag,
    "boolean",
    false,
  ),
  "typeSpecificSettings.postgresqlConnectionPoolerReplicas": setting(
    "postgresqlConnectionPoolerReplicas",
    "Replicas of the pooler.",
    codec.whole("", 1),
    "integer",
    false,
  ),
  "typeSpecificSettings.postgresqlReadConnectionPoolerEnabled": setting(
    "postgresqlReadConnectionPoolerEnabled",
    "Connection pooler for reads.",
    codec.flag,
    "boolean",
    false,
  ),
  "typeSpecificSettings.postgresqlReadConnectionPoolerReplicas": setting(
    "postgresqlReadConnectionPoolerReplicas",
    "Replicas of the pooler for reads.",
    codec.whole("", 1),
    "integer",
    false,
  ),
  "typeSpecificSettings.postgresqlImportMode": setting(
    "postgresqlImportMode",
    "Import mode.",
    codec.flag,
    "boolean",
    false,
  ),
  "typeSpecificSettings.mysqlHaModeEnabled": setting(
    "mysqlHaModeEnabled",
    "MySQL high availability; needs 3 replicas.",
    codec.flag,
    "boolean",
    true,
  ),
  "typeSpecificSettings.mysqlHaRouterEnabled": setting(
    "mysqlHaRouterEnabled",
    "MySQL router.",
    codec.flag,
    "boolean",
    false,
  ),
  "typeSpecificSettings.mysqlRouterReplicas": setting(
    "mysqlRouterReplicas",
    "Replicas of the MySQL router.",
    codec.whole("", 1),
    "integer",
    false,
  ),
} as const satisfies FieldTable<RemoteNorthflankAddon>;
