import { isRecord } from "../../fields/values";

/** Characters of a line, as prettier has them by default in programs of others. */
const width = 80;

/** Control, format and direction characters, halves of characters, and what ends a line. */
const invisible = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** A piece of code in place of a value. */
export class Code {
  constructor(readonly text: string) {}
}

/**
 * A value as TypeScript. Foreign text cannot become code by it, nor make code look like other code:
 * what cannot be seen, or turns the direction of writing, is escaped. `before`: characters that stand
 * before it in its line.
 */
export function literal(value: unknown, indent = "", before = indent.length): string {
  if (value instanceof Code) return value.text;
  if (typeof value === "string") return text(value);
  const parts = Array.isArray(value)
    ? { open: "[", close: "]", space: "", items: value.map((item) => ["", item] as const) }
    : isRecord(value)
      ? { open: "{", close: "}", space: " ", items: Object.entries(value).map(keyed) }
      : undefined;
  if (parts === undefined) return JSON.stringify(value ?? null);
  const { open, close, space, items } = parts;
  if (items.length === 0) return `${open}${close}`;
  const inner = `${indent}  `;
  const written = items.map(([key, item]) => {
    return `${key}${literal(item, inner, inner.length + key.length)}`;
  });
  const line = `${open}${space}${written.join(", ")}${space}${close}`;
  // What follows is a comma.
  if (before + line.length < width && !line.includes("\n")) return line;
  const lines = written.map((item) => `${inner}${item},\n`);
  return `${open}\n${lines.join("")}${indent}${close}`;
}

function keyed([key, value]: readonly [string, unknown]): readonly [string, unknown] {
  return [`${propertyName(key)}: `, value];
}

function propertyName(key: string): string {
  // Written as a plain key, it would set the object's prototype.
  if (key === "__proto__") return `["__proto__"]`;
  return /^[A-Za-z_$][\w$]*$/u.test(key) ? key : text(key);
}

/** A string literal. */
export function text(value: string): string {
  return JSON.stringify(value).replace(invisible, escaped);
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
    .map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`)
    .join("");
}

/** Lines of comment that no text can end early. */
export function comment(content: string, indent = ""): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of content.replace(invisible, " ").split(/\s+/u).filter(Boolean)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && indent.length + 3 + longer.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line].map((each) => `${indent}// ${each}`.trimEnd());
}
