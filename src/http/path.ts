/** Longer than any id that a platform gives. */
const longest = 256;

/**
 * Whether a text can be the id of something in a path. What an id never holds is refused rather than
 * encoded: URL parsers resolve `.` and `..` (https://url.spec.whatwg.org/#double-dot-path-segment), so
 * that a DELETE of the add-on `..` would be one of its project, and proxies decode what was encoded.
 */
export function isId(text: unknown): boolean {
  return (
    typeof text === "string" &&
    text.length > 0 &&
    text.length <= longest &&
    text !== "." &&
    text !== ".." &&
    !/[/\\?#%\p{C}\p{Z}]/u.test(text) &&
    // Messages name ids in commands for a shell.
    !/["$&'()*,;<>`|!^[\]{}]/u.test(text)
  );
}

/** A path of these parts, in front of each a slash. Throws for a part that is no id. */
export function pathTo(...parts: readonly string[]): string {
  const odd = parts.find((part) => !isId(part));
  if (odd !== undefined) {
    throw new Error(
      `${JSON.stringify(odd.slice(0, longest))} is no id, and would lead elsewhere in the API: check where it comes from. No request was sent.`,
    );
  }
  return parts.map((part) => `/${encodeURIComponent(part)}`).join("");
}
