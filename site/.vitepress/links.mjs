import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { routeOf } from "../contents.mjs";

/**
 * Links are written for the repository. One to a document becomes a link to its page; one to another
 * file leads to the repository on the web, or is plain text while package.json names none.
 */
export function siteLinks(md, { root, repository }) {
  md.core.ruler.push("site-links", ({ tokens, env }) => {
    for (const { children } of tokens) {
      const links = children?.filter(({ type }) => type === "link_open") ?? [];
      for (const link of links) {
        const [path, anchor] = link.attrGet("href").split("#");
        if (path === "" || /^(?:[a-z]+:|\/)/iu.test(path)) continue;
        const file = join(dirname(env.realPath ?? env.path), decodeURI(path));
        if (!existsSync(file)) throw new Error(`${env.relativePath}: there is no ${path}`);
        const name = relative(root, file).replaceAll("\\", "/");
        if (name.startsWith("site/generated/")) continue;
        const hash = anchor === undefined ? "" : `#${anchor}`;
        if (name.endsWith(".md")) {
          link.attrSet("href", `/${routeOf(name).replace(/\.md$/u, "")}${hash}`);
        } else if (repository !== undefined) {
          link.attrSet("href", `${repository}/blob/main/${name}${hash}`);
        } else {
          link.tag = "span";
          link.attrs = null;
          children[closing(children, link)].tag = "span";
        }
      }
    }
  });
}

function closing(children, link) {
  const from = children.indexOf(link);
  return children.findIndex(({ type }, index) => index > from && type === "link_close");
}
