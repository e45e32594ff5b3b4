import type { Field } from "./field";

/** What the rows say, for everything that is generated from them. */

type Row = Field<never>;

/** What holds where it is left out: `` `false` ``. */
export function defaultIn({ defaultFrom: from, whenRemoved }: Row): string | undefined {
  if (from === undefined) {
    if (whenRemoved === undefined) return undefined;
    return whenRemoved === null ? "none" : `\`${JSON.stringify(whenRemoved)}\``;
  }
  if (typeof from === "string") return from;
  return "input" in from ? `\`${from.input}\`` : `the configuration's \`${from.setting.key}\``;
}

/** Whether every program has to give it. */
export function isRequired({ required, types, defaultFrom }: Row): boolean {
  return required === true && types === undefined && defaultFrom === undefined;
}

/** Whether every resource has a value of it, given or filled in. */
export function isAlwaysThere(field: Row | undefined): boolean {
  if (field === undefined || field.types !== undefined) return false;
  const { required, defaultFrom: from, whenRemoved, api } = field;
  const isFilledIn = api === undefined && whenRemoved !== undefined;
  return required === true || isFilledIn || from === "the Pulumi resource name" || isInput(from);
}

function isInput(from: Row["defaultFrom"]): boolean {
  return typeof from === "object" && "input" in from;
}
