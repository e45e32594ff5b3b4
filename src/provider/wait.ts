import { deadlineIn } from "../http/deadline";
import { NotFoundError } from "../http/errors";
import { poll } from "../http/poll";
import { inspect, type Props } from "../fields/values";
import { contradictionLimit, DeletedError, existenceOf, hiddenError } from "./existence";
import type { ListedAddon, RemoteAddon } from "./kind";
import type { Session } from "./session";
import { UserError } from "./state";

/** A failed state that a change may help out of, and how long that may take. */
export interface Cure {
  readonly state: string;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

export interface WaitOptions<E extends RemoteAddon> {
  /** True for one that was created a moment ago. */
  readonly isNew?: boolean;
  /** Inputs that the last read has to show. */
  readonly declared?: Props;
  /** A failed state in which a change began that may help. */
  readonly cure?: Cure;
  /** Called with every read, so that a failure can record the last of them. */
  readonly onSeen?: (addon: E) => void;
}

/** Every so many looks at a list that says to go on waiting, the add-on itself is asked. */
const ownLooks = 3;

/** Waits until the add-on is ready or paused, by shared looks at the list and a read at the end. */
export async function waitUntilSettled<E extends RemoteAddon>(
  session: Session<E>,
  seen: E,
  { isNew = false, declared = {}, cure, onSeen = () => undefined }: WaitOptions<E> = {},
): Promise<E> {
  const { kind, context, poller, label, runtime } = session;
  let last = seen.state;
  let unlisted = 0;
  let settled: E | undefined;
  let isListable = true;
  const judge = async (listed: ListedAddon | undefined) => {
    if (listed === undefined) {
      unlisted += 1;
      if (unlisted % ownLooks !== 0 && isListable) return "wait";
    } else {
      last = listed.state;
      unlisted = 0;
      // What a list says is believed only as far as it means to go on waiting.
      if (kind.phase(listed) === "pending" || isCuring(session, listed, cure)) return "wait";
    }
    const existence = await existenceOf(session, seen.key, { isNew, declared });
    if (existence.is === "hidden") throw hiddenError(session);
    if (existence.is === "gone") throw new DeletedError(label);
    const { addon } = existence;
    last = addon.state;
    onSeen(addon);
    if (!isSettled(session, addon, cure)) return "wait";
    settled = addon;
    return "done";
  };
  const wait = {
    key: seen.key,
    kind: `${seen.type} ${seen.state}`,
    label,
    state: seen.state,
    deadline: context.deadline,
    judge,
  };
  try {
    await poller.until(wait);
  } catch (error) {
    // The list cannot be seen: is the add-on itself?
    if (!(error instanceof NotFoundError)) throw error;
    isListable = false;
    await poll({ clock: runtime.clock, deadline: context.deadline, pauses: [5000] }, async () => {
      return (await judge(undefined)) === "done" ? true : undefined;
    });
  }
  if (settled === undefined) {
    throw new UserError(
      `${label} was still in state ${inspect(last)} when the time limit of ${session.limit} was over. It is kept: run \`pulumi up\` again to go on waiting, or set a longer customTimeouts. ${kind.title} may still be at work on it.`,
    );
  }
  return settled;
}

/** Whether a failed add-on may still get better by what was sent. */
function isCuring<E extends RemoteAddon>(
  { kind, runtime }: Session<E>,
  addon: ListedAddon | E,
  cure: Cure | undefined,
): boolean {
  const isSame = kind.phase(addon) === "failed" && cure?.state === addon.state;
  return isSame && runtime.clock.now() < cure.until;
}

/** Throws where waiting does not help. */
export function isSettled<E extends RemoteAddon>(
  session: Session<E>,
  addon: E,
  cure?: Cure,
): boolean {
  const { kind, label } = session;
  const phase = kind.phase(addon);
  if (phase === "failed" && !isCuring(session, addon, cure)) {
    throw new UserError(
      `${label} is in state ${inspect(addon.state)}, which does not get better by waiting. Look into it on ${kind.title}; then run \`pulumi up\` again, or \`pulumi destroy\` to remove it.`,
    );
  }
  if (phase === "deleting") {
    throw new UserError(
      `${label} is in state ${inspect(addon.state)}: it is being deleted elsewhere. Run \`pulumi refresh\` when it is gone.`,
    );
  }
  return phase === "ready" || phase === "paused";
}

/**
 * True once an add-on whose deletion was accepted is gone; false when the time limit came first. Its
 * own 404 for a while is enough, whatever a list says.
 */
export async function waitUntilGone<E extends RemoteAddon>(
  session: Session<E>,
  key: string,
): Promise<boolean> {
  const { kind, api, context, poller, label, runtime } = session;
  let looks = 0;
  let absentSince: number | undefined;
  const judge = async (listed: ListedAddon | undefined) => {
    looks += 1;
    const isOnItsWay = listed !== undefined && kind.predictedId({}) === undefined;
    const goesOn = isOnItsWay || (listed !== undefined && kind.phase(listed) === "deleting");
    if (goesOn && absentSince === undefined && looks % ownLooks !== 0) return "wait";
    if ((await api.get(key, context)) !== undefined) {
      absentSince = undefined;
      return "wait";
    }
    absentSince ??= runtime.clock.now();
    const isLong = runtime.clock.now() - absentSince >= contradictionLimit;
    return listed === undefined || isLong ? "done" : "wait";
  };
  const { deadline } = context;
  try {
    return await poller.until({ key, kind: "gone", label, state: "deleting", deadline, judge });
  } catch (error) {
    // The app or project went with it, or cannot be seen any more.
    if (!(error instanceof NotFoundError)) throw error;
    const { clock } = runtime;
    const limit = deadlineIn(clock, Math.min(contradictionLimit, deadline.left()));
    const isBack = await poll({ clock, deadline: limit, pauses: [5000] }, async () => {
      return (await api.get(key, context)) === undefined ? undefined : true;
    });
    return isBack === undefined;
  }
}
