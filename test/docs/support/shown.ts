import { projectName, stackName } from "../../support/project-files";

/** What the guides call the project that `pulumi new` makes. */
const guideProject = "my-addons";

/**
 * Whether a block of a page is in what was printed. Lines may be broken elsewhere; an ellipsis stands
 * for anything, within a line for a part of it; ids, times and the project's name are not compared.
 */
export function isShown(block: string, printed: string): boolean {
  const pattern = normal(block)
    .split(/(?:^|\s)…(?=\s|$)/)
    .map((part) =>
      part
        .trim()
        .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
        .replaceAll("…", "\\S*?"),
    )
    .join("[^]*?");
  return new RegExp(pattern).test(normal(printed));
}

function normal(text: string): string {
  return (
    text
      // Marks of progress, which come at any time.
      .replace(/^@ .*$/gm, "")
      .replaceAll(`${projectName}-${stackName}`, `${guideProject}-${stackName}`)
      .replaceAll(`::${projectName}::`, `::${guideProject}::`)
      .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<uuid>")
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>")
      .replace(/\b\d+(?:\.\d+)?s\b/g, "<seconds>")
      // What an add-on's own row says at its end comes at any time too.
      .replace(/^ .*:Addon \S+ {2}its plan .*$/gm, "")
      .replace(
        /(:Addon \S+ \w+(?: original| replacement)?(?: \(<seconds>\))?(?: \[diff: [^\]]*\])?)(?:;? .*)?$/gm,
        "$1",
      )
      .split("\n")
      .filter((line, index, lines) => !line.includes(":Addon ") || lines.indexOf(line) === index)
      .join("\n")
      .replace(/\s+/g, " ")
      .trim()
  );
}
