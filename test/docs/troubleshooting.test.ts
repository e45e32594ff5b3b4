import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../support/pack";
import { messagesInSources, varying } from "./messages";

/** Texts that are always a part of a message which has its entry by its other words. */
const parts: readonly string[] = [
  "no problems",
  "the … add-ons",
  "… is not a function here.",
  "not offered by this provider",
  "the codec … has no shape",
  "npm install",
  "Which type?",
  "What is it called?",
  "Which platform?",
  "API token of …",
  "… written to …",
  "The commands that prepare the stack:\n…",
  "Run them now?",
  "and then\n…",
  "An answer is needed.",
  "Nothing was interrupted: the stack has no pending operations.\n",
  "Are these add-ons yours? Run … now?",
  "A run was interrupted.…",
  " The state was last saved ….",
  "The commands that end it:",
  "The command that ends it:",
  "… it was interrupted; ",
  " and as ",
  "  pulumi state delete …",
  "Miget made `name` when the add-on was created; `label` is what its console shows.",
  "Run `npm install …` (or the same with your package manager) in ….",
  "base URL",
  "connection data",
  "no … named",
  ", written to …",
  "…, since the API does not tell it",
  "pulumi config",
  "it took too long",
  "it failed",
  "the request budget is used up",
  "too many requests are under way",
  "requests are held back",
  "…: … … … in … ms",
  "… of … requests left",
  "list the add-ons",
  "list the add-on types",
  "list the plans",
  "look at what is offered",
  "the body",
  "… and … more",
  "another shape",
  " [error id …]",
  "    …=… pulumi up",
  "… is … there and … here",
  "at least …",
  "from … to …",
  "one of …",
  "the inputs",
  "the external address",
  "the new password",
  "new credentials",
  "its effect",
  "before the time limit was over",
  "… does not show",
  " (… replicas, … each)",
  "the engine is silent",
  "the SDK has no gRPC that is known here",
  ", and … more",
  "undo the change",
  "put … back to …",
  "and … more",
  "like this",
  " for type …",
  "Did you mean …?",
  "There are ….",
  "… is …, not …",
  "a value not known yet",
  "an add-on",
  "a list of add-ons",
  "a list of apps",
  "a list of variables",
  "Miget …… of app …",
  "type … and label …",
  'for creationMode "external_replica"',
  'for authType "password"',
  'for authType "tls"',
  "with s3Enabled",
  "the number of replicas",
  "Northflank …… of project …",
  "the id … (from its name)",
  "; the largest is …",
  "… with … vCPU and … MB",
  "get new credentials",
  "…, which is not there, for …",
  "an add-on named … of type …",
  "be upgraded",
  "there are none at present",
  'exports.handler = () => require("…");',
];

const page = readFileSync(join(repository, "docs/troubleshooting.md"), "utf8");
const [own = "", ofPulumi = ""] = page.split("## Messages of Pulumi\n");

/** A message as the page quotes it: the words that do not vary, in their order. */
interface Entry {
  readonly quote: string;
  readonly words: readonly string[];
}

const entries = quotesIn(own).map((quote): Entry => {
  return { quote, words: quote.split(varying).filter((piece) => piece.trim() !== "") };
});
const messages = messagesInSources();

describe("the page on troubleshooting", () => {
  it("has an entry for every message in the sources", () => {
    const without = messages.filter(
      ({ text }) => !parts.includes(text) && !entries.some((entry) => covers(entry, text)),
    );
    expect(without.map(({ text, place }) => `${place} ${text}`)).to.deep.equal([]);
  });

  it("has no entry for what is no message any more", () => {
    const stale = entries.filter(({ words }) => !messages.some(({ text }) => hasAll(text, words)));
    expect(stale.map(({ quote }) => quote)).to.deep.equal([]);
  });

  it("has each message once, of the package's and of Pulumi's", () => {
    const headings = [...page.matchAll(/^### (.*)$/gmu)].map(([, heading]) => heading);
    expect(headings).to.deep.equal([...new Set(headings)]);
    expect(quotesIn(ofPulumi)).to.not.deep.equal([]);
  });

  it("is checked with a list of parts that are all there", () => {
    const texts = messages.map(({ text }) => text);
    expect(parts.filter((part) => !texts.includes(part))).to.deep.equal([]);
  });
});

/** What stands as code in a heading, or at the beginning of a table's row, or reads like a message. */
function quotesIn(text: string): string[] {
  const prose = text.replace(/^```.*?^```$/gmsu, "");
  return prose.split("\n").flatMap((line) => {
    const [, heading] = /^### (.*)$/u.exec(line) ?? [];
    const [, cell] = /^\| ((?:[^|\\]|\\.)*) \|/u.exec(line) ?? [];
    const head = codeIn(heading ?? cell ?? "");
    const rest = codeIn(heading === undefined ? line.replace(cell ?? "", "") : "");
    return [...head, ...rest.filter(isMessage)];
  });
}

function codeIn(line: string): string[] {
  return [...line.matchAll(/(`+) ?(.+?) ?\1(?!`)/gu)].map(([, , code = ""]) =>
    code.replaceAll("\\|", "|"),
  );
}

function isMessage(code: string): boolean {
  const isCommand = /^(?:npm |npx |pulumi |PAAS_ADDONS_ADOPT=)/u.test(code);
  return !isCommand && /\w/u.test(code) && (code.includes(varying) || code.split(" ").length > 3);
}

/**
 * Whether an entry is about a message and not about any that has a few of its words: it quotes how
 * the message begins, or a good part of it.
 */
function covers({ quote, words }: Entry, message: string): boolean {
  if (!hasAll(message, words)) return false;
  if (!quote.startsWith(varying) && message.startsWith(words[0] ?? "")) return true;
  const quoted = words.join("").length;
  return quoted >= 25 || quoted >= message.replaceAll(varying, "").length / 3;
}

function hasAll(message: string, words: readonly string[]): boolean {
  let from = 0;
  for (const piece of words) {
    const place = message.indexOf(piece, from);
    if (place < 0) return false;
    from = place + piece.length;
  }
  return words.length > 0;
}
