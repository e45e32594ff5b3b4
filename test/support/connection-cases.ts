/**
 * Answers of the credentials endpoint by type and variant, with the connection that is to come of
 * each. The documentation shows them as a table.
 */

type Texts = Readonly<Record<string, string>>;

export interface ConnectionCase {
  readonly type: string;
  readonly variant: string;
  readonly envs: Texts;
  readonly secrets: Texts;
  /** True: external access is on. */
  readonly isExternal?: true;
  readonly connection: Readonly<Record<string, unknown>>;
}

/** The password of all of them. */
export const password = "FAKE-p@ss/w:rd";
const encoded = "FAKE-p%40ss%2Fw%3Ard";
const login = { username: "app", password };
const secrets = { USERNAME: "app", PASSWORD: password };
const at = (role: string) => `${role}.db.example.com`;

function postgresql(): ConnectionCase[] {
  const host = at("primary");
  const uri = (port: number, query = "") =>
    `postgresql://app:${encoded}@${host}:${port}/orders${query}`;
  const envs = { HOST: host, PORT: "5432", DATABASE: "orders" };
  const parts = { host, port: 5432, database: "orders", ...login };
  const tls = "?sslmode=require";
  return [
    {
      type: "postgresql",
      variant: "plain",
      envs: { ...envs, POSTGRES_URI: uri(5432) },
      secrets,
      connection: { ...parts, uri: uri(5432) },
    },
    {
      type: "postgresql",
      variant: "TLS, external access",
      envs: {
        ...envs,
        POSTGRES_URI: uri(5432, tls),
        EXTERNAL_PORT_PRIMARY: "31000",
        EXTERNAL_POSTGRES_URI: uri(31000, tls),
      },
      secrets,
      isExternal: true,
      connection: {
        ...parts,
        uri: uri(5432, tls),
        external: { host, port: 31000, uri: uri(31000, tls) },
      },
    },
    {
      type: "postgresql",
      variant: "administrator",
      envs: {
        ...envs,
        POSTGRES_URI: uri(5432),
        POSTGRES_URI_ADMIN: `postgresql://root:FAKE@${host}:5432/orders`,
      },
      secrets,
      connection: {
        ...parts,
        uri: uri(5432),
        adminUri: `postgresql://root:FAKE@${host}:5432/orders`,
      },
    },
  ];
}

function mysql(): ConnectionCase[] {
  const [host, read] = [at("primary"), at("read")];
  const pairs = (servers: string) => `server=${servers};uid=app;password=${password};database=shop`;
  const uri = (server: string) => `mysql://app:${encoded}@${server}/shop`;
  const envs = { HOST: host, PORT: "3306", DATABASE: "shop" };
  const parts = { host, port: 3306, database: "shop", ...login, uri: uri(`${host}:3306`) };
  return [
    {
      type: "mysql",
      variant: "connector URI as URL",
      envs: { ...envs, MYSQL_CONNECTOR_URI: uri(`${host}:3306`) },
      secrets,
      connection: parts,
    },
    {
      type: "mysql",
      variant: "connector URI as pairs, external access",
      envs: {
        ...envs,
        MYSQL_CONNECTOR_URI: pairs(`${host}:3306`),
        EXTERNAL_MYSQL_CONNECTOR_URI: pairs(`${host}:31000`),
        EXTERNAL_MYSQL_JDBC_URI: `jdbc:mysql://${host}:31000/shop`,
      },
      secrets,
      isExternal: true,
      connection: { ...parts, external: { host, port: 31000, uri: uri(`${host}:31000`) } },
    },
    {
      type: "mysql",
      variant: "administrator",
      envs: { ...envs, MYSQL_CONNECTOR_URI: uri(`${host}:3306`), ADMIN_USERNAME: "root" },
      secrets: { ...secrets, ADMIN_PASSWORD: "FAKE-admin" },
      connection: parts,
    },
    {
      type: "mysql",
      variant: "replicas, external access by its port",
      envs: {
        ...envs,
        HOST_READ: read,
        MYSQL_CONNECTOR_URI: pairs(`${host}:3306,${read}:3306`),
        EXTERNAL_PORT_PRIMARY: "31000",
      },
      secrets,
      isExternal: true,
      connection: {
        ...parts,
        external: { host, port: 31000, uri: uri(`${host}:31000`) },
        readOnlyUri: uri(`${read}:3306`),
      },
    },
  ];
}

function mongodb(): ConnectionCase[] {
  const host = at("mongo-0");
  const options = "?replicaSet=rs0&authSource=events&tls=true";
  const uri = (...hosts: string[]) =>
    `mongodb://app:${encoded}@${hosts.join(",")}/events${options}`;
  const one = uri(`${host}:27017`);
  const three = uri(`${host}:27017`, `${at("mongo-1")}:27017`, `${at("mongo-2")}:27017`);
  const envs = { HOST: host, PORT: "27017", DATABASE: "events" };
  const parts = { host, port: 27017, database: "events", ...login };
  const srv = `mongodb+srv://app:${encoded}@${host}/events?replicaSet=rs0`;
  return [
    {
      type: "mongodb",
      variant: "mongoSrv, administrator, keys of 2021",
      envs: { host, port: "27017", database: "events", mongoSrv: one, adminUsername: "root" },
      secrets: { username: "app", password, adminPassword: "FAKE-admin" },
      connection: { ...parts, uri: one },
    },
    {
      type: "mongodb",
      variant: "replicas, external access",
      envs: { ...envs, MONGO_SRV: three, EXTERNAL_MONGO_SRV: three },
      secrets,
      isExternal: true,
      connection: { ...parts, uri: three, external: { host, port: 27017, uri: three } },
    },
    {
      type: "mongodb",
      variant: "service record",
      envs: { ...envs, MONGO_SRV: srv },
      secrets,
      connection: { host, database: "events", ...login, uri: srv },
    },
  ];
}

