import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { contents, contentsProblems, routeOf, type Page } from "./contents";
import { imagesOf, withSiteLinks, type Links } from "./links";

/** The documents that have to be pages: those of the root, and all of docs/. */
export function documentsOf(root: string): string[] {
  const inDocs = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" });
  return [...readdirSync(root), ...inDocs.map((file) => `docs/${file.replaceAll("\\", "/")}`)]
    .filter((file) => file.endsWith(".md"))
    .sort();
}

/** Writes a page for every document, with its images, and the sidebar. */
export function writePages(root: string, site: string, sources: string | undefined): void {
  const documents = documentsOf(root);
  const problems = contentsProblems(contents, documents);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  const links = { pages: documents, has: (path: string) => existsSync(join(root, path)), sources };
  const folder = join(site, ".cache/pages");
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(site, "index.md"), join(folder, "index.md"));
  for (const page of contents.flatMap(({ pages }) => pages)) {
    const text = readFileSync(join(root, page.file), "utf8");
    const target = join(folder, `${routeOf(page.file)}.md`);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, pageOf(text, page, links));
    for (const image of imagesOf(text)) {
      const copy = join(dirname(target), image);
      mkdirSync(dirname(copy), { recursive: true });
      copyFileSync(join(root, dirname(page.file), image), copy);
    }
  }
  writeFileSync(join(site, ".cache/sidebar.json"), JSON.stringify(sidebar()));
}

/**
 * The text of a page. A list of contents goes, since the site has one beside the page; but where
 * there are wide tables they take that place, and the list stays.
 */
export function pageOf(text: string, { file, title }: Page, links: Links): string {
  const wide = wideTable.test(text);
  const settings = {
    title,
    ...(wide && { aside: false, pageClass: "wide" }),
    ...((text.match(headings) ?? []).length > mostHeadings && { outline: 2 }),
  };
  const shown = wide ? text : text.replace(listOfContents, "");
  // JSON is YAML.
  return `---\n${JSON.stringify(settings)}\n---\n\n${withSiteLinks(shown, file, links)}`;
}

/** Beside a page with more than these, headings below the second level would only be in the way. */
const mostHeadings = 30;
const headings = /^#{2,3} /gmu;

/** A table's second line, with five columns or more. */
const wideTable = /^(?:\| :?-+:? ){5,}\|/mu;
const listOfContents = /^(?:- \[[^\n]*\]\(#[^\n)]*\)\n)+\n/mu;

function sidebar(): object {
  const groups = contents.map(({ title, pages }) => ({
    text: title,
    items: pages.map((page) => ({ text: page.title, link: routeOf(page.file) })),
  }));
  return [...groups, { text: "API", items: [{ text: "What programs import", link: "/api/" }] }];
}
