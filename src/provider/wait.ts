import { deadlineIn, inWords } from "../http/deadline";
import { ConflictError, messageOf, NotFoundError } from "../http/errors";
import type { Connected, RemoteAddon, Goal, ListedAddon, Phase, AddonKind } from "./kind";
import type { Session } from "./session";
import { UserError } from "./state";
import { type Props, inspect } from "../fields/values";

/** How long a database that is ready may go on without saying how to connect to it. */
const connectionPatience = 60_000;
const order: readonly Phase[] = ["ready", "working", "unusable", "leaving"];
const connectionPauses = [500, 1000, 2000, 4000, 8000];

export interface WaitOptions<E extends RemoteAddon> {
  /** A state that it was in when a change began, and may still show for a moment. */
  readonly start?: string;
  /** A second goal that is as good: a run that was cut off may have set out for it. */
  readonly or?: Goal;
  /** Hears of every read, so that a failure can be saved with the last of them. */
  readonly onSeen?: (entity: E) => void;
}

export interface Settled<E extends RemoteAddon> {
  readonly entity: E;
  readonly outputs: Props;
}

/**
 * Waits until the add-on is ready for the goal, by shared looks at the list and a read at the end.
 */
export async function waitUntilReady<E extends RemoteAddon>(
  session: Session<E>,
  key: string,
  goal: Goal,
  state: string,
  { start, or = goal, onSeen = () => undefined }: WaitOptions<E> = {},
): Promise<E> {
  const { platform, operations, call, poller, label } = session;
  let last = state;
  let unlisted = 0;
  let ready: E | undefined;
  const judge = async (listed: ListedAddon | undefined) => {
    if (listed === undefined) {
      // Lists lag: only a read of the add-on itself can say that it is gone, and not at every look.
      unlisted += 1;
      if (unlisted % 3 !== 0) return "wait";
    } else {
      last = listed.state;
      unlisted = 0;
      // What a list says is believed only as far as it means to go on waiting.
      if (phaseFor(platform, listed, [goal, or]) === "working") return "wait";
    }
    const entity = await operations.get(key, call);
    if (entity === undefined) {
      throw new UserError(
        `${label} is gone: it was deleted while it was waited for. Run \`pulumi refresh\`, then \`pulumi up\` to create it anew.`,
      );
    }
    last = entity.state;
    onSeen(entity);
    if (phaseOrThrow(session, entity, [goal, or], start) !== "ready") return "wait";
    ready = entity;
    return "done";
  };
  const limit = inWords(call.deadline.left());
  const done = await poller.until({
    key,
    kind: `${goal} ${state}`,
    label,
    state,
    deadline: call.deadline,
    judge,
  });
  if (!done || ready === undefined) {
    throw new UserError(
      `${label} was still in state ${inspect(last)} when the time limit of ${limit} was over. It is kept: run \`pulumi up\` again to go on waiting, or set a longer customTimeouts. ${platform.title} may still be at work on it.`,
    );
  }
  return ready;
}

/** True once an add-on that is being deleted is gone; false when the time limit came first. */
export function waitUntilGone<E extends RemoteAddon>(
  { platform, operations, call, poller, label }: Session<E>,
  key: string,
): Promise<boolean> {
  const judge = async (listed: ListedAddon | undefined) => {
    // One that is on its way out need not be asked; one that seems to stay may be another one.
    const stays = platform.idsAreUnique;
    if (listed !== undefined && (stays || isDeleting(platform, listed))) return "wait";
    // A list can miss what is still there; only the add-on itself can be asked whether it is gone.
    return (await operations.get(key, call)) === undefined ? "done" : "wait";
  };
  const { deadline } = call;
  return poller.until({ key, kind: "gone", label, state: "deleting", deadline, judge });
}

/** True while it is being deleted, whatever its goal was. */
export function isDeleting<E extends RemoteAddon>(
  platform: AddonKind<E>,
  seen: ListedAddon | E,
): boolean {
  return platform.phase(seen, "running") === "leaving";
}

