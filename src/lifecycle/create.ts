import { isRequestError, messageOf, type RequestError, UndecodableError } from "../http/errors";
import { findNamesake, prepareAdoption } from "./adopt";
import { type Change, changesOf } from "./diff";
import { stepOf } from "./fields";
import type { Entity, Listed } from "./platform";
import { explain, idOf, type Session, stateOf } from "./session";
import { readOutputs, waitUntilReady } from "./settle";
import { PartialFailure, UserError } from "./state";
import { applySteps } from "./steps";
import type { Props } from "./values";

export interface Created {
  readonly id: string;
  readonly outs: Props;
}

/** Looks for an add-on whose create call got no answer, in milliseconds after the call: lists lag. */
const lookups = [1000, 4000, 10_000, 15_000];

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

  let latest = { inputs: olds ?? inputs, outputs: platform.outputs(entity) };
  try {
    if (inputs.waitForReady !== false || changes.length > 0) {
      // An adopted add-on may be paused; a new one always comes up running first.
      const goal = olds === undefined ? "running" : platform.goal(olds);
      entity = await waitUntilReady(session, entity.key, goal, entity.state, {
        onSeen: (seen) => {
          latest = { ...latest, outputs: platform.outputs(seen) };
        },
      });
      latest = { ...latest, outputs: platform.outputs(entity) };
      entity = await applySteps(
        session,
        entity,
        changes,
        latest.inputs,
        inputs,
        (applied, seen) => {
          latest = { inputs: applied, outputs: platform.outputs(seen) };
        },
      );
    }
    const settled = await readOutputs(
      session,
      entity,
      inputs.waitForReady !== false && platform.goal(inputs) === "running",
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
  if (claims.get(name) !== undefined && !gone && typeof inputs.adopt !== "string") {
    throw new UserError(
      `could not create ${label}: another resource of this program has ${platform.naturalKey(inputs)} too. Each needs its own.`,
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

/** Sends the create call. If its answer is lost, finds out what came of it before anything is sent again. */
async function createOnce<E extends Entity>(
  session: Session<E>,
  inputs: Props,
  listed: readonly Listed[],
): Promise<E> {
  const { platform, operations, call, label } = session;
  const before = new Set(listed.map(({ key }) => key));
  for (;;) {
    let lost: RequestError;
    try {
      return await operations.create(inputs, call);
    } catch (error) {
      if (!isRequestError(error) || error.effect === "none") throw error;
      lost = error;
    }
    const found = await lookForLost(session, inputs, before, lost);
    if (found !== undefined) return found;
    const answeredWell = lost instanceof UndecodableError && (lost.status ?? 500) < 300;
    if (answeredWell || call.deadline.left() <= 0) {
      throw new UserError(
        `${label}: ${lost.message} It is not known whether the add-on was created; in ${lookups.length} looks it was not in the list. Look for one with ${platform.naturalKey(inputs)} on ${platform.title}, and run \`pulumi up\` again: if it is there by then, the error will say how to take it over.`,
      );
    }
  }
}

async function lookForLost<E extends Entity>(
  session: Session<E>,
  inputs: Props,
  before: ReadonlySet<string>,
  lost: RequestError,
): Promise<E | undefined> {
  const { platform, operations, call, runtime, label } = session;
  const started = runtime.clock.now();
  runtime.log(`${label}: the answer to its creation was lost; looking for it`);
  for (const after of lookups) {
    const pause = started + after - runtime.clock.now();
    if (pause > 0) await runtime.clock.sleep(Math.min(pause, call.deadline.left()));
    session.forgetList();
    let listed: readonly Listed[];
    try {
      listed = await session.listAll(call.deadline);
    } catch (error) {
      throw new UserError(
        `${label}: ${lost.message} It is not known whether the add-on was created, and the list cannot be read: ${messageOf(error)} Look for one with ${platform.naturalKey(inputs)} on ${platform.title} before you run \`pulumi up\` again.`,
      );
    }
    const found = listed.filter(
      (entry) => !before.has(entry.key) && platform.isNamesake(inputs, entry),
    );
    const [only, ...others] = found;
    if (only !== undefined && others.length > 0) {
      const ids = found.map(({ key }) => idOf(platform, inputs, key)).join(", ");
      throw new UserError(
        `${label}: ${lost.message} Since then ${found.length} add-ons with ${platform.naturalKey(inputs)} have appeared: ${ids}. Say with adopt: "<id>" which one is meant, and remove the others.`,
      );
    }
    if (only === undefined) continue;
    const entity = await operations.get(only.key, call);
    if (entity !== undefined) return entity;
  }
  return undefined;
}
