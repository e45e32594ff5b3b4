import type { FieldTable } from "../../fields/field";
import { at, type Props, withAt } from "../../fields/values";

/** Stands in the inputs of a resource that `pulumi import` or the option `import` has taken over. */
export const importedField = "__imported";

export interface Versions {
  /** What is recorded: inputs in check, outputs in diff and update. */
  readonly olds: Props;
  readonly oldInputs: Props;
  readonly news: Props;
}

/**
 * The record of an imported add-on. What was set at its creation and no answer states, such as its
 * version, is what the program says when it says it first.
 *
 * `renamed`: inputs that the platform answers differently from what was asked for.
 */
export function recordOf<E>(
  table: FieldTable<E>,
  renamed: readonly string[],
  { olds, oldInputs, news }: Versions,
): Props {
  if (![olds, oldInputs, news].some((props) => props[importedField] === true)) return olds;
  return Object.entries(table).reduce<Props>((record, [path, field]) => {
    const said = at(oldInputs, path) ?? at(news, path);
    if (renamed.includes(path)) return withAt(record, path, said);
    const isKnown = field.observe !== undefined || at(olds, path) !== undefined;
    return field.change === "replace" && !isKnown ? withAt(record, path, said) : record;
  }, olds);
}
