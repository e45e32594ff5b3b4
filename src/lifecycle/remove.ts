import { inWords } from "../http/deadline";
import { persist } from "./persist";
import type { Entity, Listed } from "./platform";
import type { Session } from "./session";
import { UserError } from "./state";
import type { Props } from "./values";

/** Nothing is left to delete. */
class Gone extends Error {}

/** Deletes the add-on and waits until it is gone, so that its name is free. Absent means deleted. */
export async function remove<E extends Entity>(
  session: Session<E>,
  key: string,
  props: Props,
): Promise<void> {
  const { platform, operations, call, poller, label } = session;
  const check = () => assertThere(session, key, props);
  try {
    await persist(session, key, async () => {
      await check();
      await operations.remove(key, call, check);
    });
  } catch (error) {
    if (!(error instanceof Gone)) throw error;
    forget(session, key);
    return;
  }
  const isOurs = (listed: Listed) =>
    platform.namesAreForever || platform.phase(listed, "running") === "leaving";
  const gone = async (listed: Listed | undefined) => {
    if (listed !== undefined && isOurs(listed)) return "wait";
    // A list can miss what is still there, or show another of that name; only the add-on tells.
    const entity = await operations.get(key, call);
    return entity === undefined || platform.isAnother(entity, props) ? "done" : "wait";
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
  forget(session, key);
}

/** The name is free from now on. */
function forget<E extends Entity>({ forgetList, claims }: Session<E>, key: string): void {
  forgetList();
  for (const [claim, claimed] of claims) if (claimed === key) claims.delete(claim);
}

/**
 * Whoever deletes by a name must know, each time, that the name is still that of the same add-on: an
 * answer that was lost may have been a yes, and the name given away since.
 */
async function assertThere<E extends Entity>(
  { platform, operations, call, runtime, label }: Session<E>,
  key: string,
  props: Props,
): Promise<void> {
  if (platform.namesAreForever) return;
  const entity = await operations.get(key, call);
  if (entity === undefined) throw new Gone();
  if (!platform.isAnother(entity, props)) return;
  runtime.log(
    `warning: ${label} was deleted and made anew elsewhere under the same name. It is another database, so it was not touched.`,
  );
  throw new Gone();
}
