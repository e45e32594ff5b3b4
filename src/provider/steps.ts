import { inWords } from "../http/deadline";
import { observe, stepOf } from "../fields/field";
import { at, type Props } from "../fields/values";
import { describeDifferences, differencesOf } from "./differences";
import type { Change } from "./diff";
import { presentAddon } from "./existence";
import type { AddonKind, RemoteAddon, RequestContext, Step } from "./kind";
import { waitForConnection } from "./outputs";
import { retryWhileBusy } from "./retry-while-busy";
import type { Session } from "./session";
import type { Snapshot } from "./snapshot";
import { UserError } from "./state";
import { type Cure, isSettled, waitUntilSettled } from "./wait";

/** How long the platform may say that it is ready and not yet show what it accepted. */
const patience = 60_000;
const pauses = [500, 1500, 3000, 5000];
const lastPause = 10_000;

export interface PlannedStep {
  readonly step: Step;
  /** Dotted paths of the inputs to send. */
  readonly paths: readonly string[];
}

/**
 * The next step that removes differences: the first in an order in which each is legal after the one
 * before. `all`: it sends all of its inputs that are declared, for a platform that resets what is
 * left out.
 */
export function nextStep<E extends RemoteAddon>(
  { fields, steps }: AddonKind<E>,
  differences: readonly Change<E>[],
  news: Props,
  all: (step: string) => boolean,
): PlannedStep | undefined {
  const names = differences.map(({ field, next }) => stepOf(field, next));
  const step = steps.find(({ name }) => names.includes(name));
  if (step === undefined) return undefined;
  const isMine = (path: string, value: unknown) => {
    const field = fields[path];
    return field !== undefined && stepOf(field, value) === step.name;
  };
  const changed = differences.flatMap(({ path, next }) => (isMine(path, next) ? [path] : []));
  const declared = Object.keys(fields).filter((path) => {
    return at(news, path) !== undefined && isMine(path, at(news, path));
  });
  return { step, paths: all(step.name) ? [...new Set([...changed, ...declared])] : changed };
}

/** Runs one step: sends it, waits, and looks for its effect. Records what was accepted and seen. */
export async function runStep<E extends RemoteAddon>(
  session: Session<E>,
  before: E,
  { step, paths }: PlannedStep,
  news: Props,
  snapshot: Snapshot<E>,
): Promise<E> {
  const { api, context, kind, runtime, label } = session;
  const isPause = kind.phase(before) === "ready" && paths.includes("paused");
  // A paused add-on may not say how to connect to it.
  if (isPause) await waitForConnection(session, before, news, snapshot);
  const known = { ...snapshot.outputs, ...snapshot.inputs };
  const change = { step: step.name, paths, news, known, addon: before, label };
  const prepared = await api.prepare(change, context);
  if (prepared === undefined) {
    snapshot.apply(paths, news);
    return before;
  }
  try {
    await retryWhileBusy(session, before.key, prepared);
  } catch (error) {
    await seeWhatIsThere(session, before.key, news, snapshot);
    throw error;
  }
  const { isDone } = prepared;
  // What was accepted counts until a read says otherwise; what was removed, once it is seen to be gone.
  const sent = paths.filter((path) => at(news, path) !== undefined);
  if (isDone === undefined) snapshot.apply(sent, news);
  return waitUntilSeen(session, before, news, snapshot, {
    paths,
    isStale: true,
    cure: { state: before.state, until: runtime.clock.now() + patience },
    isSlow: prepared.isSlow === true,
    ...(isDone === undefined ? {} : { isDone }),
    ...(prepared.effect === undefined ? {} : { effect: prepared.effect }),
  });
}

/** A step that failed may have done a part; where that cannot be read, the state keeps what it has. */
async function seeWhatIsThere<E extends RemoteAddon>(
  { api, context }: Session<E>,
  key: string,
  news: Props,
  snapshot: Snapshot<E>,
): Promise<void> {
  try {
    const addon = await api.get(key, context, { ...snapshot.inputs, ...news });
    if (addon !== undefined) snapshot.see(addon, news);
  } catch {
    // The failure of the step says more.
  }
}

