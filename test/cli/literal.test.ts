import { expect } from "chai";
import fc from "fast-check";
import { Code, comment, literal, text } from "../../src/cli/import/literal";
import { evaluate, syntaxErrors } from "../support/generated-program";

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom(..."\"'`\\$\n\r\u2028\u2029\u202e\u0000{}/*();\ud800".split("")),
  }),
  fc.constantFrom("*/ evil() /*", "`${evil()}`", '"); evil(); ("', "\\", "</script>", "\u200b"),
);

/** What the literal evaluates to, as the argument of a resource. */
function valueOf(code: string): unknown {
  const program = `import { MigetAddon } from "pulumi-paas-addons";\nnew MigetAddon("a", { value: ${code} });`;
  expect(syntaxErrors(program)).to.deep.equal([]);
  const { resources, globals } = evaluate(program);
  expect(globals).to.deep.equal(["require", "exports"]);
  return resources[0]?.args.value;
}

describe("a literal", () => {
  it("evaluates to the text that it was made of, in characters that everyone sees", () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const code = text(value);
        expect(valueOf(code)).to.equal(value);
        expect(code).not.to.match(/[\p{C}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it("keeps halves of characters", () => {
    expect(text("a\ud800b")).to.equal(String.raw`"a\ud800b"`);
  });

  it("evaluates to the JSON value that it was made of, at any depth", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        // JSON has no negative zero either.
        expect(valueOf(literal(value))).to.deep.equal(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("sets no prototype", () => {
    const value: unknown = JSON.parse('{ "__proto__": { "polluted": true } }');
    expect(literal(value)).to.equal('{ ["__proto__"]: { polluted: true } }');
  });

  it("breaks what is too long for a line, and leaves code alone", () => {
    const long = "x".repeat(70);
    expect(literal({ a: 1, b: [new Code("config.require(a)")] })).to.equal(
      "{ a: 1, b: [config.require(a)] }",
    );
    expect(literal({ a: [1], "b-c": long })).to.equal(`{\n  a: [1],\n  "b-c": "${long}",\n}`);
  });
});

describe("a comment", () => {
  it("is nothing but comment, whatever is in it", () => {
    fc.assert(
      fc.property(anyText, (content) => {
        const lines = comment(content);
        for (const line of lines) expect(line).to.match(/^\/\/(?: [^\p{C}\p{Zl}\p{Zp}]*)?$/u);
        expect(evaluate(lines.join("\n")).resources).to.deep.equal([]);
      }),
    );
  });

  it("keeps to the width, and to the words", () => {
    const words = "word ".repeat(60).trim();
    const lines = comment(words, "  ");
    for (const line of lines) expect(line.length).to.be.at.most(80);
    expect(lines.map((line) => line.replace("  // ", "")).join(" ")).to.equal(words);
  });
});
