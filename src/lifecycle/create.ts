import { prepareAdoption } from "./adopt";
import { onThisOne } from "./anew";
import { createOnce } from "./create-once";
import { type Change, changesOf } from "./diff";
import { stepOf } from "./fields";
import { assertOnly, findNamesake } from "./namesakes";
import type { Entity } from "./platform";
import { explain, idOf, type Session, stateOf } from "./session";
import { readOutputs, waitUntilReady } from "./settle";
import { PartialFailure, UserError } from "./state";
import { applySteps } from "./steps";
import type { Props } from "./values";

export interface Created {
  readonly id: string;
  readonly outs: Props;
}

/** Creates the add-on, or takes over an existing one, and waits until it serves. */
export async function create<E extends Entity>(
  session: Session<E>,
  props: Props,
  inputs: Props,
): Promise<Created> {
  const { platform, runtime, label } = session;
  const release = await claim(session, inputs);
  let entity: E;
  let olds: Props | undefined;
  let changes: readonly Change<E>[];
  try {
    const adopt = inputs.adopt;
    const listed = typeof adopt === "string" ? [] : await session.listAll(session.call.deadline);
    const key = typeof adopt === "string" ? adopt : await findNamesake(session, inputs, listed);
    if (key === undefined) {
      entity = await createOnce(session, inputs, listed);
      changes = afterCreate(session, inputs);
    } else {
      ({ entity, olds, changes } = await prepareAdoption(session, key, inputs));
    }
  } catch (error) {
    release();
    throw error;
  }
  release(entity.key);
  const id = idOf(platform, inputs, entity.key);
  runtime.log(`${olds === undefined ? "created" : "adopting"} ${label}: id ${id}`);

  const own = onThisOne(session, entity.key, platform.outputs(entity));
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

/**
 * Takes the natural key for this resource: two of one program must not both find it free. The
 * returned function gives it back, or notes which add-on has it from now on.
 */
async function claim<E extends Entity>(
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
function afterCreate<E extends Entity>({ platform }: Session<E>, inputs: Props): Change<E>[] {
  return changesOf(platform.fields, {}, inputs).filter(({ field, next }) =>
    platform.stepsAfterCreate.includes(stepOf(field, next) ?? ""),
  );
}
