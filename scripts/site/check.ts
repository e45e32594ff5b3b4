import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Parser } from "htmlparser2";

/** What a built page says that others depend on, or that depends on others. */
interface Built {
  readonly ids: ReadonlySet<string>;
  readonly twice: readonly string[];
  readonly links: readonly string[];
  /** What a browser loads by itself. */
  readonly loaded: readonly string[];
}

/**
 * What is wrong with a built site, a line each: links, anchors and files that are not there, ids
 * that are there twice, and what would be loaded from elsewhere. `base` is its folder on the server.
 */
export function siteProblems(folder: string, base: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll("\\", "/"));
  const pages = new Map(
    files
      .filter((file) => file.endsWith(".html"))
      .map((file) => [file, read(readFileSync(join(folder, file), "utf8"))]),
  );
  const known = new Set(files);
  const styles = files
    .filter((file) => file.endsWith(".css"))
    .filter((file) => /url\(["']?(?:https?:)?\/\//u.test(readFileSync(join(folder, file), "utf8")))
    .map((file) => `${file}: something would be loaded from elsewhere`);
  const found = [...pages].flatMap(([file, { twice, links, loaded }]) => [
    ...twice.map((id) => `${file}: the id ${id} is there twice`),
    ...loaded.filter(isOutside).map((url) => `${file}: ${url} would be loaded from elsewhere`),
    ...[...links, ...loaded]
      .filter((url) => !isOutside(url))
      .filter((url) => !leadsSomewhere(url, file, { base, known, pages }))
      .map((url) => `${file}: ${url} leads nowhere`),
  ]);
  return [...styles, ...found];
}

function leadsSomewhere(
  url: string,
  from: string,
  site: { base: string; known: ReadonlySet<string>; pages: ReadonlyMap<string, Built> },
): boolean {
  const address = new URL(url, `https://site.example.com${site.base}${from}`);
  const path = decodeURIComponent(address.pathname);
  if (!path.startsWith(site.base)) return false;
  const file = fileAt(path.slice(site.base.length), site.known);
  if (file === undefined) return false;
  const anchor = decodeURIComponent(address.hash.slice(1));
  return anchor === "" || site.pages.get(file)?.ids.has(anchor) === true;
}

/** What a server of static files, such as GitHub Pages, answers with. */
function fileAt(path: string, known: ReadonlySet<string>): string | undefined {
  const asked = path === "" || path.endsWith("/") ? [`${path}index.html`] : [path, `${path}.html`];
  return asked.find((file) => known.has(file));
}

function isOutside(url: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:|\/\/)/iu.test(url);
}

function read(html: string): Built {
  const ids: string[] = [];
  const links: string[] = [];
  const loaded: string[] = [];
  const parser = new Parser({
    onopentag(name, { id, href, src, srcset }) {
      if (id !== undefined) ids.push(id);
      if (href !== undefined) (name === "a" ? links : loaded).push(href);
      if (src !== undefined) loaded.push(src);
      loaded.push(...(srcset?.split(",").map((part) => part.trim().split(" ")[0] ?? "") ?? []));
    },
  });
  parser.end(html);
  return {
    ids: new Set(ids),
    twice: ids.filter((id, index) => ids.indexOf(id) !== index),
    links,
    loaded: loaded.filter((url) => !url.startsWith("data:")),
  };
}
