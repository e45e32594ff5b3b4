import { expect } from "chai";
import fc from "fast-check";
import { toPrintable, sanitize, stringsIn } from "../../../src/http/redact";
import { deepValue } from "../../hostile/support/texts";

/** Secrets that the mark which replaces them could not be told from are left out. */
const secret = fc
  .string({ minLength: 4, maxLength: 40, unit: "grapheme" })
  .filter((text) => text.trim().length >= 4 && !"[secret] [secret][secret]".includes(text.trim()));
const text = fc.string({ maxLength: 60 });

describe("redact", () => {
  it("leaves no secret in the text, wherever it stands", () => {
    fc.assert(
      fc.property(text, secret, text, (before, hidden, behind) => {
        expect(sanitize(`${before}${hidden}${behind}${hidden}`, [hidden])).to.not.include(hidden);
      }),
      { numRuns: 500 },
    );
  });

  it("leaves no secret in JSON, where it is written with escapes", () => {
    const parts = fc.array(fc.constantFrom('"', "\\", "\n", "FAKE", "é", "x"), { minLength: 4 });
    fc.assert(
      fc.property(
        parts.map((some) => `FAKE${some.join("")}1`),
        (hidden) => {
          const inner = JSON.stringify(hidden).slice(1, -1);
          const out = sanitize(JSON.stringify({ value: hidden }), [hidden]);
          expect(out).to.not.include(hidden).and.not.include(inner);
        },
      ),
    );
  });

  it("leaves no secret in a URL, where it is written with escapes", () => {
    const hidden = "FAKE/pass word?";
    expect(sanitize(`bad value ${encodeURIComponent(hidden)} here`, [hidden])).to.not.include(
      "FAKE",
    );
  });

  it("leaves no part of several secrets, whichever contains the other", () => {
    const secrets = ["FAKE-short", "FAKE-short-and-long"];
    for (const list of [secrets, [...secrets].reverse()]) {
      expect(sanitize("got FAKE-short-and-long, FAKE-short", list)).to.equal(
        "got [secret], [secret]",
      );
    }
  });

  it("does not take its own mark for a secret", () => {
    expect(sanitize("value FAKE-1 of ecr", ["FAKE-1", "secret", "ecr"])).to.not.match(
      /\[\[|\[s\[/u,
    );
  });

  const pem =
    "-----BEGIN FAKE KEY-----\nRkFLRS1saW5lLTE=\nRkFLRS1saW5lLTI=\n-----END FAKE KEY-----\n";
  for (const [how, echoed] of [
    ["as it is", pem],
    ["without its last line break", pem.trim()],
    ["in one line", pem.trim().replaceAll("\n", " ")],
    ["with escaped line breaks", JSON.stringify(pem)],
    ["with other line breaks", pem.replaceAll("\n", "\r\n")],
  ] as const) {
    it(`leaves nothing of a key file that is repeated ${how}`, () => {
      const out = sanitize(`tls_key is invalid: ${echoed}`, [pem]);
      expect(out).to.not.include("RkFLRS1saW5lLTE").and.not.include("RkFLRS1saW5lLTI");
      expect(out).to.include("tls_key is invalid");
    });
  }

  for (const url of [
    "postgres://demo:FAKE-pw@db.example.com/x",
    "redis://:FAKE-pw@cache.example.com",
    "postgres://demo:FAKE-p@ss-FAKE@db.example.com/x",
    "postgres://demo:FAKE/pw@db.example.com/x",
    "http://FAKE-token@proxy.example.com:3128",
    "mongodb+srv://demo:FAKE@db.example.com",
  ]) {
    it(`hides the credentials of ${url}`, () => {
      const out = sanitize(`cannot connect to ${url} now, nor to "${url}"`);
      expect(out).to.match(/^cannot connect to [a-z+]+:\/\/\[secret\].* now, nor to "/u);
      expect(out).to.not.include("FAKE");
    });
  }

  it("hides bearer tokens in any case", () => {
    expect(sanitize("header Authorization: BEARER FAKE-token.x~y/z+w= was refused")).to.not.include(
      "FAKE",
    );
  });

  it("makes one short line of anything", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 2000 }), (anything) => {
        const out = sanitize(anything);
        expect(out.length).to.be.at.most(501);
        expect(out).to.not.match(/[\p{Cc}]/u);
        expect(out).to.equal(out.trim());
      }),
    );
  });

  // That every expression takes linear time is the linter's to check; a clock would only tell how busy
  // the machine is.
  for (const [long, shown] of [
    ["a".repeat(40_000), "a".repeat(500)],
    ["a:".repeat(20_000), "a:".repeat(250)],
    ["://".repeat(15_000), `${"://".repeat(166)}:/`],
    ["bearer ".repeat(6000), "bearer [secret] ".repeat(32).slice(0, 500)],
    [`a://${"b".repeat(40_000)}`, `a://${"b".repeat(496)}`],
    [" ".repeat(40_000), ""],
  ] as const) {
    it(`shows the beginning of ${long.length} characters such as ${long.slice(0, 8)}`, () => {
      const out = shown === "" ? "" : `${shown}…`;
      expect(sanitize(long, ["FAKE-secret"])).to.equal(out);
      expect(sanitize(long + long, ["FAKE-secret"])).to.equal(out);
    });
  }

  it("leaves nothing of a secret that begins before the end of what is shown", () => {
    const secret = "FAKE-".repeat(1000);
    for (const before of [0, 400, 495, 3990, 3999]) {
      expect(sanitize(`${"x ".repeat(before).slice(0, before)}${secret}`, [secret])).to.not.include(
        "FAKE",
      );
    }
  });

  it("leaves nothing of any of many secrets, nor of long ones", () => {
    const many = Array.from({ length: 20_000 }, (_, index) => `FAKE-${index}-x`);
    const long = ["FAKE-long-".repeat(100_000), "FAKE line of a key\n".repeat(50_000)];
    const text = `got FAKE-19999-x, FAKE line of a key and ${long[0] ?? ""}`;
    expect(sanitize(text, [...many, ...long])).to.equal("got [secret], [secret] and [secret]");
  });

  it("leaves nothing of secrets that overlap", () => {
    expect(sanitize("a FAKE-one-two b", ["FAKE-one", "one-two"])).to.equal("a [secret] b");
  });

  it("cuts no character in halves", () => {
    for (const shift of ["", "x"]) {
      expect(sanitize(`${shift}${"🐘".repeat(3000)}`)).to.not.match(/\p{Surrogate}|\uFFFD/u);
    }
  });

  it("leaves plain text as it is", () => {
    expect(sanitize("Label is missing, Postgres version is missing")).to.equal(
      "Label is missing, Postgres version is missing",
    );
    expect(sanitize("see https://example.com/docs?a=b:c", ["x", ""])).to.equal(
      "see https://example.com/docs?a=b:c",
    );
  });
});

describe("a message", () => {
  it("keeps its beginning and its end, where it says what to do, however long it is", () => {
    const out = toPrintable(`could not create it: ${"x".repeat(1_000_000)}. Run it again.`);
    expect(out).to.have.length.below(4100);
    expect(out).to.match(/^could not create it: x+ … x+\. Run it again\.$/u);
  });

  it("holds nothing that turns or moves what a terminal shows", () => {
    const odd = "a\u202eb\u2066c\u001b[31md\u2028e\r\nf\u0000g\ud800h\ufeffi";
    expect(toPrintable(odd)).to.equal("a b c [31md\ne\nf g\ufffdh i");
  });
});

describe("stringsIn", () => {
  it("finds them at any depth", () => {
    expect(stringsIn(deepValue(100_000, "object"))).to.deep.equal(["1"]);
  });

  it("finds every text and number at any depth", () => {
    expect(stringsIn({ a: "x", b: [1, { c: ["y", null, true] }] })).to.have.members([
      "x",
      "1",
      "y",
    ]);
    expect(stringsIn(undefined)).to.deep.equal([]);
  });
});
