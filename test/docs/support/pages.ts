import { readFileSync } from "node:fs";
import { join } from "node:path";
import { documentsOf } from "../../support/documents";
import { repository } from "../../support/pack";

/** A block of code in a page. */
export interface Block {
  /** `README.md:49`, for messages. */
  readonly place: string;
  /** The first word after the fence, and what else stands there. */
  readonly language: string;
  readonly mark: string;
  readonly code: string;
}

/** The pages for users whose code is checked: the README and all of docs/, whatever comes to be there. */
export function pages(): string[] {
  return documentsOf(repository).filter(
    (file) =>
      file === "README.md" || (file.startsWith("docs/") && !file.startsWith("docs/contributing/")),
  );
}

/** The blocks of a page in their order. */
export function blocksOf(page: string): Block[] {
  const text = readFileSync(join(repository, page), "utf8");
  return [...text.matchAll(/^( *)```([^\n`]*)\n(.*?)^\1```$/gms)].map((match) => {
    const [, indent = "", info = "", code = ""] = match;
    const line = text.slice(0, match.index).split("\n").length;
    const [language = "", ...mark] = info.trim().split(/\s+/);
    return {
      place: `${page}:${line}`,
      language,
      mark: mark.join(" "),
      // A block in a list is indented with it.
      code: code.replace(new RegExp(`^${indent}`, "gm"), ""),
    };
  });
}
