import { expect } from "chai";
import { spellings } from "./secrets";

const secret = 'not-a-real "p@ss" <é>&+ 1';

describe("spellings of a secret", () => {
  const texts = {
    "as it is": secret,
    "in a URL": `https://x?y=${encodeURIComponent(secret)}`,
    "in a form": new URLSearchParams({ password: secret }).toString(),
    "in JSON": JSON.stringify({ secret }),
    "in JSON in JSON": JSON.stringify(JSON.stringify({ secret })),
    "in JSON as Go writes it": '"not-a-real \\"p@ss\\" \\u003cé\\u003e\\u0026+ 1"',
    "in base64": Buffer.from(secret).toString("base64"),
    "in base64 after a user's name": Buffer.from(`user:${secret}`).toString("base64"),
    "in the middle of base64": Buffer.from(`{"a":"${secret.replaceAll('"', "")}"}`).toString(
      "base64url",
    ),
  };
  for (const [where, text] of Object.entries(texts)) {
    it(`are known ${where}`, () => {
      const wanted = where === "in the middle of base64" ? secret.replaceAll('"', "") : secret;
      expect(spellings(wanted).some((spelling) => text.includes(spelling))).to.equal(true);
    });
  }

  it("are not found where it is not", () => {
    const other = JSON.stringify({ secret: "not-a-real password" });
    expect(spellings(secret).some((spelling) => other.includes(spelling))).to.equal(false);
  });
});
