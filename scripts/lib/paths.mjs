import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** What setup remembers between runs; ignored by git and by npm pack. */
export const cacheFolder = join(root, ".cache");

export const dist = join(root, "dist");
/** The provider plugin: what the npm package holds, and what a tar.gz for other languages is made of. */
export const plugin = join(root, "plugin");
export const modules = join(root, "node_modules");
