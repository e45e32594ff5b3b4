import { ConflictError } from "../http/errors";
import type { Props } from "../fields/values";
import { DeletedError, existenceOf, hiddenError, isListed } from "./existence";
import type { RemoteAddon } from "./kind";
import {
  adoptedIds,
  adoptVariable,
  idKey,
  keyIn,
  nameIn,
  type Objection,
  ownerOutput,
} from "./ownership";
import { retryWhileBusy } from "./retry-while-busy";
import { onSameAddon, RecreatedError } from "./same-addon";
import { refOf, type Session } from "./session";
import { UserError } from "./state";
import { waitUntilGone } from "./wait";

/**
 * Deletes the add-on and waits until it is gone, so that its name is free; unless another resource of
 * this run has it, or nothing says that its data may go.
 */
export async function remove<E extends RemoteAddon>(
  session: Session<E>,
  id: string,
  key: string,
  props: Props,
): Promise<void> {
  const { kind, ownership, urn, label, runtime, context } = session;
  const ref = refOf(kind, id, props);
  const owner = props[ownerOutput];
  const mark = typeof owner === "string" ? owner : "";
  // If it cannot be deleted, it still has the add-on.
  if (mark !== "") ownership.hold(ref, mark, urn, "seen");
  const keys = [idKey(key), kind.naturalKey(props)];
  const time = { clock: runtime.clock, deadline: context.deadline };
  const objection = await ownership.release(ref, mark, time, {
    ...(urn === "" ? {} : { urn }),
    keys: keys.map((each) => keyIn(kind.title, session.scopeId, each)),
    isNamed: adoptedIds(runtime.env).includes(id),
  });
  if (objection?.why === "held") {
    runtime.log(`${label} is kept: the resource ${nameIn(objection.urn)} of this program has it.`);
    return;
  }
  if (objection !== undefined) throw objectionError(session, id, props, objection);
  let isDeleted = false;
  try {
    const own = onSameAddon(session, key, props);
    if (props.deletionProtection === true) await refuseProtected(own, key);
    else await removeThis(own, key);
    isDeleted = true;
  } catch (error) {
    isDeleted = error instanceof DeletedError;
    if (isDeleted) return;
    if (!(error instanceof RecreatedError)) throw error;
    runtime.log(
      `warning: ${label} was deleted and created again elsewhere under the same name. It is another database, so it was not touched.`,
    );
  } finally {
    ownership.end(ref, mark, isDeleted);
    session.forgetList();
  }
}

function objectionError<E extends RemoteAddon>(
  { label, kind }: Session<E>,
  id: string,
  props: Props,
  { why, urn }: Objection,
): UserError {
  const other = nameIn(urn);
  const reasons = {
    held: "",
    named: `${adoptVariable} names it, and no resource of this program took it over, since none declares ${kind.naturalKey(props)}. Declare it so in the program, or run \`pulumi up\` without the variable.`,
    blocking: `the resource ${other} of this program declares an add-on with the same name. If ${other} is the same resource under another name or parent, give it \`aliases\`; nothing is lost. If it is to take this add-on over, set adopt on it. If this add-on may go, run \`pulumi up\` again once ${other} has its own.`,
    replaced: `the engine was asked to replace ${other}, which would delete the add-on with its data. If that is wanted, set allowReplace: true on it, without an \`adopt\` that names this add-on; otherwise run \`pulumi up\` without --replace, or \`pulumi state untaint\`.`,
    unmarked: `the resource ${other} of this program has the same add-on, and the state was written by a release that did not say which of the two owns it. Run \`pulumi refresh\`, then \`pulumi up\`.`,
  };
  return new UserError(
    `${label} (${id}) was not deleted: ${reasons[why]} Nothing was sent to ${kind.title}.`,
  );
}

/** One that is gone needs no protection. */
async function refuseProtected<E extends RemoteAddon>(
  session: Session<E>,
  key: string,
): Promise<void> {
  const existence = await existenceOf(session, key);
  if (existence.is === "gone") return;
  const { label, kind, ownership, urn } = session;
  if (ownership.declares(urn)) {
    throw new UserError(
      `${label} was not deleted: deletionProtection is true in the state. A replacement has left it, so the program cannot change that any more. To delete it with its data, delete it on ${kind.title}, and run \`pulumi up\` again.`,
    );
  }
  throw new UserError(
    `${label} was not deleted: deletionProtection is true in the state. To delete it with its data, set deletionProtection: false, run \`pulumi up\`, and delete it then.`,
  );
}

async function removeThis<E extends RemoteAddon>(session: Session<E>, key: string): Promise<void> {
  const { kind, api, context, label } = session;
  // A deletion is the one change that no read comes before, so here the first time is like a repeat.
  await context.beforeRepeat?.();
  const answers: boolean[] = [];
  await retryWhileBusy(session, key, {
    send: async (context) => answers.push(await api.remove(key, context)),
  });
  if (!answers.includes(true) && (await isAbsent(session, key))) return;
  if (await waitUntilGone(session, key)) return;
  throw new UserError(
    `${label} was not gone when the time limit of ${session.limit} was over; ${kind.title} has accepted its deletion. Run the command again.`,
  );
}

/** After a 404: true where it is gone; fails where that cannot be told. */
async function isAbsent<E extends RemoteAddon>(session: Session<E>, key: string): Promise<boolean> {
  const listed = await isListed(session, key);
  if (listed === undefined) throw hiddenError(session);
  if (!listed) return true;
  const existence = await existenceOf(session, key);
  if (existence.is === "hidden") throw hiddenError(session);
  if (existence.is === "gone") return true;
  throw new ConflictError("the add-on is there, and its deletion was answered 404", {
    operation: "delete the add-on",
    method: "DELETE",
    effect: "none",
    advice: "Run the command again.",
  });
}
