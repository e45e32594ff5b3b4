import { inspect, isDeepStrictEqual } from "node:util";

/** A step that did not do what it should. */
export class WrongStep extends Error {
  constructor(what: string, expected: unknown, seen: unknown) {
    super(`${what}\n  expected: ${show(expected)}\n  seen:     ${show(seen)}`);
  }
}

function show(value: unknown): string {
  return typeof value === "string" ? value : inspect(value, { depth: 5, breakLength: 100 });
}

/** Fails the step unless the two are deeply equal. */
export function mustEqual(what: string, seen: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(seen, expected)) throw new WrongStep(what, expected, seen);
}

/** Fails the step unless the text matches. */
export function mustMatch(what: string, seen: string, expected: RegExp): void {
  if (!expected.test(seen)) throw new WrongStep(what, `text that matches ${expected}`, seen);
}

/** Tells in one line each what was done, what came of it and how long it took. */
export class Narrator {
  private steps = 0;
  private readonly started = Date.now();

  constructor(private readonly print: (line: string) => void) {}

  /** Does one step; `work` answers with what came of it, in words. */
  async step(title: string, work: () => Promise<string>): Promise<void> {
    const number = this.steps + 1;
    const begun = Date.now();
    try {
      const result = await work();
      this.steps = number;
      this.print(`${column(number)} ok     ${title}: ${result} (${seconds(begun)})`);
    } catch (error) {
      this.print(`${column(number)} WRONG  ${title} (${seconds(begun)})`);
      throw error;
    }
  }

  /** Shows some lines as they are, set off from the narration. */
  quote(text: string): void {
    for (const line of text.trimEnd().split("\n")) this.print(`   | ${line}`);
  }

  summary(): string {
    return `${this.steps} steps in ${seconds(this.started)}`;
  }
}

function column(number: number): string {
  return String(number).padStart(2);
}

function seconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
