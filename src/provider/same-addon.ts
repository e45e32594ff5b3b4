import type { RemoteAddon } from "./kind";
import type { Session } from "./session";
import { UserError } from "./state";
import type { Props } from "../fields/values";

/** Another add-on has taken the place of the one that an operation is about. */
export class RecreatedError extends UserError {
  constructor(label: string) {
    super(
      `${label} was deleted and made anew elsewhere under the same name: it is another database now, and was not touched. Run \`pulumi refresh\` to drop the old one from the state; to take over the new one, set adopt: true and run \`pulumi up\`. Otherwise choose another name.`,
    );
  }
}

/** The add-on that an operation is about is not there. */
export class DeletedError extends UserError {
  constructor(label: string) {
    super(
      `${label} is not there any more: it was deleted elsewhere. Run \`pulumi refresh\`, then \`pulumi up\` to create it anew.`,
    );
  }
}

/**
 * The session of an operation on one certain add-on, known by its outputs. One that was made anew
 * elsewhere under the same name, even while it is waited for, is another database: whatever reads it
 * fails, so that no further step is taken on it.
 *
 * Whoever changes or deletes by a name must know, each time, that the name is still that of the same
 * add-on: an answer that was lost may have been a yes, and the name given away since. So it is read
 * before anything is sent another time. The first time needs nothing more than the read that has led
 * to it.
 */
export function onSameAddon<E extends RemoteAddon>(
  session: Session<E>,
  key: string,
  outputs: Props,
): Session<E> {
  const { platform, operations, call, label } = session;
  let known = outputs;
  const get: typeof operations.get = async (asked, call) => {
    const entity = await operations.get(asked, call);
    if (entity === undefined) return undefined;
    if (platform.isRecreated(entity, known)) throw new RecreatedError(label);
    // What tells it from others may come with a later answer than the first.
    const first = Object.entries(known).filter(([, value]) => value !== undefined);
    known = { ...platform.outputs(entity), ...Object.fromEntries(first) };
    return entity;
  };
  const beforeRepeat = async () => {
    if ((await get(key, call)) === undefined) throw new DeletedError(label);
  };
  return {
    ...session,
    operations: { ...operations, get },
    call: platform.idsAreUnique ? call : { ...call, beforeRepeat },
  };
}
