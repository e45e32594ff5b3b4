import { posix } from "node:path";
import { routeOf } from "./contents";

export interface Links {
  /** Documents that are pages, by their paths in the repository. */
  readonly pages: readonly string[];
  /** Where the repository's files can be read, such as `https://example.com/blob/main`; undefined if nowhere. */
  readonly sources: string | undefined;
}

// A link is looked for last, so that what stands in code is none. Its text may hold code, and one
// pair of brackets.
const parts =
  /^(?<fence>`{3,}|~{3,})[^]*?^\k<fence>|(?<image>!?)\[(?<text>(?:`[^`]*`|[^[\]`]|\[[^\]]*\])*)\]\((?<target>[^()\s]+)\)|(?<ticks>`+)[^]*?\k<ticks>/gmu;

/**
 * A document with its links made for the site: to the page of a document, and for another file of
 * the repository to where its source can be read. Where that is nowhere, the text of the link stays.
 */
export function withSiteLinks(markdown: string, file: string, links: Links): string {
  return markdown.replace(parts, (whole: string, ...groups: unknown[]) => {
    const { text = "", target, image } = groups.at(-1) as Partial<Record<string, string>>;
    if (target === undefined || image === "!" || !isInside(target)) return whole;
    const [path = "", anchor] = target.split("#");
    if (path === "") return whole;
    const found = posix.join(posix.dirname(file), path).replace(/\/$/u, "");
    const suffix = anchor === undefined ? "" : `#${anchor}`;
    if (links.pages.includes(found)) return `[${text}](${routeOf(found)}${suffix})`;
    return links.sources === undefined ? text : `[${text}](${links.sources}/${found}${suffix})`;
  });
}

/** The images of a document that are files of the repository, as it names them. */
export function imagesOf(markdown: string): string[] {
  return [...markdown.matchAll(parts)]
    .filter(({ groups }) => groups?.["image"] === "!")
    .map(({ groups }) => groups?.["target"] ?? "")
    .filter(isInside);
}

/** Whether a link leads to something of this repository. */
function isInside(target: string): boolean {
  return !/^(?:[a-z][a-z0-9+.-]*:|\/)/iu.test(target);
}
