import { timeoutsChanged, userProps } from "../fields/common";
import { effective, equalIn, type Field, type FieldChange, type FieldTable } from "../fields/field";
import { at, hasUnknown, type Props } from "../fields/values";

/** An input that changed, and what follows from it. */
export interface Change<E> extends FieldChange {
  readonly path: string;
  readonly field: Field<E>;
  /** `maybe`: a replacing input that is not known yet. `record`: only the state changes. */
  readonly kind: "update" | "replace" | "maybe" | "record";
  /** Why it needs a replacement. */
  readonly reason?: string;
}

/**
 * The inputs that differ between what was (old inputs in check, old outputs in diff and update) and
 * what is wanted. An input that is no longer there is not compared, unless leaving it out means
 * something.
 */
export function changesOf<E>(table: FieldTable<E>, olds: Props, news: Props): Change<E>[] {
  const changes: Change<E>[] = [];
  for (const [path, field] of Object.entries(table)) {
    const change: FieldChange = { old: at(olds, path), next: at(news, path), olds, news };
    if (field.change === "none" || effective(field, change.next) === undefined) continue;
    if (hasUnknown(change.next)) {
      const kind = field.change === "replace" ? "maybe" : field.change;
      // A value that was never known to either side, such as in a preview after a preview, is no news.
      if (!hasUnknown(change.old)) changes.push({ ...change, path, field, kind });
      continue;
    }
    if (hasUnknown(change.old)) continue;
    if (equalIn(field, change)) {
      // Undeclared until now, so nobody has looked at what the platform has.
      const isNew = change.old === undefined && change.next !== undefined;
      if (isNew && field.change === "update")
        changes.push({ ...change, path, field, kind: "update" });
      continue;
    }
    if (field.change === "record") {
      changes.push({ ...change, path, field, kind: "record" });
      continue;
    }
    const reason =
      field.change === "replace" ? (field.replaceReason ?? "") : field.replaceWhen?.(change);
    changes.push(
      reason === undefined
        ? { ...change, path, field, kind: "update" }
        : { ...change, path, field, kind: "replace", reason },
    );
  }
  return changes;
}

export interface Diff {
  readonly changes: boolean;
  readonly replaces?: string[];
  readonly deleteBeforeReplace?: boolean;
}

/**
 * What the engine is told. Replacement is offered only where it is allowed: check refuses it
 * otherwise, and refresh, which asks for a diff too, must never fail here. A replacing input that is
 * not known yet can then only turn out to be no change, or be refused.
 */
export function diff<E>(table: FieldTable<E>, olds: Props, news: Props): Diff {
  const changes = changesOf(table, userProps(olds), userProps(news));
  const allowed = news.allowReplace === true && olds.deletionProtection !== true;
  const replaces = changes
    .filter(({ kind }) => allowed && (kind === "maybe" || kind === "replace"))
    .map(({ path }) => path);
  const changed = changes.length > 0 || timeoutsChanged(olds, news) || isUnfinished(olds, news);
  // A database's name can be taken only once, so the old one always goes first.
  return replaces.length > 0
    ? { changes: changed, replaces, deleteBeforeReplace: true }
    : { changes: changed };
}

/**
 * True until a creation or update has once ended its wait, which is when `connection` is decided. It
 * is in the outputs, since the engine's own marks of a failure are cleared by a refresh.
 */
export function isUnfinished(olds: Props, news: Props): boolean {
  return olds.connection === undefined && news.waitForReady !== false && news.paused !== true;
}
