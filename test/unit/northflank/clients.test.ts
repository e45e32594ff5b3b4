import { createRequire } from "node:module";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import net from "node:net";
import tls from "node:tls";
import { expect } from "chai";
import Redis from "ioredis";
import ConnectionString from "mongodb-connection-string-url";
import { parse as parsePostgres } from "pg-connection-string";
import { isRecord } from "../../../src/fields/values";
import { connectionCases } from "../../support/connection-cases";
import { repository } from "../../support/pack";

/** What an engine's ordinary client library reads in a URI. */
interface Reading {
  readonly host: unknown;
  readonly port: unknown;
  readonly username: unknown;
  readonly password: unknown;
  readonly database?: unknown;
}

const load = createRequire(__filename);

/** A file of a package that its exports do not name. */
function inside(name: string, file: string): unknown {
  return load(join(repository, "node_modules", name, file));
}

function member(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      (typeof at === "object" || typeof at === "function") && at !== null
        ? Reflect.get(at, key)
        : undefined,
    value,
  );
}

function call(target: unknown, ...values: unknown[]): unknown {
  if (typeof target !== "function") throw new Error("the library has another form");
  return Reflect.apply(target, undefined, values);
}

/** amqplib reads a URI only on its way to connect, so the socket is a stand-in. */
function readAmqp(uri: string): Reading {
  const prototype = member(inside("amqplib", "lib/connection.js"), "Connection", "prototype");
  if (!isRecord(prototype)) throw new Error("the library has another form");
  const originals = { open: prototype.open, net: net.connect, tls: tls.connect };
  let options: unknown;
  let fields: unknown;
  let connected: unknown;
  const connect = (...given: unknown[]) => {
    [options, connected] = given;
    return Object.assign(new PassThrough(), { setNoDelay: () => undefined });
  };
  try {
    Reflect.set(net, "connect", connect);
    Reflect.set(tls, "connect", connect);
    prototype.open = (given: unknown) => (fields = given);
    call(member(inside("amqplib", "lib/connect.js"), "connect"), uri, {}, () => undefined);
    call(connected);
  } finally {
    Reflect.set(net, "connect", originals.net);
    Reflect.set(tls, "connect", originals.tls);
    prototype.open = originals.open;
  }
  const [, username, password] = String(member(fields, "response")).split("\0");
  return {
    host: member(options, "host"),
    port: member(options, "port"),
    username,
    password,
    database: member(fields, "virtualHost"),
  };
}

const readers: Readonly<Record<string, (uri: string) => Reading>> = {
  postgresql: (uri) => {
    const { host, port, user, password, database } = parsePostgres(uri);
    return { host, port: Number(port), username: user, password, database };
  },
  mysql: (uri) => {
    const read = call(member(inside("mysql2", "lib/connection_config.js"), "parseUrl"), uri);
    const [host, port, username, password, database] = [
      "host",
      "port",
      "user",
      "password",
      "database",
    ].map((key) => member(read, key));
    return { host, port, username, password, database };
  },
  mongodb: (uri) => {
    const url = new ConnectionString(uri);
    const [host, port] = url.hosts[0]?.split(":") ?? [];
    return {
      host,
      port: port === undefined ? undefined : Number(port),
      username: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      database: url.pathname.slice(1),
    };
  },
  redis: (uri) => {
    const client = new Redis(uri, { lazyConnect: true });
    const { host, port, username, password } = client.options;
    client.disconnect();
    return { host, port, username, password };
  },
  rabbitmq: readAmqp,
};

describe("the URIs of a connection, read by the client library of the engine", () => {
  for (const { type, variant, connection } of connectionCases) {
    const read = readers[type];
    const { host, port, username, password, database, uri, external } = connection;
    if (read === undefined || typeof uri !== "string") continue;
    const login = { username, password, ...(database === undefined ? {} : { database }) };

    it(`${type}, ${variant}: name host, port, database and login`, () => {
      expect(read(uri)).to.deep.equal({ host, port, ...login });
    });

    if (isRecord(external)) {
      it(`${type}, ${variant}: name the address from outside`, () => {
        const outside = read(String(external.uri));
        expect(outside).to.deep.equal({ host: external.host, port: external.port, ...login });
      });
    }

    for (const name of ["adminUri", "readOnlyUri"]) {
      const other = connection[name];
      if (typeof other !== "string") continue;
      it(`${type}, ${variant}: ${name} has a host and a password`, () => {
        const { host: server, password: secret } = read(other);
        expect(other).to.include(String(server));
        expect(secret).to.be.a("string").and.not.equal("");
      });
    }
  }

  it("of MongoDB keep all hosts and the options", () => {
    const several = connectionCases.filter(({ type }) => type === "mongodb")[1];
    const url = new ConnectionString(String(several?.connection.uri));
    expect(url.hosts).to.have.length(3);
    expect(url.searchParams.get("replicaSet")).to.equal("rs0");
  });

  it("of Redis use TLS where the scheme says so", () => {
    const secure = connectionCases.filter(
      ({ type, variant }) => type === "redis" && variant.startsWith("TLS"),
    );
    for (const { connection } of secure) {
      const client = new Redis(String(connection.uri), { lazyConnect: true });
      expect(client.options.tls).to.not.equal(undefined);
      client.disconnect();
    }
    expect(secure).to.not.have.length(0);
  });
});
