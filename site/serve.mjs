// Shows the built site on this machine, on the first free port from 4173 on.

import { fileURLToPath } from "node:url";
import { preview } from "vite";

const server = await preview({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: process.env.SITE_BASE ?? "/",
  // Pages have addresses without .html, and one that is not there is not the home page.
  appType: "mpa",
  configFile: false,
  preview: { host: "127.0.0.1" },
});
server.printUrls();
