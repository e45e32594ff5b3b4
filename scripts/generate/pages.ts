import { states as migetStates } from "../../src/miget/states";
import { states as northflankStates } from "../../src/northflank/states";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { performanceParts } from "../../bench/page";
import { migetLookups } from "../../src/program/miget/lookups";
import { fields as migetFields, types as migetTypes } from "../../src/miget/fields";
import { MigetKind } from "../../src/miget/kind";
import { addon as migetAddon } from "../../src/miget/resource";
import { connection } from "../../src/fields/output";
import { shapeOf } from "../../src/fields/shape";
import { northflankLookups } from "../../src/program/northflank/lookups";
import { fields as northflankFields, types as northflankTypes } from "../../src/northflank/fields";
import { NorthflankKind } from "../../src/northflank/kind";
import { addon as northflankAddon } from "../../src/northflank/resource";
import { migetUris, northflankConnections } from "./connections";
import { exampleOf, otherLanguages, sourceOf } from "./examples";
import { type Choice, inputTable, unstatedInputs } from "./inputs";
import { limitTable, secretList, stateTable, stepList } from "./lifecycle";
import { nestedTable, outputTable, plainOutputTable, propertyTable } from "./outputs";
import { bullets, code, table } from "./table";
import { upgradeTable } from "./versions";

/** What stands in the place of a marker of that name; `argument` is what follows the name. */
type Parts = Readonly<Record<string, (argument: string) => string>>;

const miget = new MigetKind();
const northflank = new NorthflankKind();

const common: Parts = {
  "reading-tables": () => textOf("reading-tables").trim(),
  example: exampleOf,
  "other-languages": otherLanguages,
  source: sourceOf,
  connection: () => propertyTable(connection),
  "plain-outputs": plainOutputTable,
  limits: limitTable,
};

const parts: Readonly<Record<string, Parts>> = {
  "miget-addon": {
    inputs: (type) => inputTable(migetFields, { choose: ofType(type, migetTypes), reasons: true }),
    secrets: () => secretList(migetAddon),
    outputs: () => outputTable(migetAddon),
    uris: migetUris,
    steps: () => stepList(migetFields, miget.steps),
    states: () => stateTable(migetStates),
    unstated: () => unstatedInputs(migetFields, miget.scopeField),
  },
  "northflank-addon": {
    inputs: (type) =>
      inputTable(northflankFields, { choose: ofType(type, northflankTypes), reasons: true }),
    schedules: () => nestedTable(shapeOf(northflankFields.backupSchedules.codec)),
    upgrades: upgradeTable,
    secrets: () => secretList(northflankAddon),
    outputs: () => outputTable(northflankAddon),
    connections: northflankConnections,
    steps: () => stepList(northflankFields, northflank.steps),
    states: () => stateTable(northflankStates),
    unstated: () => unstatedInputs(northflankFields, northflank.scopeField),
  },
  "unit-tests": { tokens: tokenTable },
  performance: performanceParts,
};

/** The inputs that all add-on types have, or that one of these types has. */
function ofType(type: string, types: readonly string[]): Choice {
  if (type === "all") return (_name, row) => row.types === undefined;
  if (!types.includes(type)) throw new Error(`there is no type ${type}`);
  return (_name, row) => row.types?.includes(type) === true;
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
  return `<!-- Written by \`npm run generate\` from the sources and scripts/generate/pages/${page}.md. -->\n\n${filled}`;
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

/** The look-ups as mocks see them. */
function tokenTable(): string {
  const rows = [...northflankLookups, ...migetLookups].map(({ name, token, answers }) => {
    return [code(name), code(token), answers.map(code).join(", ")];
  });
  return table(["Look-up", "Token", "The mock's answer has"], rows);
}
