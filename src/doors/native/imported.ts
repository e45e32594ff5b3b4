import { equalIn, type FieldTable } from "../../fields/field";
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
 * version, is what the program says when it says it first. So is what means the same as leaving it out.
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
    if (at(olds, path) !== undefined) return record;
    const change = { old: undefined, next: at(news, path), olds, news };
    const isSaid =
      field.change === "replace" ? field.observe === undefined : equalIn(field, change);
    return isSaid ? withAt(record, path, said) : record;
  }, olds);
}
