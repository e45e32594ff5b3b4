import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import type { IPty } from "@lydell/node-pty";
import { Terminal as Screen } from "@xterm/headless";
import { repository } from "./pack";

type Pty = typeof import("@lydell/node-pty");

/** Milliseconds after which a command that says nothing has failed. */
const patience = 30_000;

/** The library for pseudo-terminals, or why this machine has none. */
export async function loadPty(): Promise<Pty | { readonly reason: string }> {
  try {
    return await import("@lydell/node-pty");
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

/** A program to run, and with what. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
}

/** Our command line, from its sources. */
export function commandLine(args: readonly string[]): Command {
  const main = join(repository, "src/cli/main.ts");
  const tsx = pathToFileURL(require.resolve("tsx")).href;
  return { file: process.execPath, args: ["--import", tsx, main, ...args] };
}

export interface TerminalOptions {
  readonly columns: number;
  /** Told of what is written, in the order in which it comes. */
  readonly onData?: (piece: string) => void;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A line as it stands on the screen at the end. */
export interface Line {
  readonly text: string;
  /** True where the terminal had to break it, since it was too long. */
  readonly isBroken: boolean;
}

/** A command in a pseudo-terminal, as a user has it on the screen. */
export class Terminal {
  private readonly pty: IPty;
  private readonly screen: Screen;
  private output = "";
  private code: number | undefined;
  private wake: () => void = () => undefined;
  /** Where the next look begins: what was answered already is not looked at. */
  private seen = 0;

  constructor(
    { spawn }: Pty,
    { file, args }: Command,
    { columns, folder, env, onData }: TerminalOptions,
  ) {
    this.pty = spawn(file, [...args], {
      cols: columns,
      rows: 40,
      cwd: folder,
      name: "xterm-256color",
      env: { PATH: process.env.PATH ?? "", HOME: folder, TERM: "xterm-256color", ...env },
    });
    this.screen = new Screen({ cols: columns, rows: 40, allowProposedApi: true });
    this.pty.onData((piece) => {
      this.screen.write(piece);
      this.output += piece;
      onData?.(piece);
      this.wake();
    });
    this.pty.onExit(({ exitCode }) => {
      this.code = exitCode;
      this.wake();
    });
  }

  /** Waits for a text, then types an answer and the return key. */
  async answer(question: string, text = ""): Promise<void> {
    await this.until(() => this.plain().includes(question, this.seen), `"${question}"`);
    this.seen = this.plain().length;
    this.pty.write(`${text}\r`);
  }

  /** How it ended, and what the screen shows then. */
  async end(
    limit = patience,
  ): Promise<{ readonly code: number; readonly raw: string; readonly lines: Line[] }> {
    await this.until(() => this.code !== undefined, "its end", limit);
    await new Promise<void>((resolve) => this.screen.write("", resolve));
    const { active } = this.screen.buffer;
    const lines: Line[] = [];
    for (let row = 0; row < active.length; row += 1) {
      const line = active.getLine(row);
      const last = lines.at(-1);
      const text = line?.translateToString(true) ?? "";
      if (line?.isWrapped === true && last !== undefined) {
        lines[lines.length - 1] = { text: last.text + text, isBroken: true };
      } else lines.push({ text, isBroken: false });
    }
    return { code: this.code ?? -1, raw: this.output, lines };
  }

  dispose(): void {
    if (this.code === undefined) this.pty.kill();
  }

  /** What was shown, one picture after the other, without colours and movements of the cursor. */
  private plain(): string {
    return stripVTControlCharacters(this.output).replace(/\r/g, "");
  }

  private async until(isSo: () => boolean, what: string, ms = patience): Promise<void> {
    const timeout = setTimeout(() => this.wake(), ms);
    const limit = Date.now() + ms;
    try {
      while (!isSo()) {
        if (Date.now() >= limit || (this.code !== undefined && what !== "its end")) {
          throw new Error(`waited in vain for ${what}; this was shown:\n${this.plain()}`);
        }
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      }
    } finally {
      clearTimeout(timeout);
    }
  }
}
