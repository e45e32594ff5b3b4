import { readdirSync } from "node:fs";
import { join } from "node:path";

/** The documents of the repository, by their paths: those of the root, and all of docs/. */
export function documentsOf(root: string): string[] {
  const inDocs = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" });
  return [...readdirSync(root), ...inDocs.map((file) => `docs/${file.replaceAll("\\", "/")}`)]
    .filter((file) => file.endsWith(".md"))
    .sort();
}
