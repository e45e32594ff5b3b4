import { inWords } from "../http/deadline";
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
  const { platform, operations, call, runtime, poller, label } = session;
  if (!platform.namesAreForever) {
    const entity = await operations.get(key, call);
    if (entity === undefined) return;
    if (platform.isAnother(entity, props)) {
      runtime.log(
        `warning: ${label} was deleted and made anew elsewhere under the same name. It is another database, so it was not touched.`,
      );
      return;
    }
  }
  await persist(session, key, () => operations.remove(key, call));
  const gone = async (listed: Listed | undefined) => {
    if (listed !== undefined) return "wait";
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
  session.forgetList();
  for (const [claim, claimed] of session.claims) if (claimed === key) session.claims.delete(claim);
}
