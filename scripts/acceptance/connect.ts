import { connect as amqp } from "amqplib";
import { Redis } from "ioredis";
import { createConnection } from "mysql2/promise";
import { connect as dial } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";

/** Milliseconds for each attempt. */
const patience = 15_000;

/** How the client library of an engine enters a database; it throws where that fails. */
const clients: Readonly<Record<string, (uri: string) => Promise<unknown>>> = {
  postgres: async (uri) => {
    const ssl = uri.includes("sslmode=require") ? { ssl: "require" as const } : {};
    const options = { max: 1, connect_timeout: patience / 1000, onnotice: () => undefined, ...ssl };
    const client = postgres(uri, options);
    await client`select 1`.finally(() => client.end({ timeout: 1 }));
  },
  mysql: async (uri) => {
    const client = await createConnection({ uri, connectTimeout: patience });
    await client.query("select 1").finally(() => client.destroy());
  },
  redis: async (uri) => {
    const once = { lazyConnect: true, retryStrategy: () => null, connectTimeout: patience };
    const client = new Redis(uri, once);
    // Only this event says why; the promise says that the connection is closed.
    const failed = new Promise<never>((_resolve, reject) => client.on("error", reject));
    const done = client.connect().then(() => client.ping());
    await Promise.race([done, failed]).finally(() => client.disconnect());
  },
  amqp: async (uri) => (await amqp(uri, { timeout: patience })).close(),
};
const aliases: Readonly<Record<string, string>> = {
  postgresql: "postgres",
  rediss: "redis",
  amqps: "amqp",
};

const usualPorts: Readonly<Record<string, number>> = { postgres: 5432, mysql: 3306 };

/** What servers say to a wrong password: SQLSTATE 28, MySQL 1045, Redis WRONGPASS, AMQP 403. */
const refusals = /^28|ER_ACCESS_DENIED_ERROR|WRONGPASS|NOAUTH|\b403\b|ACCESS[-_]REFUSED/u;

/**
 * Enters the database by its external address with the engine's client library: `entered`, `refused`
 * where it answers and does not let us in, or why it could not be tried.
 */
export async function tryToConnect(uri: string): Promise<string> {
  if (uri === "") return "not tried: there is no external address";
  const { protocol, hostname, port } = new URL(uri);
  const scheme = protocol.slice(0, -1);
  const enter = clients[aliases[scheme] ?? scheme];
  if (enter === undefined) return `not tried: there is no client for ${scheme} here`;
  if (!(await canReach(hostname, Number(port === "" ? usualPorts[scheme] : port)))) {
    return "not tried: the address cannot be reached from this machine";
  }
  try {
    const isLate = pause(patience, true, { ref: false });
    return (await Promise.race([enter(uri), isLate])) === true ? "failed: no answer" : "entered";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const said = `${code} ${error instanceof Error ? error.message : ""}`;
    return refusals.test(said) ? "refused" : `failed: ${code === "" ? "unknown" : code}`;
  }
}

function canReach(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = dial({ host, port, timeout: patience });
    const end = (reached: boolean) => () => {
      socket.destroy();
      resolve(reached);
    };
    socket.once("connect", end(true)).once("timeout", end(false)).once("error", end(false));
  });
}
