import { expect } from "chai";
import fc from "fast-check";
import { isId, pathTo } from "../../../src/http/path";

const base = "https://api.example.com/v1/projects/demo-project";
const hostile = fc.oneof(
  fc.string({ unit: "grapheme-composite" }),
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    ".",
    "..",
    "%2e%2e",
    "%2E.",
    "a/b",
    "a\\b",
    "a?b",
    "a#b",
    "",
    " ",
    "\u0000",
    "a\nb",
  ),
  fc.constantFrom("\uD800", "a\u202Eb", "/", "//evil.example.com", "\t..", "..\t", "x".repeat(300)),
);

describe("the path of a request", () => {
  it("has each part of it in a segment of its own, whatever it is, or is refused", () => {
    fc.assert(
      fc.property(hostile, (id) => {
        if (!isId(id)) {
          expect(() => pathTo("addons", id)).to.throw("is no id");
          return;
        }
        const url = new URL(`${base}${pathTo("addons", id)}/backups`);
        const segments = url.pathname.split("/").slice(1);
        expect(segments).to.have.lengthOf(6);
        expect(segments.slice(0, 4)).to.deep.equal(["v1", "projects", "demo-project", "addons"]);
        expect(decodeURIComponent(segments[4] ?? "")).to.equal(id);
        expect([url.search, url.hash]).to.deep.equal(["", ""]);
      }),
      { numRuns: 2000 },
    );
  });

  for (const id of [
    "orders-db",
    "6f1c9e52-0000-4000-8000-00000000a990",
    "a.b",
    "...",
    "日本",
    "a_b~c",
  ]) {
    it(`takes ${id} for an id`, () => {
      expect(isId(id)).to.equal(true);
    });
  }

  it("says that nothing was sent, and shows what was wrong in a readable form", () => {
    expect(() => pathTo("apps", "..")).to.throw(/^"\.\." is no id.* No request was sent\.$/u);
    expect(() => pathTo("a\u0000b")).to.throw('"a\\u0000b"');
  });
});
