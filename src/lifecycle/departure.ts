import type { Entity, Listed } from "./platform";
import type { Session } from "./session";

/** True once an add-on that is being deleted is gone; false when the time limit came first. */
export function waitUntilGone<E extends Entity>(
  { platform, operations, call, poller, label }: Session<E>,
  key: string,
): Promise<boolean> {
  const judge = async (listed: Listed | undefined) => {
    // One that is on its way out need not be asked; one that seems to stay may be another one.
    const isLeaving = listed !== undefined && platform.phase(listed, "running") === "leaving";
    if (isLeaving || (listed !== undefined && platform.namesAreForever)) return "wait";
    // A list can miss what is still there; only the add-on itself can be asked whether it is gone.
    return (await operations.get(key, call)) === undefined ? "done" : "wait";
  };
  const { deadline } = call;
  return poller.until({ key, kind: "gone", label, state: "deleting", deadline, judge });
}
