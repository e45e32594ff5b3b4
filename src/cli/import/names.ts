/** What a resource is called in the program: as a variable, and for Pulumi. */
export interface ProgramName {
  readonly variable: string;
  readonly resource: string;
}

/** Words that are no names of variables at the top of a module, or that the program uses itself. */
const reserved = new Set(
  [
    "abstract any arguments as asserts async await bigint boolean break case catch class config",
    "const constructor continue debugger declare default delete do else enum eval export exports",
    "extends false finally for from function get global if implements import in infer instanceof",
    "interface is keyof let module namespace never new null number object of package private",
    "protected public pulumi readonly require return set static string super switch symbol this",
    "throw true try type typeof undefined unique unknown var void while with yield",
  ].flatMap((line) => line.split(" ")),
);

/** Longer names help nobody. */
const longest = 60;

/**
 * A name for each add-on, unique among them all, out of what it is called: the first of its titles of
 * which something is left in plain letters and digits, which every editor, shell and URN takes.
 */
export function nameAll(titles: readonly (readonly string[])[]): ProgramName[] {
  const taken = new Set<string>();
  return titles.map((candidates) => {
    const words = candidates.map(wordsOf).find((found) => found.length > 0) ?? ["addon"];
    const plain = words.join("-");
    const variable = camelCase(words);
    for (let number = 1; ; number += 1) {
      // A digit at the end of a name and the number after it would make another number.
      const gap = /\d$/u.test(variable) ? "_" : "";
      const name: ProgramName =
        number === 1
          ? { variable, resource: plain }
          : { variable: `${variable}${gap}${number}`, resource: `${plain}-${number}` };
      const marks = [`variable ${name.variable.toLowerCase()}`, `resource ${name.resource}`];
      if (marks.some((mark) => taken.has(mark))) continue;
      for (const mark of marks) taken.add(mark);
      return name;
    }
  });
}

function wordsOf(title: string): string[] {
  const plain = title
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/ß/gu, "ss")
    .replace(/[Ææ]/gu, "ae")
    .replace(/[Øø]/gu, "o")
    .replace(/[Łł]/gu, "l");
  // What is lost of a name in another script must not leave a stray letter of it as the whole.
  const letters = plain.match(/[\p{L}\p{N}]/gu) ?? [];
  const latin = plain.match(/[A-Za-z0-9]/gu) ?? [];
  if (latin.length * 2 < letters.length) return [];
  const words = plain
    .slice(0, longest)
    .split(/[^A-Za-z0-9]+/u)
    .filter(Boolean);
  return words.map((word) => word.toLowerCase());
}

function camelCase(words: readonly string[]): string {
  const [first = "", ...rest] = words;
  const name = first + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  if (/^\d/u.test(name)) return `addon${name}`;
  return reserved.has(name) ? `${name}Addon` : name;
}
