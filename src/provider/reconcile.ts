import { stepOf } from "../fields/field";
import { SecretInputs } from "../fields/secret-inputs";
import { at, type Props } from "../fields/values";
import type { Change } from "./diff";
import { describeDifferences, differencesOf } from "./differences";
import type { RemoteAddon } from "./kind";
import { connectionNow, waitForConnection } from "./outputs";
import { replacementRefused } from "./replacement-refused";
import type { Session } from "./session";
import type { Snapshot } from "./snapshot";
import { UserError } from "./state";
import { nextStep, runStep, waitUntilSeen } from "./steps";

/** How often one step is run: a second time where the platform has reset what was not sent. */
const repeats = 3;

/**
 * Makes an add-on that exists as the program declares it, and waits until it serves: after a creation,
 * an adoption, and for an update, also one that goes on where another run was interrupted. What the
 * platform shows decides what is sent, so nothing has to be known of what was sent before.
 *
 * `isNew`: it was created a moment ago with these inputs, and may take a while to show them.
 */
export async function reconcile<E extends RemoteAddon>(
  session: Session<E>,
  start: E,
  news: Props,
  snapshot: Snapshot<E>,
  { isNew = false }: { readonly isNew?: boolean } = {},
): Promise<void> {
  const { kind } = session;
  const differences = (addon: E) => differencesOf(kind, addon, news, snapshot);
  const waits = news.waitForReady !== false;
  let addon = start;
  snapshot.see(addon, news);
  if (!isNew) refuseReplacement(session, differences(addon), news);
  const created = isNew ? createdPaths(session, news) : [];
  // What the create call has sent may take a while to show; what it cannot express is left to send.
  const isLeft = differences(addon).some(({ path }) => !created.includes(path));
  if (waits || isLeft) {
    // A failed add-on is waited for only where nothing can be done about it.
    const isCurable = !isNew && kind.phase(addon) === "failed" && differences(addon).length > 0;
    if (!isCurable) {
      addon = await waitUntilSeen(session, addon, news, snapshot, {
        paths: created,
        isNew,
        // The answer to a creation lacks much.
        isStale: isNew && kind.phase(addon) !== "pending",
      });
    }
    addon = await removeDifferences(session, addon, news, snapshot);
  }
  const isReady = kind.phase(addon) === "ready";
  if (waits && isReady) await waitForConnection(session, addon, news, snapshot);
  else if (waits) warnOfPause(session, snapshot);
  else if (isReady) snapshot.add((await connectionNow(session, addon, news)).outputs);
}

/** A paused add-on need not say how to connect to it; `connection` then stays undecided. */
function warnOfPause<E extends RemoteAddon>(
  { kind, runtime, label }: Session<E>,
  snapshot: Snapshot<E>,
): void {
  if (snapshot.outputs.connection === undefined) {
    runtime.log(
      `warning: ${label} is paused, so ${kind.title} shows no connection data. The outputs lack it until a refresh or update finds it running.`,
    );
  }
}

/** Runs steps until what is declared is there, and compares again after each. */
async function removeDifferences<E extends RemoteAddon>(
  session: Session<E>,
  start: E,
  news: Props,
  snapshot: Snapshot<E>,
): Promise<E> {
  const { kind } = session;
  const runs = new Map<string, number>();
  let addon = start;
  for (;;) {
    const differences = differencesOf(kind, addon, news, snapshot);
    refuseReplacement(session, differences, news);
    const next = nextStep(kind, differences, news, (step) => runs.has(step));
    if (next === undefined) return addon;
    const { name } = next.step;
    const run = (runs.get(name) ?? 0) + 1;
    if (run > repeats) throw keepsChanging(session, differences);
    runs.set(name, run);
    addon = await runStep(session, addon, next, news, snapshot);
    for (const step of kind.steps.filter(({ follows }) => follows?.(name, news) === true)) {
      const paths = differences.flatMap(({ path, field, next }) => {
        return stepOf(field, next) === step.name ? [path] : [];
      });
      addon = await runStep(session, addon, { step, paths }, news, snapshot);
    }
  }
}

/** Inputs that the create call has sent. */
function createdPaths<E extends RemoteAddon>({ kind }: Session<E>, news: Props): string[] {
  const later = kind.steps
    .filter(({ afterCreate }) => afterCreate === true)
    .map(({ name }) => name);
  return Object.entries(kind.fields).flatMap(([path, field]) => {
    return later.includes(stepOf(field, at(news, path)) ?? "") ? [] : [path];
  });
}

/** What cannot be changed in place ends the operation before anything is sent. */
function refuseReplacement<E extends RemoteAddon>(
  { kind, label }: Session<E>,
  differences: readonly Change<E>[],
  news: Props,
): void {
  const replacing = differences.filter((difference) => difference.kind === "replace");
  if (replacing.length === 0) return;
  const secret = new SecretInputs(kind.fields, [news]);
  const list = replacing.map((change) => `${change.path} ${replacementRefused(change, secret)}`);
  throw new UserError(`${label}: ${list.join(" ")}`);
}

function keepsChanging<E extends RemoteAddon>(
  { kind, label }: Session<E>,
  differences: readonly Change<E>[],
): UserError {
  return new UserError(
    `${kind.title} keeps changing ${label} back: ${describeDifferences(differences)}. Look into who else changes it; then run \`pulumi up\` again.`,
  );
}
