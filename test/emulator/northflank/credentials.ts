import { objectAt, stringAt, type JsonObject } from "../../contract/json";
import { valueAt } from "../timeline";
import { networkingOf, type Addon, type Secrets } from "./addon";

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
}

interface Facts {
  readonly host: (role: string) => string;
  readonly external: string | undefined;
  readonly tls: boolean;
  readonly database: string;
  readonly user: string;
  readonly admin: string;
  readonly secrets: Secrets;
  readonly replicated: boolean;
}

const login = (user: string, password: string) =>
  `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;

function postgresql(facts: Facts): Shape {
  const { secrets, database, external, tls } = facts;
  const host = facts.host("primary");
  const options = tls ? "?sslmode=require" : "";
  const uri = (who: string, address: string) =>
    `postgresql://${who}@${address}/${database}${options}`;
  return {
    secrets: {
      USERNAME: secrets.username,
      PASSWORD: secrets.password,
      ADMIN_USERNAME: secrets.adminUsername,
      ADMIN_PASSWORD: secrets.adminPassword,
    },
    envs: {
      HOST: host,
      PORT: "5432",
      DATABASE: database,
      TLS_ENABLED: String(tls),
      POSTGRES_URI: uri(facts.user, `${host}:5432`),
      POSTGRES_URI_ADMIN: uri(facts.admin, `${host}:5432`),
      ...(external !== undefined && {
        EXTERNAL_HOST: external,
        EXTERNAL_PORT_PRIMARY: EXTERNAL_PORT,
        EXTERNAL_POSTGRES_URI: uri(facts.user, `${external}:${EXTERNAL_PORT}`),
        EXTERNAL_POSTGRES_URI_ADMIN: uri(facts.admin, `${external}:${EXTERNAL_PORT}`),
      }),
    },
  };
}

function mysql(facts: Facts): Shape {
  const { secrets, database, external } = facts;
  const host = facts.host("primary");
  const uri = (who: string, address: string) => `mysql://${who}@${address}/${database}`;
  return {
    secrets: {
      USERNAME: secrets.username,
      PASSWORD: secrets.password,
      ROOT_PASSWORD: secrets.adminPassword,
    },
    envs: {
      HOST: host,
      PORT: "3306",
      DATABASE: database,
      TLS_ENABLED: String(facts.tls),
      MYSQL_CONNECTOR_URI: uri(facts.user, `${host}:3306`),
      ...(external !== undefined && {
        EXTERNAL_HOST: external,
        EXTERNAL_PORT,
        EXTERNAL_MYSQL_CONNECTOR_URI: uri(facts.user, `${external}:${EXTERNAL_PORT}`),
      }),
    },
  };
}

function mongodb(facts: Facts): Shape {
  const { secrets, database, external, tls } = facts;
  const host = facts.host("mongo");
  const options = `?replicaSet=rs0&authSource=${database}&tls=${tls}`;
  return {
    secrets: {
      USERNAME: secrets.username,
      PASSWORD: secrets.password,
      ROOT_USERNAME: secrets.adminUsername,
      ROOT_PASSWORD: secrets.adminPassword,
    },
    envs: {
      HOST: host,
      PORT: "27017",
      DATABASE: database,
      TLS_ENABLED: String(tls),
      MONGO_SRV: `mongodb+srv://${facts.user}@${host}/${database}${options}`,
      MONGO_SRV_ADMIN: `mongodb+srv://${facts.admin}@${host}/admin?replicaSet=rs0&tls=${tls}`,
      ...(external !== undefined && {
        EXTERNAL_HOST: external,
        EXTERNAL_PORT,
        EXTERNAL_MONGO_SRV: `mongodb+srv://${facts.user}@${external}/${database}${options}`,
      }),
    },
  };
}

function redis(facts: Facts): Shape {
  const { secrets, external, tls } = facts;
  const host = facts.host("master");
  const scheme = tls ? "rediss" : "redis";
  const who = login("default", secrets.password);
  return {
    secrets: { PASSWORD: secrets.password },
    envs: {
      HOST: host,
      PORT: "6379",
      TLS_ENABLED: String(tls),
      REDIS_MASTER_URL: `${scheme}://${who}@${host}:6379`,
      ...(facts.replicated && { HOST_SENTINEL: facts.host("sentinel") }),
      ...(external !== undefined && {
        EXTERNAL_HOST: external,
        EXTERNAL_PORT,
        EXTERNAL_REDIS_MASTER_URL: `${scheme}://${who}@${external}:${EXTERNAL_PORT}`,
      }),
    },
  };
}

function rabbitmq(facts: Facts): Shape {
  const { secrets, database, external, tls } = facts;
  const host = facts.host("rabbitmq");
  const scheme = tls ? "amqps" : "amqp";
  const port = tls ? "5671" : "5672";
  return {
    secrets: { USERNAME: secrets.username, PASSWORD: secrets.password },
    envs: {
      HOST: host,
      PORT: port,
      VHOST: database,
      TLS_ENABLED: String(tls),
      AMQP_URL: `${scheme}://${facts.user}@${host}:${port}/${database}`,
      ...(external !== undefined && {
        EXTERNAL_HOST: external,
        EXTERNAL_PORT,
        EXTERNAL_AMQP_URL: `${scheme}://${facts.user}@${external}:${EXTERNAL_PORT}/${database}`,
      }),
    },
  };
}

function minio(facts: Facts): Shape {
  const { secrets, external, tls } = facts;
  const host = facts.host("minio");
  return {
    secrets: { ACCESS_KEY: secrets.username, SECRET_KEY: secrets.password },
    envs: {
      HOST: host,
      PORT: "9000",
      TLS_ENABLED: String(tls),
      MINIO_ENDPOINT: `${tls ? "https" : "http"}://${host}:9000`,
      ...(external !== undefined && {
        EXTERNAL_HOST: external,
        EXTERNAL_PORT: "443",
        EXTERNAL_MINIO_ENDPOINT: `https://${external}`,
      }),
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

const lowerCase = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key.toLowerCase(), value]));

/** Answer of getAddonCredentials: empty until the addon is allocated. */
export function credentials(addon: Addon, at: number, keyCase: "upper" | "lower"): JsonObject {
  const shape = shapes[addon.type];
  if (!shape || at < addon.allocatedAt) return { secrets: {}, envs: {} };
  const secrets = valueAt(addon.secrets, at, noSecrets);
  const { tls, external } = networkingOf(addon.input);
  const domain = `${addon.id}--${addon.code}`;
  const { secrets: hidden, envs } = shape({
    host: (role) => `${role}.${domain}.addon.example.com`,
    external: external ? `${domain}.example.com` : undefined,
    tls,
    database: stringAt(objectAt(addon.input, "customCredentials"), "dbName") ?? `db${addon.code}`,
    user: login(secrets.username, secrets.password),
    admin: login(secrets.adminUsername, secrets.adminPassword),
    secrets,
    replicated: objectAt(addon.input, "typeSpecificSettings").redisSentinelEnabled === true,
  });
  return keyCase === "upper"
    ? { secrets: hidden, envs }
    : { secrets: lowerCase(hidden), envs: lowerCase(envs) };
}
