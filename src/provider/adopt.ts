import { at, inspect, type Props, withAt } from "../fields/values";
import type { Change } from "./diff";
import { differencesOf } from "./differences";
import { existenceOf, hiddenError } from "./existence";
import type { AddonKind, RemoteAddon } from "./kind";
import type { Session } from "./session";
import { Snapshot } from "./snapshot";
import { UserError } from "./state";

/** Reads the add-on to adopt; refuses one that is another one than the program declares. */
export async function readForAdoption<E extends RemoteAddon>(
  session: Session<E>,
  key: string,
  inputs: Props,
): Promise<E> {
  const { kind, label } = session;
  const refuse = (why: string) => new UserError(`could not adopt ${label}: ${why}`);
  const existence = await existenceOf(session, key, { declared: inputs });
  if (existence.is === "hidden") throw hiddenError(session);
  if (existence.is === "gone") {
    throw refuse(
      `there is no add-on with the id ${key} there. If a new one is wanted, remove \`adopt\`.`,
    );
  }
  const { addon } = existence;
  if (kind.phase(addon) === "deleting") throw refuse(`${key} is being deleted.`);
  const obstacle = kind.adoptionObstacle(addon);
  if (obstacle !== undefined) throw refuse(obstacle);
  if (addon.type !== inputs.type) {
    throw refuse(`${key} is of type "${addon.type}", not "${String(inputs.type)}".`);
  }
  const differences = differencesOf(kind, addon, inputs, adoptedSnapshot(kind, addon, inputs));
  const impossible = differences.filter((difference) => difference.kind === "replace");
  if (impossible.length > 0) {
    throw refuse(
      `${listed(impossible)}. That cannot be changed in place: put the existing value into the program.`,
    );
  }
  return addon;
}

/** What an adoption would change there, in words; fails where it is not possible. */
export async function adoptionChanges<E extends RemoteAddon>(
  session: Session<E>,
  key: string,
  inputs: Props,
): Promise<readonly string[]> {
  const { kind } = session;
  const addon = await readForAdoption(session, key, inputs);
  const snapshot = adoptedSnapshot(kind, addon, inputs);
  const changes = differencesOf(kind, addon, inputs, snapshot).filter(
    ({ old }) => old !== undefined,
  );
  return changes.length === 0 ? [] : [`taking it over will change it: ${listed(changes)}`];
}

/**
 * What is known of an add-on that was not created with these inputs. What the platform does not state
 * and could be set counts as not set, so that it is set: nothing else tells that it is not what the
 * program says. Anything else that it does not state counts as declared.
 */
export function adoptedSnapshot<E extends RemoteAddon>(
  kind: AddonKind<E>,
  addon: E,
  inputs: Props,
): Snapshot<E> {
  const applied = Object.entries(kind.fields).reduce<Props>((all, [path, field]) => {
    const next = at(all, path);
    if (field.change !== "update" || next === undefined) return all;
    // What has no place in the create body, such as a password's version, means nothing at first.
    const canBeSet =
      field.api !== undefined &&
      field.replaceWhen?.({ old: undefined, next, olds: {}, news: inputs }) === undefined;
    return canBeSet ? withAt(all, path, undefined) : all;
  }, inputs);
  const snapshot = Snapshot.of(kind, applied, kind.outputs(addon));
  snapshot.see(addon, inputs);
  return snapshot;
}

function listed<E extends RemoteAddon>(changes: readonly Change<E>[]): string {
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
export function notOurs<E extends RemoteAddon>(
  kind: AddonKind<E>,
  addon: E,
  inputs: Props,
  sent: number,
): string | undefined {
  const { createdAt } = kind.outputs(addon);
  if (typeof createdAt === "string" && Date.parse(createdAt) < sent - clockSkew) {
    return `it was created ${createdAt}, before that was asked for`;
  }
  const snapshot = adoptedSnapshot(kind, addon, inputs);
  const stated = differencesOf(kind, addon, inputs, snapshot).filter(({ field, old }) => {
    return field.api !== undefined && old !== undefined;
  });
  return stated.length === 0 ? undefined : listed(stated);
}
