import ts from "typescript";
import type { FieldTable } from "../../src/fields/field";
import { meaningOf, migetTable, northflankTable, sentencesOf } from "./inputs";

/** Where the inputs of a platform stand. */
interface Places {
  readonly fields: FieldTable<never>;
  /** The class in its addon.ts. */
  readonly className: string;
  /** The interfaces in its args.ts, by what comes in front of their properties' names. */
  readonly interfaces: Readonly<Record<string, string>>;
}

const places: Readonly<Record<"miget" | "northflank", Places>> = {
  miget: {
    fields: migetTable,
    className: "MigetAddon",
    interfaces: {
      MigetCommonArgs: "",
      MigetDatabaseArgs: "",
      MigetPostgresArgs: "",
      MigetMysqlArgs: "",
      MigetValkeyArgs: "",
      MigetVolumeArgs: "",
      MigetSharedVolumeArgs: "",
    },
  },
  northflank: {
    fields: northflankTable,
    className: "NorthflankAddon",
    interfaces: {
      NorthflankAddonArgs: "",
      NorthflankBilling: "billing.",
      NorthflankTypeSettings: "typeSpecificSettings.",
    },
  },
};

/** Columns of a line of code. */
const width = 100;
const indent = "  ";

/** The files whose comments of inputs are written. */
export const commentedFiles = Object.keys(places).flatMap((platform) => [
  `src/program/${platform}/args.ts`,
  `src/program/${platform}/addon.ts`,
]);

/**
 * A file of the program side with the comments of all inputs as the field table has them, so that a
 * sentence about an input has one home. What is no row of the table keeps its own comment.
 */
export function withComments(file: string, present: string): string {
  const [, platform = "", name = ""] = /^src\/program\/(\w+)\/(\w+)\.ts$/u.exec(file) ?? [];
  const entry = Object.entries(places).find(([each]) => each === platform);
  if (entry === undefined) throw new Error(`${file} has no inputs`);
  const [, { fields, className, interfaces }] = entry;
  const isClass = name === "addon";
  const prefixes = new Map(Object.entries(isClass ? { [className]: "" } : interfaces));
  const source = ts.createSourceFile(file, present, ts.ScriptTarget.Latest, true);
  const edits: { from: number; to: number; text: string }[] = [];
  const found = new Set<string>();
  for (const statement of source.statements) {
    if (!ts.isClassDeclaration(statement) && !ts.isInterfaceDeclaration(statement)) continue;
    const prefix = prefixes.get(statement.name?.text ?? "");
    if (prefix === undefined) continue;
    for (const member of statement.members) {
      if (!ts.isPropertyDeclaration(member) && !ts.isPropertySignature(member)) continue;
      const path = `${prefix}${member.name.getText()}`;
      const field = fields[path];
      // `never` says that an input is not for this kind of add-on.
      if (field === undefined || member.type?.kind === ts.SyntaxKind.NeverKeyword) continue;
      found.add(path);
      const [before] = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
      const from = before?.getStart() ?? member.getStart();
      const text = isClass ? meaningOf(field) : sentencesOf(path, field);
      edits.push({ from, to: before?.end ?? from, text: comment(text) });
    }
  }
  const missing = isClass ? [] : Object.keys(fields).filter((path) => !found.has(path));
  if (missing.length > 0) {
    throw new Error(`no arguments of ${className} have ${missing.join(", ")}`);
  }
  // From the end, so that places further up stay where they are.
  return edits
    .sort((a, b) => b.from - a.from)
    .reduce((text, edit) => {
      const gap = edit.from === edit.to ? `\n${indent}` : "";
      return `${text.slice(0, edit.from)}${edit.text}${gap}${text.slice(edit.to)}`;
    }, present);
}

function comment(text: string): string {
  const line = `/** ${text} */`;
  if (indent.length + line.length <= width) return line;
  const lines: string[] = [""];
  for (const word of text.split(" ")) {
    const last = lines[lines.length - 1] ?? "";
    const longer = last === "" ? word : `${last} ${word}`;
    if (`${indent} * ${longer}`.length > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return ["/**", ...lines.map((each) => `${indent} * ${each}`), `${indent} */`].join("\n");
}
