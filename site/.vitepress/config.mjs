// The pages are put into .cache/pages by scripts/site, from the documents of the repository.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { slug } from "github-slugger";
import { defineConfig } from "vitepress";
import { labelCells } from "./tables.mjs";

const inSite = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const json = (path) => JSON.parse(readFileSync(inSite(path), "utf8"));
const { version } = json("../package.json");

/** The folder of the site on its server, with a slash at both ends. */
const base = process.env.SITE_BASE ?? "/";

export default defineConfig({
  title: "pulumi-paas-addons",
  description: "Pulumi resources for the managed databases of Miget and Northflank.",
  lang: "en-GB",
  base,
  srcDir: ".cache/pages",
  outDir: "dist",
  cacheDir: ".cache/vite",
  cleanUrls: true,
  head: [["link", { rel: "icon", type: "image/svg+xml", href: `${base}icon.svg` }]],
  vite: { publicDir: inSite("public") },
  markdown: {
    config: (md) => md.use(labelCells),
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
      { text: version, link: "/changelog" },
    ],
    sidebar: {
      "/": json(".cache/sidebar.json"),
      "/api/": [
        { text: "API", link: "/api/", items: json(".cache/pages/api/typedoc-sidebar.json") },
      ],
    },
    outline: { level: [2, 3] },
  },
});
