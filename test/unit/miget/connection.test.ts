import { expect } from "chai";
import fc from "fast-check";
import { parseUri } from "../../../src/provider/connection";
import type { AddonBody } from "../../../src/miget/codecs";
import { detailsOf, isPublic } from "../../../src/miget/connection";

const host = "orders-abcde.internal.example.com";
const odd = "p@ss/w:o?r#d% é";

function body(type: string, more: Partial<AddonBody> = {}): AddonBody {
  return {
    uuid: "00000000-0000-4000-8000-0000000000a1",
    type,
    state: "healthy",
    name: "orders-abcde",
    ...more,
  };
}

const internal = {
  hostname: host,
  database: "demo_db",
  port: 5432,
  username: "demo_user",
  password: "not-a-real-password",
  connection_url: `postgres://demo_user:not-a-real-password@${host}:5432/demo_db`,
};
const uri = internal.connection_url;

describe("the connection of a Miget database", () => {
  const variants: readonly (readonly [string, Partial<AddonBody>])[] = [
    ["connection_details", { connection_details: { internal } }],
    ["connection_details with an empty var", { connection_details: { internal }, var: {} }],
    ["connection_details with null external", { connection_details: { internal, external: null } }],
    ["connection_details with empty external", { connection_details: { internal, external: {} } }],
    [
      "the parts without a URL",
      { connection_details: { internal: { ...internal, connection_url: null } } },
    ],
    ["a port that is text", { connection_details: { internal: { ...internal, port: "5432" } } }],
    ["the URL alone", { connection_details: { internal: { connection_url: uri } } }],
    [
      "the URL with null parts",
      {
        connection_details: {
          internal: {
            hostname: null,
            database: null,
            port: null,
            username: null,
            password: null,
            connection_url: uri,
          },
        },
      },
    ],
    ["var under its own name", { var: { ORDERS_ABCDE_URL: uri } }],
    ["var under the alias", { var: { DATABASE_URL: uri }, connection_details: {} }],
    ["var under any name", { var: { SOMETHING_ELSE: uri, PORT: 5432 }, connection_details: null }],
    ["both", { var: { ORDERS_ABCDE_URL: uri }, connection_details: { internal } }],
  ];
  for (const [title, more] of variants) {
    it(`is complete from ${title}`, () => {
      const { connection, vars } = detailsOf(body("postgres", more));
      expect(connection).to.deep.equal({
        host,
        port: 5432,
        database: "demo_db",
        username: "demo_user",
        password: "not-a-real-password",
        uri,
      });
      expect(Object.values(vars)).to.include(uri);
    });
  }

  it("comes with the variables that the platform gives the app", () => {
    const given = (type: string) =>
      detailsOf(body(type, { connection_details: { internal } })).vars;
    expect(given("postgres")).to.have.all.keys("ORDERS_ABCDE_URL", "DATABASE_URL");
    expect(given("mysql")).to.have.all.keys("ORDERS_ABCDE_URL", "DATABASE_URL");
    expect(given("valkey")).to.have.all.keys("ORDERS_ABCDE_URL", "REDIS_URL");
  });

  it("leaves variables that the platform states as they are", () => {
    const stated = {
      ORDERS_ABCDE_URL: uri,
      ORDERS_ABCDE_POOL: 5,
      ORDERS_ABCDE_TLS: true,
      GONE: null,
    };
    const { vars } = detailsOf(body("postgres", { var: stated, connection_details: { internal } }));
    expect(vars).to.deep.equal({
      ORDERS_ABCDE_URL: uri,
      ORDERS_ABCDE_POOL: "5",
      ORDERS_ABCDE_TLS: "true",
    });
  });

  for (const more of [
    {},
    { connection_details: {} },
    { connection_details: null, var: null },
    { connection_details: { internal: {} }, var: {} },
    { connection_details: { internal: null, external: null } },
    { connection_details: { internal: { ...internal, password: "", connection_url: "" } } },
    { connection_details: { internal: { hostname: "" } } },
    { var: { NOTE: "no URL here", OTHER: "https://example.com/" } },
  ]) {
    it(`is not there yet with ${JSON.stringify(more).slice(0, 60)}`, () => {
      for (const type of ["postgres", "mysql", "valkey"]) {
        expect(detailsOf(body(type, more)).connection).to.equal(undefined);
      }
    });
  }

  it("has the external address while there is one", () => {
    const external = {
      external_connection_url: "postgres://demo_user:old@orders.example.com:15432/demo_db",
    };
    const { connection } = detailsOf(
      body("postgres", { connection_details: { internal, external } }),
    );
    expect(connection?.external).to.deep.equal({
      host: "orders.example.com",
      port: 15432,
      uri: "postgres://demo_user:not-a-real-password@orders.example.com:15432/demo_db",
    });
  });

  it("has the new password after a rotation, wherever the old one still stands", () => {
    const rotated = { ...internal, password: "FAKE-rotated" };
    const { connection } = detailsOf(
      body("postgres", { var: { DATABASE_URL: uri }, connection_details: { internal: rotated } }),
    );
    expect(connection).to.include({ password: "FAKE-rotated" });
    expect(connection?.uri).to.include("FAKE-rotated").and.not.include("not-a-real");
  });

  it("of a cache needs no user", () => {
    const cache = { hostname: "cache.example.com", port: 6379, username: null, password: "FAKE" };
    const { connection } = detailsOf(body("valkey", { connection_details: { internal: cache } }));
    expect(connection).to.deep.equal({
      host: "cache.example.com",
      port: 6379,
      password: "FAKE",
      uri: "redis://:FAKE@cache.example.com:6379",
    });
  });

  it("has the engine's own port where none is stated", () => {
    for (const [type, start] of [
      ["postgres", `postgres://u:FAKE@${host}:5432`],
      ["mysql", `mysql://u:FAKE@${host}:3306`],
      ["valkey", `redis://u:FAKE@${host}:6379`],
    ] as const) {
      const bare = { hostname: host, username: "u", password: "FAKE" };
      const { connection } = detailsOf(body(type, { connection_details: { internal: bare } }));
      expect(connection?.uri).to.equal(start);
    }
  });

  for (const [title, url] of [
    ["encoded", `postgres://demo_user:${encodeURIComponent(odd)}@${host}:5432/demo_db`],
    ["not encoded", `postgres://demo_user:${odd}@${host}:5432/demo_db`],
  ] as const) {
    it(`has an encoded URI, though the platform's was ${title}`, () => {
      const { connection } = detailsOf(
        body("postgres", { connection_details: { internal: { connection_url: url } } }),
      );
      expect(connection).to.include({ password: odd, host, database: "demo_db" });
      expect(new URL(connection?.uri ?? "").password).to.equal(encodeURIComponent(odd));
    });
  }

  it("is right for any user, password, database and IPv6 host", () => {
    const text = fc.string({ minLength: 1, unit: "binary" });
    fc.assert(
      fc.property(text, text, text, fc.ipV6(), (username, password, database, hostname) => {
        const own = { hostname, username, password, database, port: 1 };
        const { connection } = detailsOf(
          body("postgres", { connection_details: { internal: own } }),
        );
        expect(connection).to.include({ username, password, database, host: hostname });
        const read = parseUri(connection?.uri ?? "");
        expect(read).to.include({ username, password, database, host: hostname, port: 1 });
      }),
    );
  });

  it("of a volume, or of a kind that is not known, is empty", () => {
    for (const type of ["storage", "cronjob", "something-new", "constructor", "__proto__"]) {
      expect(detailsOf(body(type)).connection, type).to.deep.equal({});
    }
  });

  it("never breaks on odd variables", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), (vars, name) => {
        detailsOf(body("postgres", { var: vars, name }));
        detailsOf(body("valkey", { var: vars, name: null, connection_details: { internal } }));
      }),
    );
  });
});

