import type { Props } from "../fields/values";
import { presentAddon } from "./existence";
import type { RemoteAddon } from "./kind";
import type { Session } from "./session";
import { UserError } from "./state";

/** Another add-on has the id of the one that an operation is about. */
export class RecreatedError extends UserError {
  constructor(label: string) {
    super(
      `${label} was deleted and created again elsewhere under the same name: it is another database now, and was not touched. Run \`pulumi refresh\` to drop the old one from the state; to take over the new one, set adopt: true and run \`pulumi up\`. Otherwise choose another name.`,
    );
  }
}

/**
 * The session of an operation on one certain add-on, known by its outputs: a read that shows another
 * one of the same id fails, so that nothing more is done to it.
 *
 * A lost response may have been a success, and the name reused since. So where ids are made of names,
 * each repeat of a change first checks that the id still belongs to the same add-on.
 */
export function onSameAddon<E extends RemoteAddon>(
  session: Session<E>,
  key: string,
  outputs: Props,
): Session<E> {
  const { kind, api, context, label } = session;
  let known = outputs;
  const get: typeof api.get = async (asked, context, declared) => {
    const addon = await api.get(asked, context, declared);
    if (addon === undefined) return undefined;
    if (kind.isRecreated(addon, known)) throw new RecreatedError(label);
    // What tells it from others may come with a later answer than the first.
    const first = Object.entries(known).filter(([, value]) => value !== undefined);
    known = { ...kind.outputs(addon), ...Object.fromEntries(first) };
    return addon;
  };
  const same = { ...session, api: { ...api, get } };
  const beforeRepeat = async () => {
    await presentAddon(same, key);
  };
  const reusesIds = kind.predictedId(outputs) !== undefined;
  return { ...same, context: reusesIds ? { ...context, beforeRepeat } : context };
}
