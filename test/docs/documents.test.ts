import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { files, render } from "../../scripts/generate/documents";
import { documentsOf } from "../support/documents";
import { repository } from "../support/pack";

const text = (file: string) => readFileSync(join(repository, file), "utf8");
const documents = documentsOf(repository);

describe("the documents", () => {
  for (const file of files) {
    it(`${file} is what the present sources make it`, async () => {
      expect(text(file), "run npm run generate").to.equal(await render(file));
    });
  }

  for (const file of documents) {
    it(`${file} links to what is there`, () => {
      const links = [...prose(text(file)).matchAll(/\]\(([^)]+)\)/g)].map(([, to]) => to ?? "");
      for (const link of links.filter((target) => !target.startsWith("https:"))) {
        const [path = "", anchor] = link.split("#");
        const target =
          path === "" ? file : relative(repository, join(repository, dirname(file), path));
        expect(existsSync(join(repository, target)), link).to.equal(true);
        if (anchor !== undefined) expect(anchorsOf(text(target)), link).to.include(anchor);
      }
    });

    // A changelog has the same headings for every version.
    if (file !== "CHANGELOG.md") {
      it(`${file} has no two headings with one anchor`, () => {
        const anchors = anchorsOf(text(file));
        expect(anchors).to.deep.equal([...new Set(anchors)]);
      });
    }
  }
});

/** The anchors that headings get. */
function anchorsOf(markdown: string): string[] {
  return [...prose(markdown).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
}

/** Without blocks of code, in which a comment looks like a heading. */
function prose(markdown: string): string {
  return markdown.replace(/^```.*?^```$/gms, "");
}
