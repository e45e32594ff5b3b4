import { states as migetStates } from "../../src/miget/states";
import { states as northflankStates } from "../../src/northflank/states";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { performanceParts } from "../../bench/page";
import { migetAddonKind } from "../../src/program/miget/addon";
import { migetLookups } from "../../src/program/miget/lookups";
import { types as migetTypes } from "../../src/miget/fields";
import { MigetKind } from "../../src/miget/kind";
import { northflankAddonKind } from "../../src/program/northflank/addon";
import { northflankLookups } from "../../src/program/northflank/lookups";
import { NorthflankKind } from "../../src/northflank/kind";
import { migetUris, northflankConnections, northflankTypes } from "./connections";
import { type Choice, inputTable, migetTable, northflankTable, unstatedInputs } from "./inputs";
import { limitTable, secretList, stateTable, stepList } from "./lifecycle";
import { interfaceTable, nestedTable, outputTable, plainOutputTable } from "./outputs";
import { bullets, code, table } from "./table";
import { upgradeTable } from "./versions";

/** What stands in the place of a marker of that name; `argument` is what follows the name. */
type Parts = Readonly<Record<string, (argument: string) => string>>;

const miget = new MigetKind();
const northflank = new NorthflankKind();

const common: Parts = {
  "reading-tables": () => textOf("reading-tables").trim(),
  example: exampleOf,
  source: sourceOf,
  connection: () => interfaceTable("program/connection.ts", "AddonConnection"),
  "plain-outputs": plainOutputTable,
  limits: limitTable,
};

const parts: Readonly<Record<string, Parts>> = {
  "miget-addon": {
    inputs: (type) => inputTable(migetTable, { choose: ofMigetType(type), reasons: true }),
    secrets: () => secretList(migetAddonKind),
    outputs: () => outputTable("program/miget/addon.ts", "MigetAddon", migetAddonKind),
    uris: migetUris,
    steps: () => stepList(migetTable, miget.steps),
    states: () => stateTable(migetStates),
    unstated: () => unstatedInputs(migetTable, miget.scopeField),
  },
  "northflank-addon": {
    inputs: (type) =>
      inputTable(northflankTable, { choose: ofNorthflankType(type), reasons: true }),
    schedules: () => nestedTable("program/northflank/args.ts", "NorthflankBackupSchedule"),
    upgrades: upgradeTable,
    secrets: () => secretList(northflankAddonKind),
    outputs: () =>
      outputTable("program/northflank/addon.ts", "NorthflankAddon", northflankAddonKind),
    connections: northflankConnections,
    steps: () => stepList(northflankTable, northflank.steps),
    states: () => stateTable(northflankStates),
    unstated: () => unstatedInputs(northflankTable, northflank.scopeField),
  },
  "unit-tests": { tokens: tokenTable },
  performance: performanceParts,
};

function ofMigetType(type: string): Choice {
  if (type === "all") return (_name, { types }) => types === undefined;
  known(type, migetTypes);
  return (_name, { types }) => types?.includes(type) === true;
}

/** The settings of one type have its name in front. */
function ofNorthflankType(type: string): Choice {
  const settings = "typeSpecificSettings.";
  if (type === "all") return (name) => !name.startsWith(settings);
  known(type, northflankTypes);
  return (name) => name.startsWith(`${settings}${type}`);
}

function known(type: string, types: readonly string[]): void {
  if (!types.includes(type)) throw new Error(`there is no type ${type}`);
}

/** A page: its text in the folder pages, with every marker replaced. */
export function renderPage(page: string): string {
  const text = textOf(page);
  const own: Parts = {
    ...common,
    ...parts[page],
    contents: () => contentsOf(text),
  };
  const filled = text.replace(
    /^<!-- insert ([a-z-]+)(?: ([a-z./-]+))? -->$/gm,
    (marker, name: string, argument?: string) => {
      const make = own[name];
      if (make === undefined) throw new Error(`${page}.md: nothing belongs in ${marker}`);
      return make(argument ?? "");
    },
  );
  return `<!-- Written by \`npm run docs\` from the sources and scripts/docs/pages/${page}.md. -->\n\n${filled}`;
}

function textOf(page: string): string {
  return readFileSync(join(__dirname, "pages", `${page}.md`), "utf8");
}

function contentsOf(text: string): string {
  const headings = [...text.matchAll(/^## (.*)$/gm)].map(([, heading = ""]) => heading);
  return bullets(
    headings.map((heading) => `[${heading}](#${heading.toLowerCase().replaceAll(" ", "-")})`),
  );
}

/** The program of an example, which CI compiles and runs. */
function exampleOf(name: string): string {
  return sourceOf(`${name}/index.ts`);
}

/** A file of an example. */
function sourceOf(file: string): string {
  const path = `examples/${file}`;
  const program = readFileSync(join(__dirname, "../..", path), "utf8");
  return `[${path}](../${path}):\n\n\`\`\`ts\n${program.trimEnd()}\n\`\`\``;
}

/** The look-ups as mocks see them. */
function tokenTable(): string {
  const rows = [...northflankLookups, ...migetLookups].map(({ name, token, answers }) => {
    return [code(name), code(token), answers.map(code).join(", ")];
  });
  return table(["Look-up", "Token", "The mock's answer has"], rows);
}
