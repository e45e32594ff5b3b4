import { equalIn } from "../fields/field";
import { inspect, type Props } from "../fields/values";
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

/** `ramSize is 256, not 512`; of what is secret the name only. */
export function describeDifferences<E>(differences: readonly Change<E>[]): string {
  return differences
    .map(({ path, old, next, field }) => {
      return field.secret === true ? path : `${path} is ${inspect(old)}, not ${inspect(next)}`;
    })
    .join("; ");
}
