import { type Change, changesOf } from "./diff";
import { observe } from "./fields";
import type { Entity, Listed, Platform } from "./platform";
import { idOf, type Session } from "./session";
import { UserError } from "./state";
import { at, type Props, shown, withAt } from "./values";

/** Pulumi ids, separated by commas, of add-ons to take over in this run. */
export const adoptVariable = "PAAS_ADDONS_ADOPT";

/**
 * The key of the add-on with the same natural key, if it is to be taken over; undefined if there is
 * none. Fails if there is one that is not to be taken over, or several.
 */
export async function findNamesake<E extends Entity>(
  session: Session<E>,
  inputs: Props,
  listed: readonly Listed[],
): Promise<string | undefined> {
  const { adopt } = inputs;
  const namesakes = await alive(
    session,
    listed.filter((entry) => session.platform.isNamesake(inputs, entry)),
  );
  if (namesakes.length === 0) return undefined;
  const named = adoptedByEnvironment(session, inputs);
  const chosen = namesakes.filter(({ key }) => named.has(key));
  const candidates = chosen.length > 0 ? chosen : adopt === true ? namesakes : [];
  const [only, ...others] = candidates;
  if (only !== undefined && others.length === 0) return only.key;
  throw new UserError(
    only === undefined ? taken(session, inputs, namesakes) : ambiguous(session, inputs, candidates),
  );
}

/** Lists can lag behind a deletion, so whoever would stand in the way is asked for by itself. */
async function alive<E extends Entity>(
  session: Session<E>,
  listed: readonly Listed[],
): Promise<E[]> {
  const { platform, operations, call } = session;
  const entities = await Promise.all(listed.map(({ key }) => operations.get(key, call)));
  return entities.flatMap((entity) =>
    entity === undefined || platform.phase(entity, "running") === "leaving" ? [] : [entity],
  );
}

function adoptedByEnvironment<E extends Entity>(session: Session<E>, inputs: Props): Set<string> {
  const { platform, runtime } = session;
  const ids = (runtime.env[adoptVariable] ?? "").split(",").map((id) => id.trim());
  const prefix = `${String(inputs[platform.scopeField])}/`;
  return new Set(ids.filter((id) => id.startsWith(prefix)).map((id) => id.slice(prefix.length)));
}

function taken<E extends Entity>(
  session: Session<E>,
  inputs: Props,
  namesakes: readonly E[],
): string {
  const { platform, label, runtime, hide } = session;
  const ids = namesakes.map((entity) => {
    const { createdAt } = platform.outputs(entity);
    const since = typeof createdAt === "string" ? `, created ${createdAt}` : "";
    return `${idOf(platform, inputs, entity.key)} (${entity.state}${since})`;
  });
  const first = namesakes[0];
  const id = first === undefined ? "" : idOf(platform, inputs, first.key);
  // Of what the user made secret, other add-ons' messages must not tell.
  if (hide(id) === id) runtime.taken.add(id);
  const all = [...runtime.taken];
  return [
    `could not create ${label}: an add-on with ${platform.naturalKey(inputs)} is there already: ${ids.join(", ")}.`,
    `It was not touched. If it is yours, for instance from a run that was cut off, take it over with`,
    `  ${adoptVariable}=${id} pulumi up`,
    `or with adopt: true in the program. Otherwise give this one another ${platform.titleField}.`,
    ...(all.length < 2 || !runtime.taken.has(id)
      ? []
      : [
          `So far ${all.length} add-ons stand in the way of this run. Take over all of them, if all are yours, with`,
          `  ${adoptVariable}=${all.join(",")} pulumi up`,
        ]),
  ].join("\n");
}

/**
 * Tells of another add-on with the same natural key that came up while this one was created, where the
 * platform does not prevent that: by another stack, or by a run that was cut off and whose request was
 * still under way. Neither is touched. Asks nothing: looks at what the wait has seen.
 */
