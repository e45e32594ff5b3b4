import { numberAt, objectAt, stringAt, type JsonObject } from "../../contract/json";
import { valueAt } from "../timeline";
import { networkingOf, type Addon, type Secrets } from "./addon";

/**
 * The keys that the database guides name, and the few that others have seen live; the contract's
 * AddonCredentials says which is which. The host is the same from outside: it only resolves there.
 */

const EXTERNAL_PORT = "31000";

export const noSecrets: Secrets = {
  username: "",
  password: "",
  adminUsername: "",
  adminPassword: "",
};

interface Shape {
  readonly secrets: JsonObject;
  readonly envs: JsonObject;
  /** Keys that are there while external access is on. */
  readonly external: JsonObject;
}

interface Facts {
  readonly host: (role: string) => string;
  readonly tls: boolean;
  readonly database: string;
  readonly user: string;
  readonly admin: string;
  readonly secrets: Secrets;
  readonly replicas: number;
  readonly sentinel: boolean;
}

const login = (user: string, password: string) =>
  `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;

const logins = ({ username, password, adminUsername, adminPassword }: Secrets): JsonObject => ({
  USERNAME: username,
  PASSWORD: password,
  ADMIN_USERNAME: adminUsername,
  ADMIN_PASSWORD: adminPassword,
});

function postgresql({ host: at, tls, database, user, admin, secrets }: Facts): Shape {
  const host = at("primary");
  const options = tls ? "?sslmode=require" : "";
  const uri = (who: string, port: string) =>
    `postgresql://${who}@${host}:${port}/${database}${options}`;
  const query = new URLSearchParams({ user: secrets.username, password: secrets.password });
  if (tls) query.set("sslmode", "require");
  return {
    secrets: logins(secrets),
    envs: {
      HOST: host,
      PORT: "5432",
      DATABASE: database,
      TLS_ENABLED: String(tls),
      POSTGRES_URI: uri(user, "5432"),
      POSTGRES_URI_ADMIN: uri(admin, "5432"),
      JDBC_POSTGRES_URI: `jdbc:postgresql://${host}:5432/${database}?${query.toString()}`,
    },
    external: {
      EXTERNAL_PORT_PRIMARY: EXTERNAL_PORT,
      EXTERNAL_POSTGRES_URI: uri(user, EXTERNAL_PORT),
    },
  };
}

/** With several replicas the read node is part of each connection string. */
function mysql({ host: at, tls, database, secrets, replicas, ...facts }: Facts): Shape {
  const [host, read] = [at("primary"), at("read")];
  const servers = (port: string) =>
    replicas > 1 ? `${host}:${port},${read}:${port}` : `${host}:${port}`;
  const pairs = (port: string) =>
    `server=${servers(port)};uid=${secrets.username};password=${secrets.password};database=${database}`;
  const jdbc = (who: string, port: string) => `jdbc:mysql://${who}@${servers(port)}/${database}`;
  const command = `mysql --host=${host} --user=${secrets.username} --password=${secrets.password} ${database}`;
  return {
    secrets: logins(secrets),
    envs: {
      HOST: host,
      ...(replicas > 1 && { HOST_READ: read }),
      PORT: "3306",
      DATABASE: database,
      TLS_ENABLED: String(tls),
      MYSQL_CONNECTOR_URI: pairs("3306"),
      MYSQL_JDBC_URI: jdbc(facts.user, "3306"),
      MYSQL_JDBC_URI_ADMIN: jdbc(facts.admin, "3306"),
      CONNECT_COMMAND: command,
    },
    external: {
      EXTERNAL_PORT_PRIMARY: EXTERNAL_PORT,
      EXTERNAL_MYSQL_CONNECTOR_URI: pairs(EXTERNAL_PORT),
      EXTERNAL_MYSQL_JDBC_URI: jdbc(facts.user, EXTERNAL_PORT),
      EXTERNAL_CONNECT_COMMAND: `${command} --port ${EXTERNAL_PORT}`,
    },
  };
}

function mongodb({ host: at, tls, database, user, admin, secrets, replicas }: Facts): Shape {
  const hosts = Array.from({ length: replicas }, (_, index) => `${at(`mongo-${index}`)}:27017`);
  const uri = (who: string, name: string) =>
    `mongodb://${who}@${hosts.join(",")}/${name}?replicaSet=rs0&authSource=${name}&tls=${tls}`;
  return {
    secrets: logins(secrets),
    envs: {
      HOST: at("mongo-0"),
      PORT: "27017",
      DATABASE: database,
      TLS_ENABLED: String(tls),
      MONGO_SRV: uri(user, database),
      MONGO_SRV_ADMIN: uri(admin, "admin"),
    },
    external: { EXTERNAL_MONGO_SRV: uri(user, database) },
  };
}

