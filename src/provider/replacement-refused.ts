import type { Change } from "./diff";
import { effective } from "../fields/field";
import type { SecretInputs } from "../fields/secret-inputs";

/**
 * Why a change is not made: it would destroy the add-on's data. Names both values, unless they are
 * secret, and both ways on. To be read after the input's name.
 */
export function replacementRefused<E>(change: Change<E>, secret: SecretInputs): string {
  const { path, field, reason } = change;
  const hidden = secret.has(path);
  const old = effective(field, change.old);
  const next = effective(field, change.next);
  const from = hidden || old === undefined ? "" : ` from ${secret.shown(old)}`;
  const to = hidden || next === undefined ? "" : ` to ${secret.shown(next)}`;
  const back =
    hidden || old === undefined ? "undo the change" : `put ${path} back to ${secret.shown(old)}`;
  const why = reason === undefined || reason === "" ? "" : `: ${reason}`;
  return `cannot change in place${from}${to}${why}. Replacing would delete the add-on with its data. Either ${back}, or set allowReplace: true to replace it.`;
}
