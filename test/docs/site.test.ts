import { expect } from "chai";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tidied } from "../../scripts/site/api";
import { siteProblems } from "../../scripts/site/check";
import { contents, contentsProblems, routeOf } from "../../scripts/site/contents";
import { imagesOf, withSiteLinks } from "../../scripts/site/links";
import { documentsOf, pageOf } from "../../scripts/site/pages";
import { repository } from "../support/pack";
import { removeFolder, temporaryFolder } from "../support/temporary";

describe("the contents of the site", () => {
  const group = (...files: string[]) => [
    { title: "Demo", pages: files.map((file) => ({ file, title: file })) },
  ];

  it("are all documents of the repository, each with an address of its own", () => {
    const documents = documentsOf(repository);
    expect(documents).to.include.members(["README.md", "docs/miget-addon.md"]);
    expect(contentsProblems(contents, documents)).to.deep.equal([]);
    expect(new Set(documents.map(routeOf))).to.have.property("size", documents.length);
  });

  for (const [what, files, problem] of [
    ["a document in no group", ["docs/a.md"], /^docs\/b\.md is in no group/],
    ["a page without a document", ["docs/a.md", "docs/b.md", "docs/c.md"], /names docs\/c\.md, w/],
    ["a page in two places", ["docs/a.md", "docs/b.md", "docs/a.md"], /names docs\/a\.md twice/],
  ] as const) {
    it(`do without ${what}`, () => {
      const [first, ...more] = contentsProblems(group(...files), ["docs/a.md", "docs/b.md"]);
      expect(first).to.match(problem);
      expect(more).to.deep.equal([]);
    });
  }
});

describe("a link of a document on the site", () => {
  const pages = ["README.md", "SECURITY.md", "docs/a.md", "docs/guides/b.md"];
  const file = "docs/guides/b.md";
  const sources = "https://example.com/demo/blob/main";
  const has = (path: string) => [...pages, "src/a.ts", "examples"].includes(path);

  for (const [what, markdown, wanted] of [
    ["to the README", "see [it](../../README.md#start).", "see [it](/overview#start)."],
    ["to a page of docs/", "[`a`](../a.md)", "[`a`](/a)"],
    ["to itself by name", "[here](b.md#x)", "[here](/guides/b#x)"],
    ["to a page of the root", "[s](../../SECURITY.md)", "[s](/security)"],
    ["to its own heading", "[below](#below)", "[below](#below)"],
    ["to the web", "[web](https://example.com/x.md)", "[web](https://example.com/x.md)"],
    ["to a source", "[p](../../src/a.ts)", `[p](${sources}/src/a.ts)`],
    ["to a folder", "[e](../../examples/)", `[e](${sources}/examples)`],
    ["with brackets", "[x[0]](../a.md) and [y](../a.md)", "[x[0]](/a) and [y](/a)"],
    ["that is an image", "![drawing](../d.svg)", "![drawing](../d.svg)"],
    ["in code", "`[a](../a.md)`", "`[a](../a.md)`"],
    ["in a block of code", "```md\n[a](../a.md)\n```\n", "```md\n[a](../a.md)\n```\n"],
    ["in a list's code", "- x\n\n  ```md\n  [a](../a.md)\n  ```\n", undefined],
    ["after code", "`a` `` ` `` [a](../a.md)", "`a` `` ` `` [a](/a)"],
  ] as const) {
    it(`leads where it led: ${what}`, () => {
      expect(withSiteLinks(markdown, file, { pages, has, sources })).to.equal(wanted ?? markdown);
    });
  }

  it("is text where it would lead nowhere", () => {
    const links = { pages, has, sources: undefined };
    expect(withSiteLinks("see [`a.ts`](../../src/a.ts).", file, links)).to.equal("see `a.ts`.");
  });

  it("is an error where the repository has nothing", () => {
    const links = { pages, has, sources };
    expect(() => withSiteLinks("[c](../c.md)", file, links)).to.throw(
      "docs/guides/b.md links to docs/c.md, which is not there",
    );
  });

  it("is followed for images of the repository only", () => {
    const markdown = "![a](a.svg) ![b](https://example.com/b.svg) `![c](c.svg)` [d](d.svg)";
    expect(imagesOf(markdown)).to.deep.equal(["a.svg"]);
  });
});