interface Seeing<E extends RemoteAddon> {
  readonly paths: readonly string[];
  /** True where the add-on was read before something was sent. */
  readonly isStale?: boolean;
  /** A failed state that the change may help out of. */
  readonly cure?: Cure;
  /** True where only the operation's own time limit counts. */
  readonly isSlow?: boolean;
  /** True for one that was created a moment ago. */
  readonly isNew?: boolean;
  readonly isDone?: (addon: E, context: RequestContext) => Promise<boolean>;
  /** What `isDone` looks for, in words. */
  readonly effect?: string;
}

/**
 * Waits until the add-on is settled and shows these inputs as declared. While it is at work the
 * operation's own limit counts; once it says that it is ready, a minute.
 */
export async function waitUntilSeen<E extends RemoteAddon>(
  session: Session<E>,
  before: E,
  news: Props,
  snapshot: Snapshot<E>,
  seeing: Seeing<E>,
): Promise<E> {
  const { context, runtime, kind } = session;
  const { clock } = runtime;
  const { paths, cure, isSlow = false, isNew = false, isDone, effect = "its effect" } = seeing;
  // An input that was removed is looked for too.
  const declared = { ...snapshot.inputs, ...news };
  const waiting = {
    isNew,
    declared,
    ...(cure === undefined ? {} : { cure }),
    onSeen: (addon: E) => snapshot.see(addon, news),
  };
  let addon = before;
  let isStale = seeing.isStale === true;
  let missing: readonly Change<E>[] = [];
  for (let turn = 0, since = clock.now(); ; turn += 1) {
    // Without time left no request is sent; what is missing says more.
    if (turn > 0 && context.deadline.left() <= 0) throw notApplied(session, missing, true, effect);
    if (isStale) addon = await presentAddon(session, addon.key, declared);
    if (!isSettled(session, addon, cure)) {
      addon = await waitUntilSettled(session, addon, waiting);
      since = clock.now();
    }
    snapshot.see(addon, news);
    const shown = observe(kind.fields, addon, news, { ...snapshot.outputs, ...snapshot.inputs });
    missing = differencesOf(kind, addon, news, snapshot).filter(({ path }) => {
      return paths.includes(path) && shown.has(path);
    });
    if (missing.length === 0 && (isDone === undefined || (await isDone(addon, context)))) {
      // What the platform does not show is taken to be as it accepted it.
      snapshot.apply(
        paths.filter((path) => !shown.has(path)),
        news,
      );
      return addon;
    }
    // Paused elsewhere, it may never show what is waited for: it is started first.
    const isStopped = kind.phase(addon) === "paused" && news.paused !== true;
    if (isStopped && !paths.includes("paused")) return addon;
    const mayTakeLong = isSlow || missing.some(({ field }) => field.isSlow === true);
    const patient = mayTakeLong ? Number.POSITIVE_INFINITY : since + patience - clock.now();
    const left = Math.min(patient, context.deadline.left());
    if (left <= 0) throw notApplied(session, missing, mayTakeLong, effect);
    await clock.sleep(Math.min(pauses[turn] ?? lastPause, left));
    isStale = true;
  }
}

function notApplied<E extends RemoteAddon>(
  { kind, label }: Session<E>,
  missing: readonly Change<E>[],
  isSlow: boolean,
  effect: string,
): UserError {
  const what = missing.length === 0 ? `${effect} does not show` : describeDifferences(missing);
  const limit = isSlow ? "before the time limit was over" : `within ${inWords(patience)}`;
  return new UserError(
    `${kind.title} accepted the change of ${label} but did not apply it ${limit}: ${what}. It stays a difference: look into it on ${kind.title}, then run \`pulumi up\` again.`,
  );
}
