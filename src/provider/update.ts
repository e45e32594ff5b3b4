import { DeletedError, onSameAddon } from "./same-addon";
import { type Change, changesOf } from "./diff";
import { timeoutsChanged, userProps } from "../fields/common";
import type { RemoteAddon, Goal } from "./kind";
import { explain, inputsOf, type Session, stateOf } from "./session";
import { replacementRefused } from "./replacement-refused";
import { SecretInputs } from "../fields/secret-inputs";
import { readOutputs, waitUntilReady } from "./wait";
import { PartialFailure, UserError } from "./state";
import { applySteps } from "./steps";
import { type Props, withAt } from "../fields/values";

/** Applies what changed, or goes on with a creation that was left unfinished. */
export async function update<E extends RemoteAddon>(
  opened: Session<E>,
  id: string,
  key: string,
  olds: Props,
  props: Props,
): Promise<Props> {
  const session = onSameAddon(opened, key, olds);
  const { platform, operations, call, label } = session;
  const news = userProps(props);
  let changes = changesOf(platform.fields, userProps(olds), news);
  const replacing = changes.filter(({ kind }) => kind === "replace");
  if (replacing.length > 0) {
    const secret = new SecretInputs(platform.fields, [props, olds]);
    const list = replacing.map((change) => `${change.path} ${replacementRefused(change, secret)}`);
    throw new UserError(`${label}: ${list.join(" ")}`);
  }
  const knownOutputs = outputsOnly(session, olds);
  if (changes.length === 0 && timeoutsChanged(olds, props) && platform.isComplete(olds)) {
    return stateOf(props, knownOutputs, props);
  }

  let entity = await operations.get(key, call);
  if (entity === undefined) throw new DeletedError(label);
  let latest = {
    inputs: inputsOf(platform.fields, olds),
    outputs: { ...knownOutputs, ...platform.outputs(entity) },
  };
  try {
    if (news.waitForReady !== false || changes.length > 0) {
      const wanted = platform.goal(news);
      const goal = changes.length === 0 ? wanted : platform.goal(olds);
      if (platform.phase(entity, goal) !== "ready" && platform.phase(entity, wanted) !== "ready") {
        entity = await waitUntilReady(session, key, goal, entity.state, {
          or: wanted,
          onSeen: (seen) => {
            latest = { ...latest, outputs: { ...latest.outputs, ...platform.outputs(seen) } };
          },
        });
      }
      // A run that was cut off, or somebody else, may have paused or started it already.
      if (platform.phase(entity, goal) !== "ready") {
        const made = changes.filter((change) => leadsTo(session, wanted, olds, change));
        for (const { path, next } of made) {
          latest = { ...latest, inputs: withAt(latest.inputs, path, next) };
        }
        changes = changes.filter((change) => !made.includes(change));
      }
      entity = await applySteps(
        session,
        entity,
        changes,
        latest.inputs,
        news,
        (applied, seen, connected = {}) => {
          const outputs = { ...latest.outputs, ...connected, ...platform.outputs(seen) };
          latest = { inputs: applied, outputs };
        },
        knownOutputs,
      );
    }
    const patient = news.waitForReady !== false && platform.goal(news) === "running";
    const settled = await readOutputs(session, entity, news, patient, latest.outputs);
    return stateOf(props, settled.outputs, props);
  } catch (error) {
    const timeouts = { customTimeouts: props.customTimeouts };
    throw new PartialFailure(
      id,
      explain(label, error),
      stateOf({ ...latest.inputs, ...timeouts }, latest.outputs, props),
    );
  }
}

/** Whether a change is the one from what it was, running or paused, to what it has become already. */
function leadsTo<E extends RemoteAddon>(
  { platform }: Session<E>,
  goal: Goal,
  olds: Props,
  { path, next }: Change<E>,
): boolean {
  return platform.goal(olds) !== goal && platform.goal(withAt(olds, path, next)) === goal;
}

function outputsOnly<E extends RemoteAddon>({ platform }: Session<E>, olds: Props): Props {
  const inputs = inputsOf(platform.fields, olds);
  return Object.fromEntries(
    Object.entries(userProps(olds)).filter(
      ([name]) => !(name in inputs) && name !== "customTimeouts",
    ),
  );
}
