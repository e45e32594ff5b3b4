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
 */
export function recordOf<E>(table: FieldTable<E>, { olds, oldInputs, news }: Versions): Props {
  if (![olds, oldInputs, news].some((props) => props[importedField] === true)) return olds;
  return Object.entries(table).reduce<Props>((record, [path, field]) => {
    const isStated = field.observe !== undefined;
    if (field.change !== "replace" || isStated || at(olds, path) !== undefined) return record;
    return withAt(record, path, at(oldInputs, path) ?? at(news, path));
  }, olds);
}
