const parts: Readonly<Record<string, string>> = {
  ".": "\\.",
  "**/": "(?:.+/)?",
  "*": "[^/]*",
  "{": "(?:",
  ",": "|",
  "}": ")",
};

/** Whether a path matches a glob, of the kind that the commands and workflows use. */
export function matches(path: string, glob: string): boolean {
  const pattern = glob.replace(/\*\*\/|[.*{},]/gu, (part) => parts[part] ?? part);
  return new RegExp(`^${pattern}$`, "u").test(path);
}
