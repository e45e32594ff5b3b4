import type { Field, FieldTable } from "../../src/fields/field";
import { shapeOf, typeIn } from "../../src/fields/shape";
import { defaultIn } from "../../src/fields/words";
import { code, table } from "./table";

type Row = Field<never>;

/** Which of the inputs a table has, by name and row; all, where it is left out. */
export type Choice = (name: string, field: Row) => boolean;

export interface InputTableOptions {
  readonly choose?: Choice;
  /** A column with the add-on types that have the input. */
  readonly types?: boolean;
  /** Why a replacement is needed, not only that it is. */
  readonly reasons?: boolean;
}

/** The inputs of a platform's resource, one row each, as its field table has them. */
export function inputTable(fields: FieldTable<never>, options: InputTableOptions): string {
  const { choose = () => true, types = false, reasons = false } = options;
  const head = ["Input", ...(types ? ["For"] : []), "Type", "Default", "A change", "Meaning"];
  const rows = Object.entries(fields).filter(([name, field]) => choose(name, field));
  if (rows.length === 0) throw new Error("a table of inputs is empty");
  return table(
    head,
    rows.map(([name, field]) => [
      code(name),
      ...(types ? [field.types?.join(", ") ?? "all"] : []),
      code(typeIn(shapeOf(field.codec))),
      whenAbsent(field),
      whatAChangeDoes(name, field, reasons),
      `${field.doc}${field.secret === true ? " Always secret." : ""}`,
    ]),
  );
}

function whenAbsent(field: Row): string {
  const { required, unless } = field;
  return defaultIn(field) ?? (required === true && unless === undefined ? "**required**" : "–");
}

function whatAChangeDoes(name: string, field: Row, reasons: boolean): string {
  switch (field.change) {
    case "replace":
      if (!reasons) return "replacement";
      if (field.replaceReason === undefined) throw new Error(`${name} has no replaceReason`);
      return `replacement: ${field.replaceReason}`;
    case "none":
    case "record":
      return "no call";
    case "update":
      return field.replaceWhen === undefined
        ? "in place"
        : `in place, but ${reasonOf(name, field.replaceWhen)}`;
  }
}

/** The same in sentences, for the comment of the property in a program. */
export function sentencesOf(name: string, field: Row): string {
  const absent = whenAbsent(field);
  return [
    meaningOf(field),
    ...(["–", "**required**"].includes(absent) ? [] : [`Default: ${absent}.`]),
    changeSentence(name, field),
  ].join(" ");
}

/** What it is and in which unit. */
export function meaningOf({ doc, codec, secret }: Row): string {
  const shape = shapeOf(codec);
  const unit = "unit" in shape ? shape.unit : undefined;
  const meaning = unit === undefined ? doc : doc.replace(".", `, in ${unit}.`);
  return secret === true ? `${meaning} Always secret.` : meaning;
}

function changeSentence(name: string, field: Row): string {
  const effect = whatAChangeDoes(name, field, true);
  if (field.change === "replace") return `A change needs a ${effect}.`;
  return field.change === "none" || field.change === "record"
    ? "A change makes no call."
    : `A change is made ${effect}.`;
}

type ReplaceWhen = NonNullable<Row["replaceWhen"]>;

/** Changes of which one makes a field that can otherwise be updated need a replacement. */
const probes: readonly Parameters<ReplaceWhen>[0][] = [
  { old: 2, next: 1, olds: {}, news: {} },
  { old: "2.0", next: "1.0", olds: {}, news: {} },
  { old: true, next: false, olds: {}, news: { type: "mysql" } },
  { old: "fresh", next: "external_replica", olds: {}, news: {} },
];

/** The table says in code when a replacement is needed, and in words why. */
function reasonOf(name: string, replaceWhen: ReplaceWhen): string {
  for (const probe of probes) {
    const reason = replaceWhen(probe);
    if (reason !== undefined) return reason;
  }
  throw new Error(`no probe makes ${name} need a replacement: add one to ${__filename}`);
}

/** The inputs that no answer of the platform states, so that a refresh cannot see them change. */
export function unstatedInputs(fields: FieldTable<never>, scopeField: string): string {
  const names = Object.entries(fields).flatMap(([name, field]) =>
    field.change === "none" ||
    field.change === "record" ||
    field.observe !== undefined ||
    name === scopeField
      ? []
      : [name],
  );
  return `${names.map(code).join(", ")}.`;
}
