/**
 * What is known of the credentials of a type: which keys hold its ordinary client URI, and its
 * defaults. The database guides name the keys; case and underscores have varied and do not count.
 */
export interface Engine {
  readonly scheme?: string;
  readonly tlsScheme?: string;
  readonly port?: number;
  readonly tlsPort?: number;
  /** Keys of the client URI, the best first. */
  readonly uris: readonly string[];
  readonly ports: readonly string[];
  readonly username: readonly string[];
  readonly password: readonly string[];
  /**
   * Where the external address is. `keys`: EXTERNAL_ keys hold it, since the port differs. `same`: it is
   * the internal one, which EXTERNAL_ keys announce. `silent`: it is the internal one, and no key tells.
   */
  readonly external?: "keys" | "same" | "silent";
  /** True: its strings name read replicas too, which a client that writes must not try. */
  readonly onlyFirstHost?: boolean;
  /** True: an endpoint is addressed without credentials; the keys stand beside it. */
  readonly keysApart?: boolean;
}

const logins = { username: ["USERNAME", "USER"], password: ["PASSWORD"], ports: ["PORT"] };

export const unknownEngine: Engine = { ...logins, uris: [] };

export const engines: ReadonlyMap<string, Engine> = new Map<string, Engine>(
  Object.entries({
    postgresql: {
      ...logins,
      scheme: "postgres",
      port: 5432,
      uris: ["POSTGRES_URI"],
      external: "keys",
    },
    mysql: {
      ...logins,
      scheme: "mysql",
      port: 3306,
      uris: ["MYSQL_URI", "MYSQL_CONNECTOR_URI"],
      external: "keys",
      onlyFirstHost: true,
    },
    mongodb: {
      ...logins,
      scheme: "mongodb",
      port: 27017,
      uris: ["MONGO_SRV", "MONGO_URI", "MONGODB_URI"],
      external: "same",
    },
    redis: {
      ...logins,
      scheme: "redis",
      tlsScheme: "rediss",
      port: 6379,
      uris: ["REDIS_MASTER_URL", "REDIS_URI", "REDIS_URL"],
      external: "same",
    },
    rabbitmq: {
      ...logins,
      scheme: "amqp",
      tlsScheme: "amqps",
      port: 5672,
      tlsPort: 5671,
      uris: ["AMQP_CONNECTION_STRING", "AMQP_URI", "AMQP_URL", "RABBITMQ_URI"],
      ports: ["AMQP_PORT", "PORT"],
      external: "silent",
    },
    minio: {
      scheme: "https",
      port: 9000,
      uris: ["MINIO_ENDPOINT", "ENDPOINT", "URL"],
      ports: ["PORT"],
      username: ["ACCESS_KEY", "MINIO_ACCESS_KEY", "ACCESS_KEY_ID", ...logins.username],
      password: ["SECRET_KEY", "MINIO_SECRET_KEY", "SECRET_ACCESS_KEY", ...logins.password],
      external: "keys",
      keysApart: true,
    },
  } satisfies Record<string, Engine>),
);
