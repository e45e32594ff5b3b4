import { deadlineIn, inWords } from "../http/deadline";
import { ConflictError, NotFoundError } from "../http/errors";
import { poll } from "../http/poll";
import type { Props } from "../fields/values";
import type { Connected, RemoteAddon } from "./kind";
import type { Session } from "./session";
import type { Snapshot } from "./snapshot";
import { UserError } from "./state";

/** How long a database that is ready may go on without saying how to connect to it. */
const patience = 60_000;
const pauses = [500, 1000, 2000, 4000, 8000, 10_000] as const;

/** Connection data as the platform shows it at present; what is not shown is left out. */
export async function connectionNow<E extends RemoteAddon>(
  { api, context }: Session<E>,
  addon: E,
  declared: Props,
): Promise<Connected> {
  try {
    return await api.connect(addon, declared, context);
  } catch (error) {
    // One that is being made, is paused or has failed may refuse to say.
    const refused = error instanceof NotFoundError || error instanceof ConflictError;
    if (!refused) throw error;
    return { outputs: {}, missing: "connection data" };
  }
}

/**
 * Waits for the connection data of an add-on that is ready, and records it. Afterwards `connection`
 * is decided, if need be as `{}`: its presence is what tells a finished add-on.
 */
export async function waitForConnection<E extends RemoteAddon>(
  session: Session<E>,
  start: E,
  declared: Props,
  snapshot: Snapshot<E>,
): Promise<void> {
  const { kind, api, context, runtime, label, limit } = session;
  const { clock } = runtime;
  const { deadline } = context;
  // Where a run has waited in vain before, the next one only looks.
  const isDecided = snapshot.outputs.connection !== undefined;
  const short = deadlineIn(clock, isDecided ? 0 : Math.min(patience, deadline.left()));
  let addon = start;
  let last: Connected = { outputs: {} };
  await poll({ clock, deadline, pauses }, async () => {
    try {
      last = await connectionNow(session, addon, declared);
      const { connection, ...others } = last.outputs;
      snapshot.add(last.missing === undefined || isDecided ? last.outputs : others);
      const hasSome = connection !== undefined;
      // An address that is declared may take minutes; for what never comes, a minute is enough.
      if (last.missing === undefined || (!hasSome && short.left() === 0)) return true;
      addon = (await api.get(addon.key, context, declared)) ?? addon;
    } catch (error) {
      // Without time left no request is sent; what is missing says more.
      if (deadline.left() > 0 || last.missing === undefined) throw error;
    }
    return undefined;
  });
  const { missing, warning, outputs } = last;
  if (missing !== undefined && (outputs.connection !== undefined || deadline.left() === 0)) {
    throw new UserError(
      `${label} is ready, but ${kind.title} did not show ${missing} before the time limit of ${limit} was over. Run \`pulumi up\` again to go on waiting, or set a longer customTimeouts.`,
    );
  }
  if (missing !== undefined && !isDecided) {
    runtime.log(
      `warning: ${label} is ready, but ${kind.title} does not show ${missing} after ${inWords(patience)}. The outputs lack it; run \`pulumi refresh\` later.`,
    );
  }
  if (warning !== undefined && !isDecided) runtime.log(`warning: ${label}: ${warning}`);
  snapshot.add(decided(kind.stickyOutputs, snapshot.outputs));
}

/** Connection data as it is, empty where there is none, so that it counts as decided. */
export function decided(names: readonly string[], outputs: Props): Props {
  return Object.fromEntries(names.map((name) => [name, outputs[name] ?? {}]));
}

export function pick(props: Props, names: readonly string[]): Props {
  return Object.fromEntries(Object.entries(props).filter(([name]) => names.includes(name)));
}
