import { ConflictError, isUnclear, NotFoundError } from "../http/errors";
import { backoff } from "../http/retry";
import { presentAddon } from "./existence";
import type { PreparedStep, RemoteAddon } from "./kind";
import type { Session } from "./session";

/** How often a change is sent again whose response was lost, or that an idle add-on refuses. */
const repeats = 2;

/**
 * Sends a change that may be refused for a while, or whose response may be lost.
 *
 * A conflict has several meanings, so the add-on's own state decides: while it is at work, the
 * conflict is waited out; one that is not refuses for another reason, which is reported after a
 * second try. Before each repeat, the change is looked for: what is under way or done is not sent
 * again.
 */
export async function retryWhileBusy<E extends RemoteAddon>(
  session: Session<E>,
  key: string,
  { send, isDone }: PreparedStep<E>,
): Promise<void> {
  const { kind, context, runtime } = session;
  let refused = 0;
  let lost = 0;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await send(context);
      return;
    } catch (error) {
      const isRefusal = error instanceof ConflictError || error instanceof NotFoundError;
      if (!isRefusal && !isUnclear(error)) throw error;
      if (isUnclear(error)) lost += 1;
      for (let turn = attempt + 1; ; turn += 1) {
        const addon = await presentAddon(session, key);
        if ((await isDone?.(addon, context)) === true) return;
        const isBusy = kind.phase(addon) === "pending" || addon.isBusy === true;
        if (!isBusy && isRefusal) refused += 1;
        const pause = backoff(turn, runtime.random());
        if (refused > 1 || lost > repeats || pause >= context.deadline.left()) throw error;
        await runtime.clock.sleep(pause);
        // What cannot be taken back is not repeated while it may be under way.
        if (!isBusy || isDone === undefined) break;
      }
      await context.beforeRepeat?.();
    }
  }
}
