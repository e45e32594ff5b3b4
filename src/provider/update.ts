import { timeoutsField, userProps } from "../fields/common";
import { type Props, withAt } from "../fields/values";
import { changesOf, isUnfinished } from "./diff";
import { presentAddon } from "./existence";
import type { RemoteAddon } from "./kind";
import { drawMark, ownerOutput } from "./ownership";
import { reconcile } from "./reconcile";
import { onSameAddon } from "./same-addon";
import { explain, inputsOf, refOf, type Session, stateOf } from "./session";
import { Snapshot } from "./snapshot";
import { PartialFailure } from "./state";

/** Makes the add-on as declared, or goes on with a creation that was left unfinished. */
export async function update<E extends RemoteAddon>(
  opened: Session<E>,
  id: string,
  key: string,
  olds: Props,
  props: Props,
): Promise<Props> {
  const session = onSameAddon(opened, key, olds);
  const { kind, label, ownership, urn } = session;
  const news = userProps(props);
  const known = userProps(olds);
  const inputs = inputsOf(kind.fields, known);
  const mark = typeof olds[ownerOutput] === "string" ? olds[ownerOutput] : drawMark();
  const outputs = { ...outputsOnly(known, inputs), [ownerOutput]: mark };
  ownership.hold(refOf(kind, id, known), mark, urn, "seen");

  const changes = changesOf(kind.fields, known, news);
  const recorded = changes.filter((change) => change.kind === "record");
  const isRecordOnly = recorded.length > 0 && recorded.length === changes.length;
  const differs = JSON.stringify(olds[timeoutsField]) !== JSON.stringify(props[timeoutsField]);
  // Needs nothing of the platform, so that it works whatever state the add-on is in.
  const isFinished = !isUnfinished(known, news);
  if (isRecordOnly || (differs && changes.length === 0 && isFinished))
    return stateOf(props, outputs, props);

  const applied = recorded.reduce<Props>((all, { path, next }) => withAt(all, path, next), inputs);
  let hasBegun = recorded.length > 0;
  const snapshot = Snapshot.of(kind, applied, outputs);
  try {
    const addon = await presentAddon(session, key, { ...inputs, ...news });
    hasBegun = true;
    await reconcile(session, addon, news, snapshot);
    return stateOf(props, snapshot.outputs, props);
  } catch (error) {
    // Nothing was sent, and nothing is to be recorded.
    if (!hasBegun) throw error;
    throw new PartialFailure(id, explain(label, error), snapshot.state(props));
  }
}

function outputsOnly(known: Props, inputs: Props): Props {
  return Object.fromEntries(
    Object.entries(known).filter(([name]) => !(name in inputs) && name !== timeoutsField),
  );
}