export function warnOfTwins<E extends Entity>(
  session: Session<E>,
  inputs: Props,
  key: string,
  before: readonly Listed[],
): void {
  const { platform, poller, runtime, label } = session;
  const known = new Set([key, ...before.map((entry) => entry.key)]);
  const twins = poller
    .lastSeen()
    .filter((entry) => !known.has(entry.key) && platform.isNamesake(inputs, entry));
  if (twins.length === 0) return;
  const ids = twins.map((twin) => idOf(platform, inputs, twin.key)).join(", ");
  runtime.log(
    `warning: while ${label} was created, another add-on with ${platform.naturalKey(inputs)} came up: ${ids}. It was not touched. If another stack declares it, give one of them another ${platform.titleField}; if it is left from a run that was cut off, remove it on ${platform.title}.`,
  );
}

function ambiguous<E extends Entity>(
  session: Session<E>,
  inputs: Props,
  candidates: readonly E[],
): string {
  const { platform, label } = session;
  const ids = candidates.map(({ key }) => idOf(platform, inputs, key));
  return `could not adopt ${label}: ${ids.length} add-ons have ${platform.naturalKey(inputs)}: ${ids.join(", ")}. Say which one, with its API id: adopt: ${JSON.stringify(candidates[0]?.key)}.`;
}

export interface Adoption<E extends Entity> {
  readonly entity: E;
  /** What the platform says of it, in terms of inputs, where it says so; else as the program says. */
  readonly olds: Props;
  readonly changes: readonly Change<E>[];
}

/** Reads the add-on to adopt; refuses one of another type, or with differences that need a replacement. */
export async function prepareAdoption<E extends Entity>(
  session: Session<E>,
  key: string,
  inputs: Props,
): Promise<Adoption<E>> {
  const { platform, operations, call, label } = session;
  const refuse = (why: string) => new UserError(`could not adopt ${label}: ${why}`);
  const entity = await operations.get(key, call);
  if (entity === undefined) {
    throw refuse(`there is no add-on with the id ${key} there, or the token may not see it.`);
  }
  const obstacle = platform.adoptable(entity);
  if (obstacle !== undefined) throw refuse(obstacle);
  if (entity.type !== inputs.type) {
    throw refuse(`${key} is of type "${entity.type}", not "${String(inputs.type)}".`);
  }
  const { olds, changes } = adoptionOf(platform, entity, inputs);
  const impossible = changes.filter(({ kind }) => kind === "replace");
  if (impossible.length > 0) {
    const list = impossible.map(({ path, old, next, field }) =>
      field.secret === true ? path : `${path} is ${shown(old)} there and ${shown(next)} here`,
    );
    throw refuse(
      `${list.join("; ")}. That cannot be changed in place: put the existing value into the program.`,
    );
  }
  return { entity, olds, changes };
}

/** What taking an add-on over with these inputs changes about it. Asks nothing. */
export function adoptionOf<E extends Entity>(
  platform: Platform<E>,
  entity: E,
  inputs: Props,
): Omit<Adoption<E>, "entity"> {
  const olds = asFarAsStated(platform, entity, inputs);
  return {
    olds,
    changes: changesOf(platform.fields, { ...platform.outputs(entity), ...olds }, inputs),
  };
}

/**
 * The declared inputs as the platform states them. What it does not state and could be set is taken
 * out, so that it is set: nothing else tells that it is not what the program says. What the program
 * does not declare is not its business, here as later.
 */
function asFarAsStated<E extends Entity>(platform: Platform<E>, entity: E, inputs: Props): Props {
  const seen = observe(platform.fields, entity, inputs);
  return Object.entries(platform.fields).reduce<Props>((olds, [path, field]) => {
    if (at(inputs, path) === undefined) return olds;
    if (seen.has(path)) return withAt(olds, path, seen.get(path));
    // What has no place in the create body, such as a password's version, means nothing at first.
    const settable = field.change === "update" && field.api !== undefined;
    return settable ? withAt(olds, path, undefined) : olds;
  }, inputs);
}
