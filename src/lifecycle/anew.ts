import type { Entity } from "./platform";
import type { Session } from "./session";
import { UserError } from "./state";
import type { Props } from "./values";

/** Another add-on has taken the place of the one that an operation is about. */
export class MadeAnewError extends UserError {}

/**
 * The session of an operation on one certain add-on, known by its outputs. One that was made anew
 * elsewhere under the same name, even while it is waited for, is another database: whatever reads it
 * fails, so that no further step is taken on it.
 */
export function onThisOne<E extends Entity>(session: Session<E>, outputs: Props): Session<E> {
  const { platform, operations, label } = session;
  let known = outputs;
  return {
    ...session,
    operations: {
      ...operations,
      get: async (key, call) => {
        const entity = await operations.get(key, call);
        if (entity === undefined) return undefined;
        if (platform.isAnother(entity, known)) throw new MadeAnewError(madeAnew(label));
        // What tells it from others may come with a later answer than the first.
        const first = Object.entries(known).filter(([, value]) => value !== undefined);
        known = { ...platform.outputs(entity), ...Object.fromEntries(first) };
        return entity;
      },
    },
  };
}

function madeAnew(label: string): string {
  return `${label} was deleted and made anew elsewhere under the same name: it is another database now, and was not touched. Run \`pulumi refresh\` to drop the old one from the state; to take over the new one, set adopt: true and run \`pulumi up\`. Otherwise choose another name.`;
}
