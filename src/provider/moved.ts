import { equalIn, observe, stepOf } from "../fields/field";
import { retryWhileBusy } from "./retry-while-busy";
import type { RemoteAddon, StepChange } from "./kind";
import type { Session } from "./session";
import { waitUntilReady } from "./wait";
import { at, type Props, inspect, withAt } from "../fields/values";

/** An input that is not what it was, though nobody asked for that. */
export interface Moved {
  readonly path: string;
  readonly was: unknown;
  readonly seen: unknown;
}

/**
 * What changed on the platform beside what was asked for. Whether an update leaves alone what it
 * does not name is not documented everywhere.
 */
export function movedBeside<E extends RemoteAddon>(
  { platform }: Session<E>,
  after: E,
  { entity: before, paths, news }: StepChange<E>,
): Moved[] {
  const [old, now] = [before, after].map((entity) => observe(platform.fields, entity, news));
  return Object.entries(platform.fields).flatMap(([path, field]) => {
    const [was, seen] = [old?.get(path), now?.get(path)];
    if (paths.includes(path) || was === undefined || seen === undefined) return [];
    const same = (old: unknown, next: unknown) => equalIn(field, { old, next, olds: news, news });
    const declared = at(news, path);
    // What a run that was cut off had asked for may come about only now.
    const isWanted = declared !== undefined && same(seen, declared);
    return same(was, seen) || isWanted ? [] : [{ path, was, seen }];
  });
}

/**
 * Puts back what moved, with all of its step's inputs in one call: where each call resets what it
 * does not name, only that leads anywhere. What the program does not declare gets its former value.
 */
export async function putBack<E extends RemoteAddon>(
  session: Session<E>,
  moved: readonly Moved[],
  change: StepChange<E>,
): Promise<E> {
  const { platform, operations, call, runtime, label } = session;
  const { step, entity, news } = change;
  const goal = platform.goal(news);
  // An answer that was wrong before is no value to go back to, and not everything can be set.
  const settable = moved.filter(({ path, was }) => {
    const field = platform.fields[path];
    return field?.change === "update" && field.codec.is(at(news, path) ?? was);
  });
  if (settable.length === 0) {
    return waitUntilReady(session, entity.key, goal, entity.state, { start: entity.state });
  }
  runtime.log(
    `warning: ${platform.title} changed more of ${label} than it was asked to: ${listed(settable)}. Putting that back.`,
  );
  const declared = Object.entries(platform.fields)
    .filter(
      ([path, field]) => at(news, path) !== undefined && stepOf(field, at(news, path)) === step,
    )
    .map(([path]) => path);
  const wanted = settable.reduce<Props>(
    (props, { path, was }) => withAt(props, path, at(news, path) ?? was),
    news,
  );
  const paths = [...new Set([...declared, ...settable.map(({ path }) => path)])];
  await retryWhileBusy(session, entity.key, () =>
    operations.apply({ ...change, paths, news: wanted }, call),
  );
  return waitUntilReady(session, entity.key, goal, entity.state, { start: entity.state });
}

export function listed(moved: readonly Moved[]): string {
  return moved
    .map(({ path, was, seen }) => `${path} went from ${inspect(was)} to ${inspect(seen)}`)
    .join("; ");
}
