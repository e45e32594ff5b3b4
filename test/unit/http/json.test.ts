import { runtime } from "@pulumi/pulumi";
import { expect } from "chai";
import fc from "fast-check";
import { parseAnswer } from "../../../src/http/json";
import { unknownValue } from "../../../src/fields/values";

const signature = runtime.specialSigKey;

describe("the JSON of an answer", () => {
  it("is what it says, where that is harmless", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes("__proto__"));
        expect(parseAnswer(text)).to.deep.equal(JSON.parse(text));
      }),
    );
  });

  const cases: readonly (readonly [string, string, unknown])[] = [
    ["an infinite number", '{"a":1e400,"b":[-1e999]}', { a: null, b: [null] }],
    ["half a character", '{"a\\ud800":"b\\udc00"}', { "a\uFFFD": "b\uFFFD" }],
    ["the engine's word for an unknown value", `{"a":["${unknownValue}"]}`, { a: [""] }],
    ["the engine's mark of a secret", `{"a":{"${signature}":"x","value":1}}`, { a: { value: 1 } }],
    ["a prototype", '{"a":{"__proto__":{"bad":1},"b":2}}', { a: { b: 2 } }],
  ];
  for (const [title, text, expected] of cases) {
    it(`is taken without ${title}`, () => {
      expect(parseAnswer(text)).to.deep.equal(expected);
      expect(Reflect.get({}, "bad")).to.equal(undefined);
    });
  }

  it("is refused where it is nested deeper than any answer, however deep", () => {
    for (const depth of [66, 10_000, 1_000_000]) {
      const text = "[".repeat(depth) + "]".repeat(depth);
      expect(() => parseAnswer(text), String(depth)).to.throw("nested deeper than 64 levels");
    }
    expect(parseAnswer("[".repeat(60) + "]".repeat(60))).to.be.an("array");
  });

  it("is refused where it is broken, without a word of it", () => {
    expect(() => parseAnswer('{"password": hunter')).to.throw(/^its JSON is broken$/u);
  });
});
