/** One command of a block of shell lines: its words, without variables that are set for it. */
export type ShellCommand = readonly string[];

/** Operators between commands, and those after which a file follows. */
const between = new Set(["|", "&&", "||", ";", "&"]);
const redirecting = new Set([">", ">>", "<"]);

/** Reads what the pages' shell blocks need: comments, quotes, continued lines, pipes, redirections, `$(…)`. */
export function commandsIn(code: string): ShellCommand[] {
  return code
    .replace(/\\\n/g, " ")
    .split("\n")
    .flatMap((line) => [
      line,
      ...Array.from(line.matchAll(/\$\(([^)]*)\)/g), ([, inner = ""]) => inner),
    ])
    .flatMap(commandsInLine)
    .map((words) => words.slice(words.findIndex((word) => !/^\w+=/.test(word))))
    .filter((words) => words.length > 0);
}

function commandsInLine(line: string): string[][] {
  const commands: string[][] = [[]];
  let skip = false;
  for (const [text] of line.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)) {
    if (text.startsWith("#")) break;
    if (between.has(text)) commands.push([]);
    else if (redirecting.has(text)) skip = true;
    else if (skip) skip = false;
    else commands.at(-1)?.push(text.replace(/["']/g, ""));
  }
  return commands.filter((words) => words.length > 0);
}