/** Sentinel takes the place of all that names a master or a replica. */
function redis({ host: at, tls, secrets, replicas, sentinel }: Facts): Shape {
  const scheme = tls ? "rediss" : "redis";
  const url = (host: string) => `${scheme}://${login("default", secrets.password)}@${host}:6379`;
  const command = (host: string, port: string) =>
    `redis-cli -h ${host} -p ${port}${tls ? " --tls" : ""} -a ${secrets.password}`;
  const [master, watcher] = [at("master"), at("sentinel")];
  const watched = {
    HOST_SENTINEL: watcher,
    PORT_SENTINEL: "26379",
    SENTINEL_GET_MASTER_COMMAND: `${command(watcher, "26379")} sentinel get-master-addr-by-name mymaster`,
  };
  const plain = {
    HOST: master,
    PORT: "6379",
    REDIS_MASTER_URL: url(master),
    ...(replicas > 1 && { REDIS_SLAVE_URL: url(at("slave")) }),
    REDIS_CONNECT_COMMAND: command(master, "6379"),
  };
  return {
    secrets: { PASSWORD: secrets.password },
    envs: { TLS_ENABLED: String(tls), ...(sentinel ? watched : plain) },
    external: sentinel ? {} : { EXTERNAL_REDIS_CONNECT_COMMAND: command(master, "6379") },
  };
}

/** Made public, its strings and ports stay as they are. */
function rabbitmq({ host: at, tls, database, user, admin, secrets }: Facts): Shape {
  const host = at("rabbitmq");
  const uri = (scheme: string, who: string, port: string, path = "") =>
    `${scheme}${tls ? "s" : ""}://${who}@${host}:${port}${path}`;
  const [amqp, mqtt, http] = tls ? ["5671", "8883", "15671"] : ["5672", "1883", "15672"];
  const vhost = `/${database}`;
  return {
    secrets: logins(secrets),
    envs: {
      HOST: host,
      AMQP_PORT: amqp,
      TLS_ENABLED: String(tls),
      AMQP_CONNECTION_STRING: uri("amqp", user, amqp, vhost),
      AMQP_CONNECTION_STRING_ADMIN: uri("amqp", admin, amqp, vhost),
      MQTT_CONNECTION_STRING: uri("mqtt", user, mqtt),
      MANAGEMENT_ENDPOINT: `http${tls ? "s" : ""}://${host}:${http}`,
      RABBITMQ_ADMIN_CMD: `rabbitmqadmin --host=${host} --port=${http} --username=${secrets.adminUsername} --password=${secrets.adminPassword}`,
    },
    external: {},
  };
}

function minio({ host: at, tls, secrets }: Facts): Shape {
  const host = at("minio");
  const endpoint = `${tls ? "https" : "http"}://${host}:9000`;
  const command = (address: string) =>
    `mc alias set addon ${address} ${secrets.username} ${secrets.password}`;
  return {
    secrets: { ACCESS_KEY: secrets.username, SECRET_KEY: secrets.password },
    envs: {
      HOST: host,
      PORT: "9000",
      TLS_ENABLED: String(tls),
      MINIO_ENDPOINT: endpoint,
      MINIO_CONNECT_COMMAND: command(endpoint),
    },
    external: {
      EXTERNAL_MINIO_ENDPOINT: `https://${host}`,
      EXTERNAL_MINIO_CONNECT_COMMAND: command(`https://${host}`),
    },
  };
}

const shapes: Readonly<Record<string, ((facts: Facts) => Shape) | undefined>> = {
  postgresql,
  mysql,
  mongodb,
  redis,
  rabbitmq,
  minio,
};

export type KeyCase = "upper" | "lower" | "camel";

const spellings: Readonly<Record<KeyCase, (key: string) => string>> = {
  upper: (key) => key,
  lower: (key) => key.toLowerCase(),
  camel: (key) =>
    key.toLowerCase().replace(/_([a-z])/gu, (_, letter: string) => letter.toUpperCase()),
};

export interface CredentialOptions {
  readonly keyCase?: KeyCase;
  /** How long after external access is on its keys appear. */
  readonly externalDelayMs?: number;
}

/** Answer of getAddonCredentials: empty until the addon is allocated. */
export function credentials(
  addon: Addon,
  now: number,
  { keyCase = "upper", externalDelayMs = 0 }: CredentialOptions = {},
): JsonObject {
  const shape = shapes[addon.type];
  if (!shape || now < addon.allocatedAt) return { secrets: {}, envs: {} };
  const secrets = valueAt(addon.secrets, now, noSecrets);
  const { tls, external } = networkingOf(addon.input);
  const domain = `${addon.id}--${addon.code}`;
  const keys = shape({
    host: (role) => `${role}.${domain}.addon.example.com`,
    tls,
    database: stringAt(objectAt(addon.input, "customCredentials"), "dbName") ?? `db${addon.code}`,
    user: login(secrets.username, secrets.password),
    admin: login(secrets.adminUsername, secrets.adminPassword),
    secrets,
    replicas: numberAt(objectAt(addon.input, "billing"), "replicas") ?? 1,
    sentinel: objectAt(addon.input, "typeSpecificSettings").redisSentinelEnabled === true,
  });
  const since = addon.exposedAt;
  const shown = external && since !== undefined && now >= since + externalDelayMs;
  const spelt = (object: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(object).map(([key, value]) => [spellings[keyCase](key), value]),
    );
  return {
    secrets: spelt(keys.secrets),
    envs: spelt({ ...keys.envs, ...(shown ? keys.external : {}) }),
  };
}
