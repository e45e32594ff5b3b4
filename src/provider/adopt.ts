import { type Change, changesOf } from "./diff";
import { observe } from "../fields/field";
import type { RemoteAddon, AddonKind } from "./kind";
import type { Session } from "./session";
import { isDeleting } from "./wait";
import { UserError } from "./state";
import { at, type Props, inspect, withAt } from "../fields/values";

export interface Adoption<E extends RemoteAddon> {
  readonly entity: E;
  /** What the platform says of it, in terms of inputs, where it says so; else as the program says. */
  readonly olds: Props;
  readonly changes: readonly Change<E>[];
}

/** Reads the add-on to adopt; refuses one of another type, or with differences that need a replacement. */
export async function prepareAdoption<E extends RemoteAddon>(
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
  if (isDeleting(platform, entity)) throw refuse(`${key} is being deleted.`);
  const obstacle = platform.adoptionObstacle(entity);
  if (obstacle !== undefined) throw refuse(obstacle);
  if (entity.type !== inputs.type) {
    throw refuse(`${key} is of type "${entity.type}", not "${String(inputs.type)}".`);
  }
  const { olds, changes } = adoptionOf(platform, entity, inputs);
  const impossible = changes.filter(({ kind }) => kind === "replace");
  if (impossible.length > 0) {
    throw refuse(
      `${differences(impossible)}. That cannot be changed in place: put the existing value into the program.`,
    );
  }
  return { entity, olds, changes };
}

function differences<E extends RemoteAddon>(changes: readonly Change<E>[]): string {
  return changes
    .map(({ path, old, next, field }) =>
      field.secret === true ? path : `${path} is ${inspect(old)} there and ${inspect(next)} here`,
    )
    .join("; ");
}

/** So far, in milliseconds, may the platform's clock and this one differ. */
const clockSkew = 120_000;

/**
 * Why an add-on cannot be what a call with these inputs has made that was sent at that time; undefined
 * if nothing speaks against it. What the platform does not state says nothing.
 */
export function strangeWhy<E extends RemoteAddon>(
  platform: AddonKind<E>,
  entity: E,
  inputs: Props,
  sent: number,
): string | undefined {
  const { createdAt } = platform.outputs(entity);
  if (typeof createdAt === "string" && Date.parse(createdAt) < sent - clockSkew) {
    return `it was created ${createdAt}, before that was asked for`;
  }
  const { changes } = adoptionOf(platform, entity, inputs);
  const stated = changes.filter(({ field, old }) => field.api !== undefined && old !== undefined);
  return stated.length === 0 ? undefined : differences(stated);
}

/** What taking an add-on over with these inputs changes about it. Asks nothing. */
export function adoptionOf<E extends RemoteAddon>(
  platform: AddonKind<E>,
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
function asFarAsStated<E extends RemoteAddon>(
  platform: AddonKind<E>,
  entity: E,
  inputs: Props,
): Props {
  const seen = observe(platform.fields, entity, inputs);
  return Object.entries(platform.fields).reduce<Props>((olds, [path, field]) => {
    if (at(inputs, path) === undefined) return olds;
    if (seen.has(path)) return withAt(olds, path, seen.get(path));
    // What has no place in the create body, such as a password's version, means nothing at first.
    const settable = field.change === "update" && field.api !== undefined;
    return settable ? withAt(olds, path, undefined) : olds;
  }, inputs);
}
