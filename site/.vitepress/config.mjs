// The pages are the documents of the repository, where they are.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { slug } from "github-slugger";
import { defineConfig } from "vitepress";
import llms from "vitepress-plugin-llms";
import { contents, routeOf } from "../contents.mjs";
import { languageTabs } from "./languages.mjs";
import { siteLinks } from "./links.mjs";
import { breakAfterDots, labelCells } from "./tables.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const json = (path) => JSON.parse(readFileSync(join(root, path), "utf8"));
const manifest = json("package.json");

/** The repository's address on the web, once package.json names one. */
const { url = manifest.repository } = manifest.repository ?? {};
const repository = url?.replace(/^git\+|\.git$/gu, "");

/** The folder of the site on its server, with a slash at both ends. */
const base = process.env.SITE_BASE ?? "/";

/** The pages are outside of the folder in which Vue is installed. */
const vueOfSite = {
  name: "vue-of-site",
  enforce: "pre",
  resolveId(id, _importer, { ssr }) {
    if (id !== "vue" && id !== "vue/server-renderer") return undefined;
    if (ssr) return { id, external: true };
    return this.resolve(id, join(root, "site/index.md"), { skipSelf: true });
  },
};

const wideTable = /^(?:\| :?-+:? ){5,}\|/mu;

export default defineConfig({
  title: manifest.name,
  description: manifest.description,
  lang: "en-GB",
  base,
  srcDir: "..",
  srcExclude: [
    "{node_modules,dist,coverage,src,test,scripts,bench,examples,etc}/**",
    "site/{node_modules,dist}/**",
    "site/api.md",
  ],
  rewrites: routeOf,
  outDir: "dist",
  cacheDir: ".cache/vite",
  cleanUrls: true,
  head: [["link", { rel: "icon", type: "image/svg+xml", href: `${base}icon.svg` }]],
  vite: {
    publicDir: join(root, "site/public"),
    plugins: [
      vueOfSite,
      // Assistants write programs too: /llms.txt, /llms-full.txt, and each page as Markdown.
      llms({ ignoreFiles: ["site/generated/**", "docs/contributing/**"] }),
    ],
  },
  transformPageData({ filePath, frontmatter }) {
    const wide = wideTable.test(readFileSync(join(root, filePath), "utf8"));
    if (wide || filePath.startsWith("site/generated/")) {
      return { frontmatter: { pageClass: "wide", ...frontmatter } };
    }
  },
  markdown: {
    config: (md) => {
      md.use(languageTabs);
      md.use(labelCells);
      md.use(breakAfterDots);
      md.use(siteLinks, { root, repository });
    },
    // Links to headings are written for GitHub.
    anchor: { slugify: (heading) => slug(heading) },
    // Half a second, Shiki's limit for a line, is not enough for the first one on a busy machine.
    shikiSetup(shiki) {
      const { codeToHtml } = shiki;
      shiki.codeToHtml = (code, options) => codeToHtml(code, { ...options, tokenizeTimeLimit: 0 });
    },
    theme: { light: "github-light-high-contrast", dark: "github-dark" },
  },
  themeConfig: {
    logo: "/icon.svg",
    search: { provider: "local" },
    ...(repository && {
      socialLinks: [{ icon: "github", link: repository }],
      editLink: { pattern: ({ filePath }) => `${repository}/edit/main/${filePath}` },
    }),
    nav: [
      { text: "Overview", link: "/overview" },
      {
        text: "Reference",
        items: [
          { text: "MigetAddon", link: "/miget-addon" },
          { text: "NorthflankAddon", link: "/northflank-addon" },
        ],
      },
      { text: "API", link: "/api/", activeMatch: "^/api/" },
      { text: manifest.version, link: "/changelog" },
    ],
    sidebar: {
      "/": [
        ...Object.entries(contents).map(([text, pages]) => ({
          text,
          items: Object.entries(pages).map(([file, title]) => ({
            text: title,
            link: `/${routeOf(file).replace(/\.md$/u, "")}`,
          })),
        })),
        { text: "API", items: [{ text: "What programs import", link: "/api/" }] },
      ],
      "/api/": [
        { text: "API", link: "/api/", items: json("site/generated/api/typedoc-sidebar.json") },
      ],
    },
    outline: { level: [2, 3] },
  },
});
