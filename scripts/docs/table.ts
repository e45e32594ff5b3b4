/** A Markdown table; prettier aligns it afterwards. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.map(escaped).join(" | ")} |`).join("\n");
}

export function code(text: string): string {
  return `\`${text}\``;
}

// A bar ends the cell, in code too.
function escaped(cell: string): string {
  return cell.replaceAll("|", "\\|");
}