describe("a page of the site", () => {
  const page = { file: "docs/a.md", title: 'A "page"' };
  const links = { pages: ["docs/a.md"], has: () => false, sources: undefined };
  const list = "- [One](#one)\n- [Two](#two)\n\n";
  const wide = `| a | b | c | d | e |\n| --- | --- | --- | --- | --- |\n| 1 | 2 | 3 | 4 | 5 |\n`;

  it("has its title, and no list of contents beside the site's own", () => {
    const [, settings = "", text] = pageOf(`# A\n\n${list}## One\n`, page, links).split("---\n");
    expect(JSON.parse(settings)).to.deep.equal({ title: page.title });
    expect(text).to.equal("\n# A\n\n## One\n");
  });

  it("keeps the list where wide tables take the place of the site's own", () => {
    const [, settings = "", text] = pageOf(`# A\n\n${list}${wide}`, page, links).split("---\n");
    expect(JSON.parse(settings)).to.include({ aside: false, pageClass: "wide" });
    expect(text).to.contain(list);
  });

  it("shows the headings of one level beside it where there are very many", () => {
    const settingsOf = (sections: number): unknown => {
      const text = "## A\n\n### B\n\n".repeat(sections);
      return JSON.parse(pageOf(text, page, links).split("---\n")[1] ?? "");
    };
    expect(settingsOf(10)).to.not.have.property("outline");
    expect(settingsOf(20)).to.include({ outline: 2 });
  });
});

describe("a page of the API", () => {
  for (const [what, written, wanted] of [
    ["the names of outputs and inputs", "`OutputInstance`\\<`In`\\<", "`Output`\\<`Input`\\<"],
    ["values as what they are of", "`UnwrappedObject`\\<[`A`](a.md)\\>[]", "[`A`](a.md)[]"],
    [
      "unions without a separator in front",
      "`Output`\\< \\| `a` \\| `b`\\>",
      "`Output`\\<`a` \\| `b`\\>",
    ],
    ["no class that nobody can import", "## Extends\n\n- `AddonResource`\n\n## B", "## B"],
    ["a class that they can", "## Extends\n\n- `B`\n\n## C", "## Extends\n\n- `B`\n\n## C"],
  ] as const) {
    it(`has ${what}`, () => {
      expect(tidied(`${written}\n`)).to.match(/^---\n.*\n---\n\n/s);
      expect(tidied(`${written}\n`).split("---\n\n")[1]).to.equal(`${wanted}\n`);
    });
  }
});

describe("the check of the built site", () => {
  const good: Readonly<Record<string, string>> = {
    "index.html": `<link rel="icon" href="/demo/icon.svg"><a href="/demo/guides/a#%C3%A9">a</a>`,
    "guides/a.html": `<h1 id="é">A</h1><a href="../">up</a> <a href="#é">here</a><img src="b.png">
      <a href="https://example.com/">elsewhere</a> <a href="mailto:nobody@example.com">mail</a>
      <a href="/demo/">home</a><img src="data:image/png;base64,AA==">`,
    "guides/b.png": "",
    "icon.svg": "",
    "style.css": "a { background: url(/demo/icon.svg) }",
  };

  function problemsOf(files: Readonly<Record<string, string>>): string[] {
    const folder = temporaryFolder("site");
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    const problems = siteProblems(folder, "/demo/");
    removeFolder(folder);
    return problems;
  }

  it("finds nothing in a good one", () => {
    expect(problemsOf(good)).to.deep.equal([]);
  });

  for (const [what, text, problem] of [
    ["a link to no page", `<a href="/demo/b">b</a>`, "/demo/b leads nowhere"],
    ["a link to a folder", `<a href="/demo/guides">b</a>`, "/demo/guides leads nowhere"],
    ["a link beside the site's folder", `<a href="/guides/a">a</a>`, "/guides/a leads nowhere"],
    ["an anchor without a heading", `<a href="/demo/guides/a#b">b</a>`, "guides/a#b leads nowhere"],
    ["an anchor of its own without one", `<a href="#b">b</a>`, "#b leads nowhere"],
    ["an image that is not there", `<img src="c.png">`, "c.png leads nowhere"],
    ["the larger form of one", `<img srcset="icon.svg, c.png 2x">`, "c.png leads nowhere"],
    ["one id for two things", `<p id="x"><p id="x">`, "the id x is there twice"],
    [
      "a script from elsewhere",
      `<script src="https://example.com/x.js"></script>`,
      "from elsewhere",
    ],
    ["a font from elsewhere", `<link href="//example.com/x.woff2">`, "from elsewhere"],
  ] as const) {
    it(`finds ${what}`, () => {
      const [first, ...more] = problemsOf({ ...good, "bad.html": text });
      expect(first).to.match(/^bad\.html: /);
      expect(first).to.contain(problem);
      expect(more).to.deep.equal([]);
    });
  }

  it("finds a font that a style loads from elsewhere", () => {
    const problems = problemsOf({
      ...good,
      "bad.css": "@import url('https://example.com/x.css');",
    });
    expect(problems).to.deep.equal(["bad.css: something would be loaded from elsewhere"]);
  });
});