describe("whether a Miget database is public", () => {
  const external = { external_connection_url: "postgres://u:FAKE@orders.example.com:15432/db" };
  const table = [
    [{ internal, external }, true],
    [{ internal, external: null }, false],
    [{ internal, external: {} }, false],
    [{ internal, external: { external_connection_url: null } }, false],
    [{ internal }, false],
    [{}, undefined],
    [null, undefined],
    [undefined, undefined],
  ] as const;
  for (const [details, expected] of table) {
    it(`${String(expected)} with ${JSON.stringify({ details }).slice(-60)}`, () => {
      expect(isPublic(body("postgres", { connection_details: details }))).to.equal(expected);
    });
  }
});

describe("what a Miget add-on does not show yet", () => {
  const internal = { connection_url: "postgres://demo:FAKE@db.example.com:5432/orders" };
  const url = "postgres://demo:FAKE@out.example.com:15432/orders";
  const rows: readonly (readonly [string, Record<string, unknown>, boolean, string | undefined])[] =
    [
      ["a database that shows nothing", {}, false, "connection data"],
      ["variables without a URI", { var: { NOTE: "soon" } }, false, "connection data"],
      ["a private one", { connection_details: { internal } }, false, undefined],
      ["a public one so far", { connection_details: { internal } }, true, "the external address"],
      [
        "a public one",
        { connection_details: { internal, external: { external_connection_url: url } } },
        true,
        undefined,
      ],
      ["a public one of variables only", { var: { DATABASE_URL: url } }, true, undefined],
    ];
  for (const [title, more, isExternal, missing] of rows) {
    it(`is told: ${title}`, () => {
      const details = detailsOf(body("postgres", more), isExternal);
      expect(details.missing).to.equal(missing);
      if (more.var !== undefined) expect(details.vars).to.deep.equal(more.var);
    });
  }
});
