import { inWords } from "../http/deadline";
import { GoneError, MadeAnewError, onThisOne } from "./anew";
import { persist } from "./persist";
import type { Entity, Listed } from "./platform";
import type { Session } from "./session";
import { UserError } from "./state";
import type { Props } from "./values";

/** Deletes the add-on and waits until it is gone, so that its name is free. Absent means deleted. */
export async function remove<E extends Entity>(
  session: Session<E>,
  key: string,
  props: Props,
): Promise<void> {
  try {
    await removeThis(onThisOne(session, key, props), key);
  } catch (error) {
    if (error instanceof MadeAnewError) {
      session.runtime.log(
        `warning: ${session.label} was deleted and made anew elsewhere under the same name. It is another database, so it was not touched.`,
      );
    } else if (!(error instanceof GoneError)) throw error;
  }
  session.forgetList();
  for (const [claim, claimed] of session.claims) if (claimed === key) session.claims.delete(claim);
}

async function removeThis<E extends Entity>(session: Session<E>, key: string): Promise<void> {
  const { platform, operations, call, poller, label } = session;
  // A deletion is the one change that no read comes before, so here the first time is like a repeat.
  await call.beforeRepeat?.();
  await persist(session, key, () => operations.remove(key, call));
  const isLeaving = (listed: Listed) => platform.phase(listed, "running") === "leaving";
  const gone = async (listed: Listed | undefined) => {
    // One that is on its way out need not be asked; one that seems to stay may be another one.
    if (listed !== undefined && (platform.namesAreForever || isLeaving(listed))) return "wait";
    // A list can miss what is still there; only the add-on itself can be asked whether it is gone.
    return (await operations.get(key, call)) === undefined ? "done" : "wait";
  };
  const limit = inWords(call.deadline.left());
  const done = await poller.until({
    key,
    kind: "gone",
    label,
    state: "deleting",
    deadline: call.deadline,
    judge: gone,
  });
  if (!done) {
    throw new UserError(
      `${label} was not gone when the time limit of ${limit} was over; ${platform.title} has accepted its deletion. Run the command again.`,
    );
  }
}
