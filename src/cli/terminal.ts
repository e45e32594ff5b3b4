import { styleText } from "node:util";

/** Where a command prints: a terminal has columns, anything else has none. */
export interface Screen {
  readonly columns: number | undefined;
  readonly hasColors: boolean;
}

/** Narrower terminals get lines that are longer than they are. */
const narrowest = 30;

export type Style = Parameters<typeof styleText>[0];

export function paint({ hasColors }: Screen, style: Style, text: string): string {
  // Whether there are colours was decided by the screen; a stream to ask is not at hand.
  return hasColors ? styleText(style, text, { validateStream: false }) : text;
}

/** Breaks a text into lines; what has no space in it stays whole, so that it can be copied. */
export type Wrap = (text: string, columns: number) => string[];

export async function loadWrap(): Promise<Wrap> {
  const { wrapAnsi } = await import("fast-wrap-ansi");
  return (text, columns) => wrapAnsi(text, Math.max(narrowest, columns)).split("\n");
}

/** The lines of a text that stands behind `first`, and below it on the next lines. */
export function hanging(
  wrap: Wrap,
  first: string,
  text: string,
  columns: number,
  indent = first.length,
): string[] {
  const [line = "", ...rest] = wrap(text, columns - indent);
  return [`${first}${line}`, ...rest.map((each) => `${" ".repeat(indent)}${each}`)];
}
