import type { Output } from "../../src/fields/output";

/** Columns of a line of code, and of a level of it. */
const width = 100;
const indent = 2;

/** The comment of a declaration, which stands `depth` levels deep. */
export function comment(text: string, depth: number): string {
  const line = `/** ${text} */`;
  if (depth * indent + line.length <= width) return line;
  return `/**\n${docLines(text, depth)}\n */`;
}

/** The lines of a comment of several. */
export function docLines(text: string, depth: number): string {
  const lines: string[] = [" *"];
  for (const word of text.split(" ")) {
    const longer = `${lines[lines.length - 1] ?? ""} ${word}`;
    if (depth * indent + longer.length > width) lines.push(` * ${word}`);
    else lines[lines.length - 1] = longer;
  }
  return lines.join("\n");
}

export function outputDoc({ doc, secret }: Output<never>): string {
  return secret === true ? `${doc} Secret.` : doc;
}
