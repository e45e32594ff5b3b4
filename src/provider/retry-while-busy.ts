import { ConflictError, isUnclear } from "../http/errors";
import { backoff } from "../http/retry";
import { DeletedError } from "./same-addon";
import type { RemoteAddon } from "./kind";
import type { Session } from "./session";

/** How often something is done again whose answer was lost. */
const repeats = 2;

/**
 * Does something that is harmless to do twice, and that may be refused or lost for a while.
 *
 * A conflict has several meanings, so the add-on's own state decides: while it is busy, the conflict
 * is waited out; one that is not busy refuses for another reason, which is reported after a second
 * try. What was sent and got no answer is done again. Before each repeat comes what has to come before
 * one, which the action itself sees to where it sends a single request more than once.
 */
export async function retryWhileBusy<E extends RemoteAddon, T>(
  session: Session<E>,
  key: string,
  action: () => Promise<T>,
): Promise<T> {
  const { platform, operations, call, runtime, label } = session;
  let refusedFree = 0;
  let lost = 0;
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await action();
    } catch (error) {
      if (error instanceof ConflictError) {
        const entity = await operations.get(key, call);
        if (entity === undefined) throw new DeletedError(label);
        refusedFree += platform.isBusy(entity) ? 0 : 1;
      } else if (isUnclear(error)) {
        lost += 1;
      } else {
        throw error;
      }
      const pause = backoff(attempts + 1, runtime.random());
      if (refusedFree > 1 || lost > repeats || pause >= call.deadline.left()) throw error;
      await runtime.clock.sleep(pause);
      await call.beforeRepeat?.();
    }
  }
}
