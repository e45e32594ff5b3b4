import { inWords } from "../http/deadline";
import { DeletedError, RecreatedError, onSameAddon } from "./same-addon";
import { retryWhileBusy } from "./retry-while-busy";
import type { RemoteAddon } from "./kind";
import type { Session } from "./session";
import { waitUntilGone } from "./wait";
import { UserError } from "./state";
import type { Props } from "../fields/values";

/** Deletes the add-on and waits until it is gone, so that its name is free. Absent means deleted. */
export async function remove<E extends RemoteAddon>(
  session: Session<E>,
  key: string,
  props: Props,
): Promise<void> {
  try {
    await removeThis(onSameAddon(session, key, props), key);
  } catch (error) {
    if (error instanceof RecreatedError) {
      session.runtime.log(
        `warning: ${session.label} was deleted and made anew elsewhere under the same name. It is another database, so it was not touched.`,
      );
    } else if (!(error instanceof DeletedError)) throw error;
  }
  session.forgetList();
  for (const [claim, claimed] of session.claims) if (claimed === key) session.claims.delete(claim);
}

async function removeThis<E extends RemoteAddon>(session: Session<E>, key: string): Promise<void> {
  const { platform, operations, call, label } = session;
  // A deletion is the one change that no read comes before, so here the first time is like a repeat.
  await call.beforeRepeat?.();
  await retryWhileBusy(session, key, () => operations.remove(key, call));
  const limit = inWords(call.deadline.left());
  if (!(await waitUntilGone(session, key))) {
    throw new UserError(
      `${label} was not gone when the time limit of ${limit} was over; ${platform.title} has accepted its deletion. Run the command again.`,
    );
  }
}
