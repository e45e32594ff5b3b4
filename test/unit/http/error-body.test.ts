import { expect } from "chai";
import fc from "fast-check";
import { readErrorBody } from "../../../src/http/error-body";
import { contractOf, examples, platforms } from "../../contract/contract";
import { isJsonObject, objectAt, stringAt } from "../../contract/json";

const read = (body: unknown, secrets: readonly string[] = []) =>
  readErrorBody(JSON.stringify(body), secrets);

describe("error bodies as documented", () => {
  const failures = platforms.flatMap((platform) =>
    examples(contractOf(platform)).filter(({ status }) => /^[45]/u.test(status ?? "")),
  );
  const distinct = new Map(failures.map((example) => [JSON.stringify(example.value), example]));

  it("are there for both platforms", () => {
    expect(new Set(failures.map(({ platform }) => platform)).size).to.equal(2);
  });

  for (const [text, { platform, value }] of distinct) {
    it(`${platform} ${text.slice(0, 90)}`, () => {
      if (!isJsonObject(value)) throw new Error("the example is no object");
      const error = objectAt(value, "error");
      const message =
        stringAt(value, "error") ?? stringAt(value, "errors") ?? stringAt(error, "message");
      const found = readErrorBody(text, []);
      expect(found.said).to.equal(message);
      expect(found.reference).to.equal(stringAt(error, "id"));
      for (const key of Object.keys(objectAt(error, "details")))
        expect(found.details).to.include(key);
    });
  }
});

describe("error bodies", () => {
  const table: readonly (readonly [unknown, ReturnType<typeof readErrorBody>])[] = [
    [{ errors: ["a is missing", "b is missing"] }, { said: "a is missing, b is missing" }],
    [{ errors: { name: ["is taken", "is long"] } }, { said: "name is taken, is long" }],
    [{ message: "Nope" }, { said: "Nope" }],
    [{ error: null, message: "Nope" }, { said: "Nope" }],
    [{ error: "", errors: "Both" }, { said: "Both" }],
    [
      { error: "No", request_id: "r-1" },
      { said: "No", reference: "r-1" },
    ],
    [
      { error: "No", requestId: 17 },
      { said: "No", reference: "17" },
    ],
    [
      { error: { message: "version not supported", details: { versions: ["16.4", "17.2"] } } },
      { said: "version not supported", details: "versions: 16.4, 17.2" },
    ],
    [{ error: { message: "No", details: ["a", "b"] } }, { said: "No", details: "a, b" }],
    [{ error: { message: "No", details: "text" } }, { said: "No", details: "text" }],
    [{ error: { message: "No", details: {} } }, { said: "No" }],
    [{ error: {}, message: "Outside" }, { said: "Outside" }],
    [{ error: { message: ["a", "b"] } }, { said: "a, b" }],
    [[{ message: "in a list" }], {}],
    ["text", {}],
    [null, {}],
    [{}, {}],
  ];
  for (const [body, expected] of table) {
    it(JSON.stringify(body), () => expect(read(body)).to.deep.equal(expected));
  }

  for (const text of [
    "",
    " ",
    "<html><h1>502 Bad Gateway</h1></html>",
    "{",
    "Bad gateway",
    "\u0000",
  ]) {
    it(`say nothing where they are ${JSON.stringify(text)}`, () => {
      expect(readErrorBody(text, [])).to.deep.equal({});
    });
  }

  for (const key of ["__proto__", "constructor", "toString"]) {
    it(`are not taken in by the key ${key}`, () => {
      const text = `{"${key}":{"error":"x","message":"y"},"error":{"message":"real","details":{"${key}":"z"}}}`;
      expect(readErrorBody(text, [])).to.deep.equal({ said: "real", details: `${key}: z` });
      expect(readErrorBody(`{"${key}":{"error":"x"}}`, [])).to.deep.equal({});
    });
  }

  it("never break the reader, however deep they are", () => {
    for (const [open, close] of [
      ["[", "]"],
      ['{"a":', "}"],
    ] as const) {
      const depth = 20_000;
      const nested = `${open.repeat(depth)}1${close.repeat(depth)}`;
      expect(() => readErrorBody(`{"error":${nested}}`, [])).to.not.throw();
      expect(() => readErrorBody(`{"error":{"details":${nested}}}`, [])).to.not.throw();
    }
  });

  it("never show a secret, whichever member repeats it", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[\w"\\/+=-]{6,30}$/u),
        fc.constantFrom("error", "errors", "message", "request_id", "code"),
        fc.constantFrom("message", "details", "id", "code"),
        (hidden, outer, inner) => {
          for (const value of [
            hidden,
            ` ${hidden} `,
            [hidden],
            { [hidden]: hidden },
            { a: [{ b: hidden }] },
          ]) {
            for (const body of [
              { [outer]: value },
              { error: { [inner]: value, message: hidden } },
            ]) {
              expect(JSON.stringify(read(body, [hidden]))).to.not.include(
                JSON.stringify(hidden).slice(1, -1),
              );
            }
          }
        },
      ),
    );
  });

  it("never break the reader, whatever they hold", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        for (const value of Object.values(readErrorBody(text, ["FAKE-secret"])))
          expect(value).to.be.a("string").that.is.not.empty;
      }),
    );
  });
});
