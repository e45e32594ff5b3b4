import { ConflictError } from "../http/errors";
import { backoff } from "../http/retry";
import type { Entity } from "./platform";
import type { Session } from "./session";

/**
 * Does something that a busy add-on may refuse with a conflict, waiting until it is free. A conflict
 * has several meanings, so the add-on's own state decides: one that is not busy refuses for another
 * reason, which is reported after a second try.
 */
export async function whenFree<E extends Entity, T>(
  session: Session<E>,
  key: string,
  action: () => Promise<T>,
): Promise<T> {
  const { platform, operations, call, runtime } = session;
  let refusedFree = 0;
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      const entity = await operations.get(key, call);
      if (entity === undefined) throw error;
      refusedFree += platform.isBusy(entity) ? 0 : 1;
      const pause = backoff(attempts + 1, runtime.random());
      if (refusedFree > 1 || pause >= call.deadline.left()) throw error;
      await runtime.clock.sleep(pause);
    }
  }
}