function redis(): ConnectionCase[] {
  const host = at("master");
  const uri = (scheme: string, role = "master") =>
    `${scheme}://default:${encoded}@${at(role)}:6379`;
  const only = { PASSWORD: password };
  const parts = { host, port: 6379, username: "default", password };
  return [
    {
      type: "redis",
      variant: "plain",
      envs: { HOST: host, PORT: "6379", REDIS_MASTER_URL: uri("redis") },
      secrets: only,
      connection: { ...parts, uri: uri("redis") },
    },
    {
      type: "redis",
      variant: "TLS, replicas",
      envs: {
        HOST: host,
        PORT: "6379",
        REDIS_MASTER_URL: uri("rediss"),
        REDIS_SLAVE_URL: uri("rediss", "slave"),
      },
      secrets: only,
      connection: { ...parts, uri: uri("rediss"), readOnlyUri: uri("rediss", "slave") },
    },
    {
      type: "redis",
      variant: "TLS, external access",
      envs: {
        HOST: host,
        PORT: "6379",
        REDIS_MASTER_URL: uri("rediss"),
        EXTERNAL_REDIS_CONNECT_COMMAND: `redis-cli -h ${host} -p 6379`,
      },
      secrets: only,
      isExternal: true,
      connection: {
        ...parts,
        uri: uri("rediss"),
        external: { host, port: 6379, uri: uri("rediss") },
      },
    },
    {
      type: "redis",
      variant: "Sentinel",
      envs: {
        HOST_SENTINEL: at("sentinel"),
        PORT_SENTINEL: "26379",
        SENTINEL_GET_MASTER_COMMAND: `redis-cli -h ${at("sentinel")} -p 26379 sentinel get-master-addr-by-name mymaster`,
      },
      secrets: only,
      connection: {
        password,
        sentinel: { host: at("sentinel"), port: 26379, masterName: "mymaster" },
      },
    },
  ];
}

function rabbitmq(): ConnectionCase[] {
  const host = at("rabbitmq");
  const uri = (scheme: string, port: number) => `${scheme}://app:${encoded}@${host}:${port}/jobs`;
  const parts = (port: number) => ({ host, port, database: "jobs", ...login });
  const tls = {
    AMQP_PORT: "5671",
    AMQP_CONNECTION_STRING: uri("amqps", 5671),
    MANAGEMENT_ENDPOINT: `https://${host}:15671`,
  };
  return [
    {
      type: "rabbitmq",
      variant: "plain",
      envs: {
        AMQP_PORT: "5672",
        AMQP_CONNECTION_STRING: uri("amqp", 5672),
        MANAGEMENT_ENDPOINT: `http://${host}:15672`,
      },
      secrets,
      connection: {
        ...parts(5672),
        uri: uri("amqp", 5672),
        managementUrl: `http://${host}:15672`,
      },
    },
    {
      type: "rabbitmq",
      variant: "TLS, external access, all keys of the guide",
      envs: {
        MQTT_CONNECTION_STRING: `mqtts://app:${encoded}@${host}:8883`,
        ...tls,
        RABBITMQ_ADMIN_CMD: `rabbitmqadmin --host ${host} --port 15671 --username root`,
        ADMIN_USERNAME: "root",
      },
      secrets: { ADMIN_PASSWORD: "FAKE-admin", ...secrets },
      isExternal: true,
      connection: {
        ...parts(5671),
        uri: uri("amqps", 5671),
        external: { host, port: 5671, uri: uri("amqps", 5671) },
        managementUrl: `https://${host}:15671`,
      },
    },
  ];
}

function minio(): ConnectionCase[] {
  const host = at("minio");
  const parts = { host, port: 9000, username: "FAKEKEY", password };
  return [
    {
      type: "minio",
      variant: "plain",
      envs: { HOST: host, PORT: "9000", MINIO_ENDPOINT: `http://${host}:9000` },
      secrets: { ACCESS_KEY: "FAKEKEY", SECRET_KEY: password },
      connection: { ...parts, uri: `http://${host}:9000` },
    },
    {
      type: "minio",
      variant: "keys of 2021",
      envs: { host, port: "9000", endpoint: `https://${host}:9000` },
      secrets: { accessKey: "FAKEKEY", secretKey: password },
      connection: { ...parts, uri: `https://${host}:9000` },
    },
    {
      type: "minio",
      variant: "TLS, external access",
      envs: {
        HOST: host,
        PORT: "9000",
        MINIO_ENDPOINT: `https://${host}:9000`,
        EXTERNAL_MINIO_ENDPOINT: `https://${host}`,
      },
      secrets: { ACCESS_KEY: "FAKEKEY", SECRET_KEY: password },
      isExternal: true,
      connection: {
        ...parts,
        uri: `https://${host}:9000`,
        external: { host, uri: `https://${host}` },
      },
    },
  ];
}

const graph = `neo4j://app:${encoded}@${at("graph")}:7687/people`;

/** All of them, by type. */
export const connectionCases: readonly ConnectionCase[] = [
  ...postgresql(),
  ...mysql(),
  ...mongodb(),
  ...redis(),
  ...rabbitmq(),
  ...minio(),
  {
    type: "any other",
    variant: "a URI",
    envs: { GRAPH_URI: graph },
    secrets: {},
    connection: {
      host: at("graph"),
      port: 7687,
      database: "people",
      ...login,
      uri: graph,
    },
  },
  {
    type: "any other",
    variant: "no URI",
    envs: { HOST: at("graph"), PORT: "7687" },
    secrets,
    connection: { host: at("graph"), port: 7687, ...login },
  },
];
