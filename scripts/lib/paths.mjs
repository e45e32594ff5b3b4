import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** What setup remembers between runs; ignored by git and by npm pack. */
export const cacheFolder = join(root, ".cache");

export const dist = join(root, "dist");
export const modules = join(root, "node_modules");
