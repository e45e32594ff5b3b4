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
    return [
      ...project.stateTexts().flatMap(([place, text]) => this.leaksIn(text, place)),
      ...printed.flatMap((text, index) =>
        this.leaksIn(text, `output of command ${String(index + 1)}`),
      ),
    ];
  }

  /** The same for any text. */
  leaksIn(text: string, place: string): string[] {
    return [...this.found]
      .filter((secret) => spellings(secret).some((spelling) => text.includes(spelling)))
      .map((secret) => `${secret} in ${place}`);
  }
}

/** As it is, in a URL, in JSON as JavaScript and as Go write it, in a form, and in base64. */
export function spellings(secret: string): string[] {
  const url = encodeURIComponent(secret);
  const json = JSON.stringify(secret).slice(1, -1);
  const goJson = json.replace(/[<>&]/gu, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
  const form = new URLSearchParams({ "": secret }).toString().slice(1);
  return [
    ...[secret, url, form, encodeURI(secret), json, goJson],
    // JSON in JSON, as where a message is part of another one.
    JSON.stringify(json).slice(1, -1),
    ...base64Of(secret),
  ];
}

/** Shorter ones stand in other texts by chance. */
const shortestBase64 = 8;

/** Base64 of a text that holds it, whatever stands before it; only what does not depend on that. */
function base64Of(secret: string): string[] {
  const parts = [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    const skip = before === 0 ? 0 : before + 1;
    return (["base64", "base64url"] as const).map((encoding) =>
      bytes
        .subarray(0, bytes.length - (bytes.length % 3))
        .toString(encoding)
        .slice(skip),
    );
  });
  return parts.filter(({ length }) => length >= shortestBase64);
}
