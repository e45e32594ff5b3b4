import { ConflictError } from "../http/errors";
import { prepareAdoption } from "./adopt";
import { onSameAddon } from "./same-addon";
import { createOnce } from "./create-once";
import { type Change, changesOf } from "./diff";
import { stepOf } from "../fields/field";
import { assertOnly, findExisting } from "./find-existing";
import type { RemoteAddon } from "./kind";
import { explain, idOf, type Session, stateOf } from "./session";
import { readOutputs, waitUntilReady } from "./wait";
import { PartialFailure, UserError } from "./state";
import { applySteps } from "./steps";
import type { Props } from "../fields/values";

export interface Created {
  readonly id: string;
  readonly outs: Props;
}

/** Creates the add-on, or takes over an existing one, and waits until it serves. */
export async function create<E extends RemoteAddon>(
  session: Session<E>,
  props: Props,
  inputs: Props,
): Promise<Created> {
  const { platform, runtime, label } = session;
  const release = await claim(session, inputs);
  let obtained: Obtained<E>;
  try {
    obtained = await obtain(session, inputs);
  } catch (error) {
    release();
    throw error;
  }
  let { entity } = obtained;
  const { olds, changes } = obtained;
  release(entity.key);
  const id = idOf(platform, inputs, entity.key);
  runtime.log(`${olds === undefined ? "created" : "adopting"} ${label}: id ${id}`);

  const own = onSameAddon(session, entity.key, platform.outputs(entity));
  let latest = { inputs: olds ?? inputs, outputs: platform.outputs(entity) };
  try {
    if (inputs.waitForReady !== false || changes.length > 0) {
      // An adopted add-on may be paused; a new one always comes up running first.
      const goal = olds === undefined ? "running" : platform.goal(olds);
      entity = await waitUntilReady(own, entity.key, goal, entity.state, {
        onSeen: (seen) => {
          latest = { ...latest, outputs: { ...latest.outputs, ...platform.outputs(seen) } };
        },
      });
      latest = { ...latest, outputs: { ...latest.outputs, ...platform.outputs(entity) } };
      entity = await applySteps(
        own,
        entity,
        changes,
        latest.inputs,
        inputs,
        (applied, seen, connected = {}) => {
          const outputs = { ...latest.outputs, ...connected, ...platform.outputs(seen) };
          latest = { inputs: applied, outputs };
        },
      );
    }
    // After the wait, so that whoever was a little slower is seen as well.
    if (olds === undefined) {
      await assertOnly(session, inputs, entity.key, inputs.waitForReady === false);
    }
    const settled = await readOutputs(
      own,
      entity,
      inputs,
      inputs.waitForReady !== false && platform.goal(inputs) === "running",
      latest.outputs,
    );
    return { id, outs: stateOf(inputs, settled.outputs, props) };
  } catch (error) {
    throw new PartialFailure(
      id,
      explain(label, error),
      stateOf(latest.inputs, latest.outputs, props),
    );
  }
}

interface Obtained<E extends RemoteAddon> {
  readonly entity: E;
  /** What an existing add-on was before, in terms of inputs; a new one was nothing. */
  readonly olds?: Props;
  /** What is still to be changed about it. */
  readonly changes: readonly Change<E>[];
}

/** Pauses before a creation is sent again whose name was that of one that is gone, in milliseconds. */
const freeingPauses = [1000, 4000, 10_000, 15_000];

/** Takes over the add-on that is to be taken over, or creates one. */
async function obtain<E extends RemoteAddon>(
  session: Session<E>,
  inputs: Props,
): Promise<Obtained<E>> {
  const { platform, operations, runtime, call } = session;
  const { adopt } = inputs;
  if (typeof adopt === "string") return prepareAdoption(session, adopt, inputs);
  const listed = await session.listAll(call.deadline);
  let namesake = await findExisting(session, inputs, listed);
  let wasTaken = listed.some((entry) => platform.hasNaturalKey(inputs, entry));
  for (let turn = 0; namesake === undefined; turn += 1) {
    try {
      const entity = await createOnce(session, inputs, listed);
      return { entity, changes: afterCreate(session, inputs) };
    } catch (error) {
      const key = platform.predictedId(inputs);
      const pause = freeingPauses[turn];
      if (!(error instanceof ConflictError) || key === undefined || pause === undefined)
        throw error;
      // The list may not have had who has the name, or has it no more.
      const holder = await operations.get(key, call);
      if (holder !== undefined) {
        const title = String(inputs[platform.titleField]);
        namesake = await findExisting(session, inputs, [{ ...holder, title }]);
        wasTaken = true;
      } else {
        // Nothing says that a name is free as soon as the add-on that had it is gone.
        if (!wasTaken || pause >= call.deadline.left()) throw error;
        await runtime.clock.sleep(pause);
      }
    }
  }
  return prepareAdoption(session, namesake, inputs);
}

/**
 * Takes the natural key for this resource: two of one program must not both find it free. The
 * returned function gives it back, or notes which add-on has it from now on.
 */
async function claim<E extends RemoteAddon>(
  { platform, operations, claims, call, label }: Session<E>,
  inputs: Props,
): Promise<(key?: string) => void> {
  const name = `${operations.scope} ${platform.naturalKey(inputs)}`;
  const holder = claims.get(name);
  const gone =
    holder !== undefined && holder !== "" && (await operations.get(holder, call)) === undefined;
  const isFree = holder === undefined || (gone && claims.get(name) === holder);
  if (!isFree && typeof inputs.adopt !== "string") {
    throw new UserError(
      `could not create ${label}: another resource of this program has ${platform.naturalKey(inputs)} too. Each needs its own: give this one another ${platform.titleField}.`,
    );
  }
  claims.set(name, "");
  return (key) => {
    if (key === undefined) claims.delete(name);
    else claims.set(name, key);
  };
}

/** What the create call cannot express, such as a pause. */
function afterCreate<E extends RemoteAddon>({ platform }: Session<E>, inputs: Props): Change<E>[] {
  return changesOf(platform.fields, {}, inputs).filter(({ field, next }) =>
    platform.stepsAfterCreate.includes(stepOf(field, next) ?? ""),
  );
}
