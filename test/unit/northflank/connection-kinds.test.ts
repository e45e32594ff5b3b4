import { expect } from "chai";
import fc from "fast-check";
import { detailsOf } from "../../../src/northflank/connection";

const host = "primary.orders--fake0001.addon.example.com";
const outside = "orders--fake0001.external.example.com";
const fake = "FAKE-not-a-password";

describe("the connection of a Northflank add-on with several hosts", () => {
  const uri = `mongodb://demo:${fake}@a.example.com:27017,b.example.com:27017/orders?replicaSet=rs0`;

  it("has the URI with all of them", () => {
    const { connection } = detailsOf("mongodb", {
      envs: { HOST: "a.example.com", MONGO_URI: uri },
      secrets: { PASSWORD: fake },
    });
    expect(connection).to.include({ uri, host: "a.example.com", password: fake });
  });

  it("is complete from that URI alone", () => {
    expect(detailsOf("mongodb", { envs: { MONGO_URI: uri } }).connection).to.include({ uri });
  });

  it("has no port in the URI of a service record, inside and outside", () => {
    const srv = `mongodb+srv://demo:${fake}@mongo.example.com/orders?replicaSet=rs0`;
    const external = srv.replace("mongo.", "outside.");
    const envs = {
      HOST: "mongo.example.com",
      PORT: "27017",
      MONGO_SRV: srv,
      EXTERNAL_MONGO_SRV: external,
      EXTERNAL_HOST: "outside.example.com",
      EXTERNAL_PORT: 31000,
    };
    const { connection } = detailsOf("mongodb", {
      envs,
      secrets: { USERNAME: "demo", PASSWORD: fake },
    });
    expect(connection?.uri).to.equal(srv);
    expect(connection?.external?.uri).to.equal(external);
  });
});

describe("the connection of a Northflank object store", () => {
  const keys = { ACCESS_KEY: "FAKEACCESSKEY", SECRET_KEY: fake };
  for (const endpoint of ["https://minio.example.com:9000", "minio.example.com:9000"]) {
    it(`has the endpoint ${endpoint} as URI, and the keys beside it`, () => {
      const { connection } = detailsOf("minio", {
        envs: { HOST: "minio.example.com", MINIO_ENDPOINT: endpoint },
        secrets: keys,
      });
      expect(connection).to.deep.equal({
        host: "minio.example.com",
        port: 9000,
        username: "FAKEACCESSKEY",
        password: fake,
        uri: "https://minio.example.com:9000",
      });
    });
  }

  it("never has the keys in a URI", () => {
    const envs = {
      MINIO_ENDPOINT: "https://minio.example.com",
      EXTERNAL_MINIO_ENDPOINT: "https://out.example.com",
    };
    const { connection } = detailsOf("minio", { envs, secrets: keys });
    expect(connection?.uri).to.equal("https://minio.example.com");
    expect(connection?.external?.uri).to.equal("https://out.example.com");
  });
});

describe("further parts of a Northflank connection", () => {
  it("are the URIs of an administrator and of a replica", () => {
    const [admin, read] = [
      "postgresql://admin:FAKE@db.example.com/x",
      "postgresql://r:FAKE@ro.example.com/x",
    ];
    const envs = {
      POSTGRES_URI: `postgresql://u:FAKE@${host}:5432/x`,
      POSTGRES_URI_ADMIN: admin,
      POSTGRES_URI_READ: read,
    };
    const { connection } = detailsOf("postgresql", { envs });
    expect(connection).to.include({ adminUri: admin, readOnlyUri: read });
  });

  it("are not mistaken for a URI where the value is none", () => {
    const envs = { HOST: host, PORT: 5432, DATABASE: "orders", POSTGRES_URI: "not available yet" };
    const { connection } = detailsOf("postgresql", {
      envs,
      secrets: { USERNAME: "demo", PASSWORD: fake },
    });
    expect(connection?.uri).to.equal(`postgres://demo:${fake}@${host}:5432/orders`);
  });

  it("follow TLS where only the single keys tell", () => {
    for (const [type, scheme] of [
      ["redis", "rediss"],
      ["rabbitmq", "amqps"],
      ["postgresql", "postgres"],
    ] as const) {
      const envs = { HOST: host, TLS_ENABLED: "true" };
      expect(detailsOf(type, { envs, secrets: { PASSWORD: fake } }).connection?.uri).to.match(
        new RegExp(`^${scheme}://`, "u"),
      );
    }
  });
});

describe("the connection of a Northflank add-on of an unknown type", () => {
  const uri = `neo4j://demo:${fake}@${host}:7687/graph`;

  it("is the one URI with credentials that there is", () => {
    const envs = {
      NOTE: "hello",
      PAGE: "https://example.com",
      EXTERNAL_URI: uri.replace(host, outside),
      SOME_URI: uri,
    };
    expect(detailsOf("neo4j", { envs }).connection).to.include({
      uri,
      host,
      password: fake,
      port: 7687,
    });
  });

  it("is the ordinary user's, not the administrator's", () => {
    const admin = uri.replace("demo", "admin");
    const { connection } = detailsOf("neo4j", { envs: { SOME_URI_ADMIN: admin, SOME_URI: uri } });
    expect(connection).to.include({ uri, username: "demo" });
  });

  it("is host and password where there is no URI", () => {
    const { connection } = detailsOf("neo4j", {
      envs: { HOST: host, PORT: 7687 },
      secrets: { PASSWORD: fake, USER: "demo" },
    });
    expect(connection).to.deep.equal({ host, port: 7687, username: "demo", password: fake });
    expect(detailsOf("neo4j", { envs: { PORT: 7687 } }).connection).to.equal(undefined);
  });

  it("never breaks on what the platform sends", () => {
    const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.webUrl());
    const types = fc.constantFrom(
      "postgresql",
      "mongodb",
      "minio",
      "odd",
      "constructor",
      "__proto__",
      "toString",
    );
    const key = fc.oneof(
      fc.string(),
      fc.constantFrom(
        "HOST",
        "PASSWORD",
        "POSTGRES_URI",
        "MONGO_SRV",
        "__proto__",
        "MINIO_ENDPOINT",
      ),
    );
    fc.assert(
      fc.property(
        types,
        fc.dictionary(key, value),
        fc.dictionary(key, value),
        (type, envs, secrets) => {
          detailsOf(type, { envs, secrets });
        },
      ),
    );
  });
});
