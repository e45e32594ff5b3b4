import type { Field, FieldTable } from "../../src/lifecycle/fields";
import { fields as migetFields, versionFields } from "../../src/miget/fields";
import { fields as northflankFields } from "../../src/northflank/fields";
import { code, table } from "./table";

export const migetTable: FieldTable<never> = migetFields;
export const northflankTable: FieldTable<never> = northflankFields;

type Row = Field<never>;

/** The inputs of a platform's resource, one row each, as its field table has them. */
export function inputTable(fields: FieldTable<never>): string {
  const rows = Object.entries(fields);
  const typed = rows.some(([, { types }]) => types !== undefined);
  const head = ["Input", ...(typed ? ["For"] : []), "Type", "Default", "A change", "Meaning"];
  return table(
    head,
    rows.map(([name, field]) => [
      code(name),
      ...(typed ? [field.types?.join(", ") ?? "all"] : []),
      code(field.type),
      whenAbsent(name, field),
      whatAChangeDoes(name, field),
      `${field.doc}${field.secret === true ? " Always secret." : ""}`,
    ]),
  );
}

function whenAbsent(name: string, field: Row): string {
  if (field.defaultDoc !== undefined) return field.defaultDoc;
  if (field.required === true || [...versionFields.values()].includes(name)) return "**required**";
  return field.absent === undefined ? "–" : code(JSON.stringify(field.absent));
}

function whatAChangeDoes(name: string, field: Row): string {
  switch (field.change) {
    case "replace":
      return "replacement";
    case "note":
      return "no call";
    case "update":
      return field.replaceWhen === undefined
        ? "in place"
        : `in place, but ${reasonOf(name, field.replaceWhen)}`;
  }
}

type ReplaceWhen = NonNullable<Row["replaceWhen"]>;

/** Changes of which one makes a field that can otherwise be updated need a replacement. */
const probes: readonly Parameters<ReplaceWhen>[0][] = [
  { old: 2, next: 1, olds: {}, news: {} },
  { old: "2.0", next: "1.0", olds: {}, news: {} },
  { old: true, next: false, olds: {}, news: { type: "mysql" } },
];

/** The table says in code when a replacement is needed, and in words why. */
function reasonOf(name: string, replaceWhen: ReplaceWhen): string {
  for (const probe of probes) {
    const reason = replaceWhen(probe);
    if (reason !== undefined) return reason;
  }
  throw new Error(`no probe makes ${name} need a replacement: add one to ${__filename}`);
}
