import { equalIn } from "../fields/field";
import type { Props } from "../fields/values";
import { type Change, changesOf } from "./diff";
import type { AddonKind, RemoteAddon } from "./kind";
import type { Snapshot } from "./snapshot";

/**
 * What is to be changed so that the add-on is as declared: what the platform shows counts, and for
 * what it does not show, what the state says was applied.
 */
export function differencesOf<E extends RemoteAddon>(
  kind: AddonKind<E>,
  addon: E,
  news: Props,
  snapshot: Snapshot<E>,
): Change<E>[] {
  const present = { ...kind.outputs(addon), ...snapshot.observed(addon, news) };
  return changesOf(kind.fields, present, news).filter((change) => {
    return change.kind !== "record" && !equalIn(change.field, change);
  });
}
