import type { Change } from "./diff";
import { equalIn, observe, stepOf } from "../fields/field";
import { listed, movedBeside, putBack } from "./moved";
import { retryWhileBusy } from "./retry-while-busy";
import type { RemoteAddon } from "./kind";
import type { Session } from "./session";
import { readOutputs, waitUntilReady } from "./wait";
import { UserError } from "./state";
import { at, type Props, inspect, withAt } from "../fields/values";

/** Reads after a change may lag behind it for a moment. */
const verifyPauses = [0, 500, 1500, 3000];

/**
 * Applies changes, one step after the other, each on an add-on that the step before it has left
 * ready. `record` hears of every step that the platform has carried out, and of the connection data
 * before a pause, since a paused add-on may not show it. `known`: the outputs that the state has; a
 * new add-on has none.
 */
export async function applySteps<E extends RemoteAddon>(
  session: Session<E>,
  start: E,
  changes: readonly Change<E>[],
  olds: Props,
  news: Props,
  record: (applied: Props, entity: E, connected?: Props) => void,
  known?: Props,
): Promise<E> {
  const { platform, operations, call, runtime, label } = session;
  let entity = start;
  let applied = olds;
  let done = 0;
  const planned = changes.flatMap(({ field, next }) => stepOf(field, next) ?? []);
  const implied = platform.impliedSteps(planned, news);
  for (const step of platform.steps) {
    const mine = changes.filter(({ field, next }) => stepOf(field, next) === step);
    if (mine.length === 0 && !implied.includes(step)) continue;
    const paths = mine.map(({ path }) => path);
    const goal = platform.goal({
      ...applied,
      ...Object.fromEntries(paths.map((path) => [path, at(news, path)])),
    });
    const isPause = goal === "paused" && platform.phase(entity, "running") === "ready";
    if (isPause && (known === undefined || done > 0)) {
      record(applied, entity, (await readOutputs(session, entity, news, true)).outputs);
    }
    done += 1;
    const change = {
      step,
      paths,
      olds: applied,
      news,
      known: known ?? {},
      entity,
      log: runtime.log,
    };
    await retryWhileBusy(session, entity.key, () => operations.apply(change, call));
    // What no read can confirm counts from here on, so that a password is not rotated twice.
    const unseen = mine.filter(({ field }) => field.observe === undefined).map(({ path }) => path);
    for (const path of unseen) applied = withAt(applied, path, at(news, path));
    if (unseen.length > 0) record(applied, entity, platform.invalidates(step));
    entity = await waitUntilReady(session, entity.key, goal, entity.state, {
      start: entity.state,
      // A pause that a cut-off run has asked for may come at any time.
      or: platform.goal(news),
    });
    entity = await verified(session, entity, mine);
    for (const path of paths) applied = withAt(applied, path, at(news, path));
    let moved = movedBeside(session, entity, change);
    if (moved.length > 0) {
      entity = await putBack(session, moved, { ...change, olds: applied });
      moved = movedBeside(session, entity, change);
    }
    // What is still elsewhere is drift from here on, so that the next run shows it.
    for (const { path, seen } of moved) {
      if (at(applied, path) !== undefined) applied = withAt(applied, path, seen);
    }
    record(applied, entity);
    if (moved.length > 0) {
      throw new UserError(
        `${platform.title} changed more of ${label} than it was asked to, and it could not be put back: ${listed(moved)}. The change that was asked for was made. Look into it on ${platform.title}; then run \`pulumi up\` again.`,
      );
    }
  }
  return entity;
}

/** A change that was accepted but not applied must not end up in state as if it had been. */
async function verified<E extends RemoteAddon>(
  session: Session<E>,
  entity: E,
  changes: readonly Change<E>[],
): Promise<E> {
  const { operations, call, runtime, platform, label } = session;
  let current = entity;
  for (const pause of verifyPauses) {
    if (pause > 0) {
      await runtime.clock.sleep(pause);
      current = (await operations.get(entity.key, call)) ?? current;
    }
    if (notApplied(current, changes).length === 0) return current;
  }
  const list = notApplied(current, changes).map(({ path, next, seen, field }) =>
    field.secret === true ? path : `${path} is ${inspect(seen)}, not ${inspect(next)}`,
  );
  throw new UserError(
    `${platform.title} accepted the change of ${label} but did not apply it: ${list.join("; ")}. The state keeps the old value. Look into it on ${platform.title}; then run \`pulumi up\` again.`,
  );
}

function notApplied<E extends RemoteAddon>(
  entity: E,
  changes: readonly Change<E>[],
): (Change<E> & { readonly seen: unknown })[] {
  return changes.flatMap((change) => {
    const { path, field, next } = change;
    const seen = observe({ [path]: field }, entity, change.news).get(path);
    if (seen === undefined || next === undefined) return [];
    return equalIn(field, { ...change, old: seen }) ? [] : [{ ...change, seen }];
  });
}
