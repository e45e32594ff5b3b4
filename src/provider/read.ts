import { timeoutsField, userProps } from "../fields/common";
import { equalIn, observe } from "../fields/field";
import { at, inspect, type Props, withAt } from "../fields/values";
import { existenceOf, hiddenError } from "./existence";
import type { RemoteAddon } from "./kind";
import { connectionNow, decided, pick } from "./outputs";
import { drawMark, externalMark, ownerOutput } from "./ownership";
import { inputsOf, refOf, type Session, stateOf } from "./session";
import { UserError } from "./state";

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
  const { kind, runtime, label, ownership, urn } = session;
  // `get` reads with the constructor's inputs, so no output is there yet.
  const isGet = props[kind.idOutput] === undefined;
  const known = userProps(props);
  const existence = await existenceOf(session, key, { declared: known });
  if (existence.is === "hidden") throw hiddenError(session);
  if (existence.is === "gone" || kind.phase(existence.addon) === "deleting") {
    if (!isGet) return { id: "", props: {} };
    throw new UserError(`${label} cannot be read: there is no add-on with the id ${id}.`);
  }
  const { addon } = existence;
  if (!isGet && kind.isRecreated(addon, props)) {
    runtime.log(
      `warning: ${label} was deleted and created again elsewhere under the same name. It is another database, so it is dropped from the state; to take it over, set adopt: true.`,
    );
    return { id: "", props: {} };
  }
  const obstacle = isGet ? kind.adoptionObstacle(addon) : undefined;
  if (obstacle !== undefined) throw new UserError(`${label} cannot be read: ${obstacle}`);

  let inputs = inputsOf(kind.fields, known);
  for (const [path, seen] of observe(kind.fields, addon, inputs, known)) {
    const field = kind.fields[path];
    const declared = at(inputs, path);
    if (field === undefined) continue;
    if (isGet) inputs = withAt(inputs, path, seen);
    else if (declared !== undefined) {
      const change = { old: declared, next: seen, olds: known, news: inputs };
      if (!equalIn(field, change)) inputs = withAt(inputs, path, seen);
    }
  }
  const former = typeof props[ownerOutput] === "string" ? props[ownerOutput] : drawMark();
  const mark = isGet ? externalMark : former;
  const { missing, outputs: connected } = await connectionNow(session, addon, inputs);
  const phase = kind.phase(addon);
  const isServing = phase === "ready" && missing === undefined;
  if (known.connection !== undefined && (phase === "pending" || phase === "failed")) {
    runtime.log(
      `warning: ${label} is in state ${inspect(addon.state)}; it was ready before. Look into it on ${kind.title}.`,
    );
  }
  const isDecided = known.connection !== undefined || isGet || inputs.waitForReady === false;
  const outputs = {
    ...pick(known, kind.stickyOutputs),
    ...kind.outputs(addon),
    // Its presence says that nothing is waited for any more.
    ...(isServing || isDecided ? connected : { ...connected, connection: undefined }),
    [ownerOutput]: mark,
  };
  if (isGet || mark !== externalMark) ownership.hold(refOf(kind, id, outputs), mark, urn, "seen");
  const notice = isGet ? undefined : kind.notice?.({ ...inputs, ...outputs }, inputs);
  if (notice !== undefined) runtime.log(`warning: ${label} ${notice}`);
  const timeouts =
    known[timeoutsField] === undefined ? {} : { [timeoutsField]: known[timeoutsField] };
  const all = { ...inputs, ...timeouts };
  return {
    id,
    props: stateOf(
      all,
      isGet ? { ...decided(kind.stickyOutputs, outputs), ...outputs } : outputs,
      props,
    ),
    ...(isGet ? {} : { inputs: stateOf(all, {}, props) }),
  };
}