/** How far it is with the goal to which it is closest. */
function phaseFor<E extends RemoteAddon>(
  platform: AddonKind<E>,
  seen: ListedAddon | E,
  goals: readonly Goal[],
): Phase {
  const phases = goals.map((goal) => platform.phase(seen, goal));
  const best = order.find((phase) => phases.includes(phase));
  return best ?? "working";
}

function phaseOrThrow<E extends RemoteAddon>(
  session: Session<E>,
  seen: E,
  goals: readonly Goal[],
  start: string | undefined,
): string {
  const { platform, label } = session;
  const phase = phaseFor(platform, seen, goals);
  if (phase === "unusable" && seen.state === start) return "working";
  const isPaused = !goals.includes("paused") && platform.phase(seen, "paused") === "ready";
  if (phase === "unusable" && isPaused) {
    throw new UserError(
      `${label} is in state "${seen.state}": it was paused elsewhere. Run \`pulumi refresh\`, then \`pulumi up\` to start it again, or set paused: true to leave it so.`,
    );
  }
  if (phase === "unusable") {
    throw new UserError(
      `${label} is in state ${inspect(seen.state)}, which does not get better by waiting. Look into it on ${platform.title}; then run \`pulumi up\` again, or \`pulumi destroy\` to remove it.`,
    );
  }
  if (phase === "leaving") {
    throw new UserError(`${label} is in state ${inspect(seen.state)}: it is being deleted.`);
  }
  return phase;
}

/**
 * The outputs of an add-on. With `patient`, a database that does not say yet how to connect to it
 * is asked again for a minute; if it never does, the user is warned and the outputs lack that. `before`:
 * the outputs so far.
 */
export async function readOutputs<E extends RemoteAddon>(
  session: Session<E>,
  entity: E,
  declared: Props,
  patient: boolean,
  before: Props = {},
): Promise<Settled<E>> {
  const { platform, operations, runtime, call, label } = session;
  const { clock } = runtime;
  let current = entity;
  let connected: Connected = await connectOr(session, current, declared, patient);
  const patience = deadlineIn(clock, Math.min(connectionPatience, call.deadline.left()));
  for (let turn = 0; patient && connected.missing !== undefined && patience.left() > 0; turn += 1) {
    await clock.sleep(Math.min(connectionPauses[turn] ?? 10_000, patience.left()));
    try {
      current = (await operations.get(entity.key, call)) ?? current;
      connected = await operations.connect(current, declared, call);
    } catch (error) {
      if (patience.left() > 0) continue;
      throw error instanceof Error ? error : new UserError(messageOf(error));
    }
  }
  const { missing, warning } = connected;
  if (patient && missing !== undefined) {
    runtime.log(
      `warning: ${label} is ready, but ${platform.title} does not show ${missing} after ${inWords(connectionPatience)}. The outputs lack it; run \`pulumi refresh\` later.`,
    );
  }
  if (patient && warning !== undefined) runtime.log(`warning: ${label}: ${warning}`);
  const lasting = { ...platform.stickyOutputs, ...lastingOf(session, before) };
  return {
    entity: current,
    outputs: { ...lasting, ...platform.outputs(current), ...connected.outputs },
  };
}

/** One that is still being made may refuse to say how to connect to it; that comes later then. */
async function connectOr<E extends RemoteAddon>(
  { operations, platform, call }: Session<E>,
  entity: E,
  declared: Props,
  patient: boolean,
): Promise<Connected> {
  try {
    return await operations.connect(entity, declared, call);
  } catch (error) {
    const early = error instanceof NotFoundError || error instanceof ConflictError;
    if (early && (patient || platform.isBusy(entity))) {
      return { outputs: {}, missing: "connection data" };
    }
    throw error;
  }
}

/** What was known before and stays true, though the platform does not show it at present. */
function lastingOf<E extends RemoteAddon>({ platform }: Session<E>, before: Props): Props {
  return Object.fromEntries(
    Object.entries(before).filter(([name]) => name in platform.stickyOutputs),
  );
}
