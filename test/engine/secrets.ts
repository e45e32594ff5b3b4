import { readFileSync } from "node:fs";
import type { Stack } from "./stack";

/** Collects what nobody may see: all tokens, passwords, users and hosts that the platforms have given. */
export class Secrets {
  private readonly found = new Set<string>();

  constructor(private readonly stack: Stack) {
    const { miget, northflank } = stack.emulator;
    for (const token of [...miget.tokens, ...northflank.tokens]) this.found.add(token);
  }

  add(...secrets: readonly string[]): void {
    for (const secret of secrets) this.found.add(secret);
  }

  /** Takes in what there is at this moment; passwords that are rotated later must stay hidden too. */
  collect(): void {
    const { miget, northflank } = this.stack.emulator;
    for (const addon of miget.addons()) {
      if (addon.type === "storage") continue;
      this.add(addon.password, addon.firstPassword, `${addon.name}.internal.example.com`);
    }
    for (const { secrets, code } of northflank.addons()) {
      this.add(`${code}.addon.example.com`, `db${code}`);
      for (const { value } of secrets) {
        const { username, password, adminUsername, adminPassword } = value;
        this.add(username, password, adminUsername, adminPassword);
      }
    }
  }

  get size(): number {
    return this.found.size;
  }

  /** Where one of them stands in plain text: in the files of the state, or in what the CLI printed. */
  leaks(): string[] {
    const { project, printed } = this.stack;
    const texts = [
      ...project.stateFiles().map((file) => [file, readFileSync(file, "utf8")] as const),
      ...printed.map((text, index) => [`output of command ${String(index + 1)}`, text] as const),
    ];
    return texts.flatMap(([place, text]) =>
      [...this.found]
        .filter((secret) => spellings(secret).some((spelling) => text.includes(spelling)))
        .map((secret) => `${secret} in ${place}`),
    );
  }
}

/** As it is, in a URL, in JSON, and in JSON as Go writes it. */
function spellings(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  return [secret, encodeURIComponent(secret), json, json.replaceAll("&", "\\u0026")];
}
