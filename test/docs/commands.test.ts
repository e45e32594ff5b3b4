import { expect } from "chai";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { documentsOf } from "../support/documents";
import { recordAt, textOf, toRecord } from "../support/json";
import { repository } from "../support/pack";
import { tried } from "./support/command-line";
import { blocksOf } from "./support/pages";
import { commandsIn, type ShellCommand } from "./support/shell";

interface Named {
  readonly page: string;
  readonly words: ShellCommand;
  /** In a block to copy, and not in a sentence, which may name a part of it. */
  readonly whole: boolean;
}

const text = (...path: readonly string[]) => readFileSync(join(repository, ...path), "utf8");
const pages = [
  ...documentsOf(repository),
  ...["examples", "site", "test"].flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".md") && !/node_modules|generated|dist|\.cache/u.test(file))
      .map((file) => join(folder, file)),
  ),
];
const named: readonly Named[] = pages.flatMap((page) => [
  ...blocksOf(page)
    .filter(({ language }) => language === "sh")
    .flatMap(({ code }) => commandsIn(code))
    .map((words) => ({ page, words, whole: true })),
  ...spansOf(text(page))
    .flatMap(commandsIn)
    .map((words) => ({ page, words, whole: false })),
]);

/** The commands that begin like this, each once for a page. */
function commands(...start: readonly string[]): (Named & { readonly title: string })[] {
  const own = named
    .filter(({ words }) => start.every((word, index) => words[index] === word))
    .map((one) => ({ ...one, title: `${one.page}: ${one.words.join(" ")}` }));
  return [...new Map(own.map((one) => [`${one.title} ${String(one.whole)}`, one])).values()];
}

describe("the commands that pages name", () => {
  it("are found", () => {
    expect(commands("npm", "run").length).to.be.greaterThan(30);
    expect(commands("npx", "mocha").length).to.be.greaterThan(4);
    expect(commands("npx", "pulumi-paas-addons").length).to.be.greaterThan(20);
  });

  for (const { title, page, words } of commands("npm", "run")) {
    it(`${title}: has its script, with these options`, () => {
      const [, , name = "", ...rest] = words;
      const { scripts } = manifestFor(page);
      expect(scripts).to.have.property(name);
      const options = optionsIn(rest);
      if (options.length === 0) return;
      const program = programOf(textOf(recordAt(scripts)[name]));
      for (const option of options) expect(takes(program, option), option).to.equal(true);
    });
  }

  for (const { title, page, words } of commands("npx")) {
    it(`${title}: has its program`, () => {
      const [, name = ""] = words;
      const own = Object.keys(recordAt(manifestFor("README.md").bin));
      const installed = existsSync(join(repository, "node_modules/.bin", name));
      const installs = named
        .filter((one) => one.page === page && /^npm (?:install|i)\b/u.test(one.words.join(" ")))
        .flatMap((one) => one.words);
      expect(installed || [...own, ...installs].includes(name)).to.equal(true);
    });
  }

  for (const { title, words } of commands("npx", "mocha")) {
    it(`${title}: has its files`, () => {
      const files = words.filter((word) => word.endsWith(".ts"));
      expect(files).to.not.deep.equal([]);
      for (const file of files) {
        // A pattern: the folder in which it is.
        const path = file.replace(/\/[^/]*\*.*$/u, "");
        const places = ["", "examples/unit-tests"].map((folder) => join(repository, folder, path));
        expect(places.some(existsSync), file).to.equal(true);
      }
    });
  }

  for (const { title, words, whole } of commands("npx", "pulumi-paas-addons")) {
    it(`${title}: is taken by the command line`, async () => {
      const [, , verb, ...rest] = words;
      if (whole) {
        const { code, told } = await tried(words.slice(2));
        expect(code, told).to.not.equal(2);
      } else if (verb !== undefined && /^\w/u.test(verb)) {
        const { code, told } = await tried([verb, "--help"]);
        expect(code, told).to.equal(0);
        for (const option of optionsIn(rest)) expect(told).to.match(wordOf(option));
      }
    });
  }

  const sections = text("docs/command-line.md").split(/^## /mu).slice(1);
  for (const [verb, section] of [
    ...sections.map((one) => [one.split("\n")[0] ?? "", one] as const),
    ["import", text("docs/import.md")] as const,
  ]) {
    it(`${verb}: has the options that its page names`, async () => {
      const { code, told } = await tried([verb, "--help"]);
      expect(code, told).to.equal(0);
      for (const option of optionsIn(spansOf(section))) expect(told).to.match(wordOf(option));
    });
  }

  it("of the acceptance have the options of its table", () => {
    const options = [...text("docs/acceptance.md").matchAll(/^\| `(--[\w-]+)/gmu)];
    expect(options.length).to.be.greaterThan(5);
    const program = programOf("scripts/acceptance/main.ts");
    for (const [, option = ""] of options) expect(takes(program, option), option).to.equal(true);
  });
});

/** What stands between backticks in the text around the blocks. */
function spansOf(markdown: string): string[] {
  const prose = markdown.replace(/^ *```.*?^ *```$/gmsu, "");
  return Array.from(prose.matchAll(/`([^`\n]+)`/gu), ([, span = ""]) => span);
}

function optionsIn(words: readonly string[]): string[] {
  return words.flatMap((word) => /^--[a-z][\w-]*/u.exec(word)?.[0] ?? []);
}

function wordOf(option: string): RegExp {
  return new RegExp(`(?<![\\w-])${option}(?![\\w-])`, "u");
}

/** An example has its own manifest; all other pages are about the repository's. */
function manifestFor(page: string): Readonly<Record<string, unknown>> {
  const file = join(page.startsWith("examples") ? dirname(page) : ".", "package.json");
  return toRecord(JSON.parse(text(file)), file);
}

/** The sources of the program that a script runs last: its file, or its folder if it is the main one there. */
function programOf(script: string): string {
  const file = script.match(/[\w./-]+\.m?[jt]s\b/gu)?.at(-1);
  if (file === undefined) throw new Error(`which program is run by ${script}?`);
  const folder = basename(file).startsWith("main.") ? dirname(file) : undefined;
  const files = folder === undefined ? [file] : readdirSync(join(repository, folder));
  return files
    .filter((one) => /\.m?[jt]s$/u.test(one))
    .map((one) => (folder === undefined ? text(one) : text(folder, one)))
    .join("\n");
}

/** Whether a program reads an option: by `parseArgs`, by commander or as a word. */
function takes(program: string, option: string): boolean {
  const name = option.slice(2);
  return new RegExp(`["(]${option}[ ",]|\\n *"?${name}"?: \\{|[{,] *"?${name}"?: \\{`, "u").test(
    program,
  );
}
