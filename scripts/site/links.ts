import { posix } from "node:path";
import { routeOf } from "./contents";

export interface Links {
  /** Documents that are pages, by their paths in the repository. */
  readonly pages: readonly string[];
  /** Whether the repository has that file or folder. */
  readonly has: (path: string) => boolean;
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
  let made = "";
  let end = 0;
  for (const { 0: whole, index, groups } of markdown.matchAll(parts)) {
    made += markdown.slice(end, index) + (siteLink(groups, file, links) ?? whole);
    end = index + whole.length;
  }
  return made + markdown.slice(end);
}

/** What stands in the place of a link; undefined for what is none, or may stay as it is. */
function siteLink(
  { text = "", target = "", image }: RegExpMatchArray["groups"] = {},
  file: string,
  { pages, has, sources }: Links,
): string | undefined {
  const [path = "", anchor] = target.split("#");
  if (image !== "" || path === "" || !isInside(target)) return undefined;
  const found = posix.join(posix.dirname(file), path).replace(/\/$/u, "");
  if (!has(found)) throw new Error(`${file} links to ${found}, which is not there`);
  const suffix = anchor === undefined ? "" : `#${anchor}`;
  if (pages.includes(found)) return `[${text}](${routeOf(found)}${suffix})`;
  return sources === undefined ? text : `[${text}](${sources}/${found}${suffix})`;
}

/** The images of a document that are files of the repository, as it names them. */
export function imagesOf(markdown: string): string[] {
  return [...markdown.matchAll(parts)]
    .filter(({ groups }) => groups?.image === "!")
    .map(({ groups }) => groups?.target ?? "")
    .filter(isInside);
}

/** Whether a link leads to something of this repository. */
function isInside(target: string): boolean {
  return !/^(?:[a-z][a-z0-9+.-]*:|\/)/iu.test(target);
}
