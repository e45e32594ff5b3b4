import { expect } from "chai";
import fc from "fast-check";
import { buildUri, type Endpoint, parseUri, portOf } from "../../../src/provider/connection";

const host = fc.oneof(
  fc.domain().map((name) => name.toLowerCase()),
  fc.ipV4(),
  fc.ipV6(),
);
const part = fc.option(fc.string({ minLength: 1, unit: "binary" }), { nil: undefined });
const endpoint: fc.Arbitrary<Endpoint> = fc.record({
  scheme: fc.constantFrom(
    "postgres",
    "postgresql",
    "mysql",
    "redis",
    "rediss",
    "amqps",
    "mongodb+srv",
  ),
  host,
  port: fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: undefined }),
  // A browser's URL has no way to say "." or "..", not even encoded.
  database: part.filter((name) => name !== "." && name !== ".."),
  username: part,
  password: part,
  query: fc.constantFrom(undefined, "sslmode=require", "a=b&c=d%20e", "options=-c%20a%3Db"),
});

describe("connection URIs", () => {
  it("give back every part, whatever it holds", () => {
    fc.assert(
      fc.property(endpoint, (parts) => {
        const shown = JSON.stringify(parts);
        expect(parseUri(buildUri(parts)), shown).to.deep.equal({ ...undefinedParts, ...parts });
      }),
      { numRuns: 500 },
    );
  });

  it("are read by others as they were meant", () => {
    fc.assert(
      fc.property(endpoint, (parts) => {
        const url = new URL(buildUri(parts));
        expect(url.protocol).to.equal(`${parts.scheme}:`);
        expect(url.port).to.equal(parts.port === undefined ? "" : String(parts.port));
        expect(decodeURIComponent(url.username)).to.equal(parts.username ?? "");
        expect(decodeURIComponent(url.password)).to.equal(parts.password ?? "");
        expect(decodeURIComponent(url.pathname.slice(1))).to.equal(parts.database ?? "");
        expect(url.search).to.equal(parts.query === undefined ? "" : `?${parts.query}`);
        if (!parts.host.includes(":")) expect(url.hostname).to.equal(parts.host);
      }),
      { numRuns: 500 },
    );
  });

  it("are the same when built again from what was read", () => {
    fc.assert(
      fc.property(endpoint, (parts) => {
        const uri = buildUri(parts);
        const again = parseUri(uri);
        expect(again === undefined ? undefined : buildUri(again)).to.equal(uri);
      }),
    );
  });

  it("are built even of text that no URI can hold", () => {
    const uri = buildUri({ scheme: "redis", host: "cache.example.com", password: "a\ud800b" });
    expect(uri).to.equal("redis://:a%EF%BF%BDb@cache.example.com");
  });

  const raw = [
    ["an at sign", "p@ss"],
    ["two at signs", "p@s@s"],
    ["a colon", "p:ss"],
    ["a slash", "p/ss"],
    ["a question mark", "p?ss"],
    ["a hash", "p#ss"],
    ["a percent sign", "100%"],
    ["all of them", "a@b:c/d?e#f%g"],
    ["an at sign and a slash", "p@ss/word"],
    ["digits and a slash", "123/45"],
    ["digits and a question mark", "123?45"],
  ] as const;
  for (const [what, password] of raw) {
    it(`are read with ${what} in a password that was not encoded`, () => {
      const found = parseUri(
        `postgres://demo:${password}@db.example.com:5432/orders?sslmode=require`,
      );
      expect(found).to.deep.equal({
        scheme: "postgres",
        host: "db.example.com",
        port: 5432,
        database: "orders",
        username: "demo",
        password,
        query: "sslmode=require",
      });
    });
  }

  it("are read with an at sign in the query of a well-formed one", () => {
    const found = parseUri(
      "postgres://demo:fake@db.example.com:5432/orders?application_name=me@work",
    );
    expect(found).to.include({ host: "db.example.com", password: "fake", database: "orders" });
    expect(found).to.include({ query: "application_name=me@work" });
  });

  const forms: readonly (readonly [string, Partial<Endpoint> | undefined])[] = [
    ["redis://:fake@cache.example.com:6379/0", { password: "fake", database: "0", port: 6379 }],
    ["redis://cache.example.com", { host: "cache.example.com" }],
    ["REDIS://Cache.example.com", { scheme: "redis", host: "Cache.example.com" }],
    ["postgres://demo@db.example.com/", { username: "demo" }],
    ["postgres://u:p@[2001:db8::1]:5432/x", { host: "2001:db8::1", port: 5432, database: "x" }],
    ["mongodb://a.example.com,/x", undefined],
    ["mongodb://a.example.com:27017,b.example.com:x/y", undefined],
    ["redis://not a host", undefined],
    ["cache.example.com:9000", undefined],
    ["not a uri", undefined],
    ["postgres://", undefined],
    ["", undefined],
  ];
  for (const [text, parts] of forms) {
    it(`are read: ${JSON.stringify(text)}`, () => {
      const found = parseUri(text);
      if (parts === undefined) expect(found).to.equal(undefined);
      else expect(found).to.include(parts);
    });
  }

  it("are read with all of their hosts", () => {
    const text =
      "mongodb://u:p@a.example.com:27017,[2001:db8::1]:27018,b.example.com/x?replicaSet=rs0";
    const found = parseUri(text);
    expect(found).to.deep.include({
      host: "a.example.com",
      port: 27017,
      others: [
        { host: "2001:db8::1", port: 27018 },
        { host: "b.example.com", port: undefined },
      ],
      query: "replicaSet=rs0",
    });
    expect(found === undefined ? undefined : buildUri(found)).to.equal(text);
  });

  it("never break the reader", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.webUrl()), (text) => {
        const found = parseUri(text);
        if (found !== undefined) buildUri(found);
        parseUri(`postgres://${text}`);
      }),
    );
  });

  it("are read in a time that grows with their length only", () => {
    const pieces = [
      "@",
      "[",
      ":",
      "/",
      "?",
      "#",
      ",",
      "a",
      "%",
      "@[",
      "a:",
      "::",
      "a,",
      "]:1",
      " ",
    ];
    for (const piece of pieces) {
      for (const [before, after] of [
        ["a://", "#"],
        ["a://b", ""],
        ["", "://x"],
        ["a://u:p@h", "@"],
      ] as const) {
        const text = before + piece.repeat(1_000_000 / piece.length) + after;
        const start = process.cpuUsage();
        parseUri(text);
        // Milliseconds each, of this process alone; quadratic time would be minutes.
        const milliseconds = process.cpuUsage(start).user / 1000;
        expect(milliseconds, `${before}${piece}…${after}`).to.be.below(5000);
      }
    }
  });

  it("have a port only where there is one", () => {
    for (const port of [5432, "5432", " 5432 "]) expect(portOf(port)).to.equal(5432);
    for (const none of [0, -1, 65_536, 1.5, "", " ", "http", null, undefined, {}, [], true]) {
      expect(portOf(none)).to.equal(undefined);
    }
  });
});

const undefinedParts = {
  port: undefined,
  database: undefined,
  username: undefined,
  password: undefined,
  query: undefined,
};
