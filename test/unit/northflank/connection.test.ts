import { expect } from "chai";
import fc from "fast-check";
import { parseUri } from "../../../src/provider/connection";
import { detailsOf } from "../../../src/northflank/connection";

const host = "primary.orders--fake0001.addon.example.com";
const outside = "orders--fake0001.external.example.com";
const fake = "FAKE-not-a-password";

interface Engine {
  readonly type: string;
  readonly key: string;
  readonly uri: string;
  readonly scheme: string;
  readonly port: number;
}

const engines: readonly Engine[] = [
  { type: "postgresql", key: "POSTGRES_URI", scheme: "postgresql", port: 5432 },
  { type: "mysql", key: "MYSQL_CONNECTOR_URI", scheme: "mysql", port: 3306 },
  { type: "mongodb", key: "MONGO_SRV", scheme: "mongodb", port: 27017 },
  { type: "redis", key: "REDIS_MASTER_URL", scheme: "redis", port: 6379 },
  { type: "redis", key: "REDIS_MASTER_URL", scheme: "rediss", port: 6379 },
  { type: "rabbitmq", key: "AMQP_URI", scheme: "amqp", port: 5672 },
  { type: "rabbitmq", key: "AMQP_URI", scheme: "amqps", port: 5671 },
].map((row) => ({ ...row, uri: `${row.scheme}://demo:${fake}@${host}:${row.port}/orders` }));

const parts = { host, database: "orders", username: "demo", password: fake };

for (const { type, key, uri, scheme, port } of engines) {
  describe(`the connection of a Northflank ${type} add-on (${scheme})`, () => {
    const secrets = { USERNAME: "demo", PASSWORD: fake };
    const envs = { HOST: host, PORT: String(port), DATABASE: "orders", [key]: uri };

    for (const [title, credentials] of [
      ["both maps", { envs, secrets }],
      ["the URI alone", { envs: { [key]: uri } }],
      ["everything in secrets", { secrets: { ...envs, ...secrets } }],
      ["everything in envs", { envs: { ...envs, ...secrets }, secrets: {} }],
      [
        "values that are null beside it",
        { envs: { ...envs, DATABASE: null, HOST: null }, secrets },
      ],
      ["empty values beside it", { envs: { ...envs, DATABASE: "", HOST: "" }, secrets }],
    ] as const) {
      it(`is complete from ${title}`, () => {
        const { connection, vars } = detailsOf(type, credentials);
        expect(connection).to.deep.equal({ ...parts, port, uri });
        expect(vars).to.include({ [key]: uri });
      });
    }

    it("is the same in any case of the keys", () => {
      const cased = fc.array(fc.boolean(), { minLength: 24, maxLength: 24 });
      const all = { ...envs, ...secrets };
      fc.assert(
        fc.property(cased, (upper) => {
          const odd = Object.fromEntries(
            Object.entries(all).map(([name, value]) => {
              const letters = Array.from(name, (letter, i) =>
                upper[i] === true ? letter : letter.toLowerCase(),
              );
              return [letters.join(""), value];
            }),
          );
          expect(detailsOf(type, { envs: odd }).connection).to.deep.equal({ ...parts, port, uri });
        }),
      );
    });

    it("has the external address while there is one, with the same credentials", () => {
      const external = uri.replace(host, outside).replace(`:${port}/`, ":31000/");
      for (const more of [
        { [`EXTERNAL_${key}`]: external },
        { EXTERNAL_HOST: outside, EXTERNAL_PORT: "31000" },
        { EXTERNAL_HOST: outside, EXTERNAL_PORT_PRIMARY: 31000 },
      ]) {
        const { connection } = detailsOf(type, { envs: { ...envs, ...more }, secrets });
        expect(connection).to.deep.include({ ...parts, port, uri });
        expect(connection?.external).to.deep.equal({ host: outside, port: 31000, uri: external });
      }
    });

    it("has the new password after a rotation", () => {
      const { connection } = detailsOf(type, {
        envs,
        secrets: { ...secrets, PASSWORD: "FAKE-new" },
      });
      expect(connection).to.include({ password: "FAKE-new" });
      expect(connection?.uri).to.include("FAKE-new").and.not.include(fake);
    });

    it("is encoded, whatever the password holds", () => {
      fc.assert(
        fc.property(fc.string({ minLength: 1, unit: "binary" }), (password) => {
          for (const both of [envs, { HOST: host, PORT: port, DATABASE: "orders" }]) {
            const { connection } = detailsOf(type, {
              envs: both,
              secrets: { ...secrets, PASSWORD: password },
            });
            expect(connection).to.include({ password });
            expect(parseUri(connection?.uri ?? "")).to.include({ ...parts, password, port });
          }
        }),
      );
    });

    it("is not there while the platform does not say it", () => {
      for (const credentials of [
        {},
        { envs: {}, secrets: {} },
        { secrets },
        { envs: { HOST: host } },
      ]) {
        expect(detailsOf(type, credentials).connection).to.equal(undefined);
      }
    });

    it("of an IPv6 host has brackets in the URI only", () => {
      const { connection } = detailsOf(type, {
        envs: { HOST: "2001:db8::1", PORT: port },
        secrets,
      });
      expect(connection?.host).to.equal("2001:db8::1");
      expect(connection?.uri).to.include("@[2001:db8::1]:");
    });
  });
}

describe("what a Northflank add-on does not show yet", () => {
  const secrets = { PASSWORD: fake };
  const uri = `postgresql://demo:${fake}@${host}:5432/orders`;
  const rows: readonly (readonly [string, string, Record<string, string>, string | undefined])[] = [
    ["nothing at all", "postgresql", {}, "connection data"],
    ["a password without a host", "postgresql", secrets, "connection data"],
    ["no external address so far", "postgresql", { POSTGRES_URI: uri }, "the external address"],
    [
      "the port from outside",
      "postgresql",
      { POSTGRES_URI: uri, EXTERNAL_PORT_PRIMARY: "31000" },
      undefined,
    ],
    [
      "no external command so far",
      "redis",
      { REDIS_MASTER_URL: `rediss://:${fake}@${host}:6379` },
      "the external address",
    ],
    [
      "a broker, whose keys never change",
      "rabbitmq",
      { AMQP_CONNECTION_STRING: `amqps://demo:${fake}@${host}:5671/x` },
      undefined,
    ],
    ["an unknown type", "neo4j", { SOME_URI: uri }, undefined],
  ];
  for (const [title, type, envs, missing] of rows) {
    it(`is told: ${title}`, () => {
      expect(detailsOf(type, { envs }, true).missing).to.equal(missing);
    });
  }

  it("is not waited for where nothing can be made of what was answered", () => {
    const details = detailsOf("neo4j", { envs: { NOTE: "hello" } });
    expect(details).to.deep.include({ vars: { NOTE: "hello" } });
    expect(details.connection).to.equal(undefined);
    expect(details.missing).to.equal(undefined);
    expect(details.warning).to.match(/^no connection can be made/u);
  });
});
