import { timeoutsField, userProps } from "../fields/common";
import { equalIn, observe } from "../fields/field";
import type { RemoteAddon } from "./kind";
import { inputsOf, type Session, stateOf } from "./session";
import { isDeleting, readOutputs } from "./wait";
import { UserError } from "./state";
import { at, type Props, withAt } from "../fields/values";

export interface ReadBack {
  readonly id: string;
  readonly props: Props;
  readonly inputs?: Props;
}

/**
 * Reads the add-on back. What the platform states differently from what is declared becomes the
 * value of that input; what it does not state is kept.
 */
export async function read<E extends RemoteAddon>(
  session: Session<E>,
  id: string,
  key: string,
  props: Props,
): Promise<ReadBack> {
  const { platform, operations, call, runtime, label } = session;
  // `get` reads with the constructor's inputs, so no output is there yet.
  const isGet = props[platform.idOutput] === undefined;
  const entity = await operations.get(key, call);
  if (entity === undefined || isDeleting(platform, entity)) {
    if (!isGet) return { id: "", props: {} };
    throw new UserError(
      `${label} cannot be read: there is no add-on with the id ${id}, or the token may not see it.`,
    );
  }
  if (!isGet && platform.isRecreated(entity, props)) {
    runtime.log(
      `warning: ${label} was deleted and made anew elsewhere under the same name. It is another database, so it is dropped from the state; to take it over, set adopt: true.`,
    );
    return { id: "", props: {} };
  }
  const obstacle = isGet ? platform.adoptionObstacle(entity) : undefined;
  if (obstacle !== undefined) throw new UserError(`${label} cannot be read: ${obstacle}`);

  const known = userProps(props);
  let inputs = inputsOf(platform.fields, known);
  for (const [path, seen] of observe(platform.fields, entity, inputs)) {
    const field = platform.fields[path];
    const declared = at(inputs, path);
    if (field === undefined) continue;
    if (isGet) inputs = withAt(inputs, path, seen);
    else if (declared !== undefined) {
      const change = { old: declared, next: seen, olds: known, news: inputs };
      if (!equalIn(field, change)) inputs = withAt(inputs, path, seen);
    }
  }
  const { outputs } = await readOutputs(session, entity, inputs, false, known);
  const notice = isGet ? undefined : await operations.notice?.(entity, call);
  if (notice !== undefined) runtime.log(`warning: ${label} ${notice}`);
  const timeouts =
    known[timeoutsField] === undefined ? {} : { [timeoutsField]: known[timeoutsField] };
  const all = { ...inputs, ...timeouts };
  const notes = isGet ? {} : platform.notes(entity, known, outputs);
  return {
    id,
    props: stateOf(all, { ...outputs, ...notes }, props),
    ...(isGet ? {} : { inputs: stateOf(all, {}, props) }),
  };
}
