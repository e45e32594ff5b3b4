import { ConflictError, isUnclear } from "../http/errors";
import { truncate } from "../http/redact";
import type { RequestContext, StepChange } from "../provider/kind";
import { UserError } from "../provider/state";
import { isRecord, type Props } from "../fields/values";
import type { NorthflankClient } from "./client";
import type { RemoteNorthflankAddon } from "./codecs";
import { detailsOf } from "./connection";

type Change = StepChange<RemoteNorthflankAddon>;
type Rotation = NonNullable<RemoteNorthflankAddon["rotation"]>;

/**
 * In the state after a refresh that found a rotation of which the state did not know: no
 * `passwordVersion` stands for it yet. An update that succeeds leaves it out.
 */
const mark = "unclaimedRotation";
export const noRotationMark: Props = { [mark]: undefined };

/**
 * Marks a rotation that is open and has changed the password since the state was written. Without
 * that, a refresh would hide that a run which was cut off has carried out what is still to come by
 * the state.
 */
export function rotationMark(rotation: Rotation | undefined, known: Props, present: Props): Props {
  if (rotation === undefined || !isOpen(rotation.status)) return {};
  const isFound = isAnotherPassword(known.connection, present.connection);
  return isFound || isMarked(known, rotation) ? { [mark]: nameOf(rotation) } : {};
}

/**
 * Starts a rotation. Where that is refused or its answer lost, the add-on tells whether one has begun
 * since: a second one would only be refused.
 *
 * One that had begun before, and that the state did not know until the refresh before this update at
 * most, counts as the one that is wanted: a run that was cut off has asked for it, and the platform
 * allows no other until its former credentials are ended. It may as well be of somebody else, which
 * nothing tells; so the user hears of it. One that is ended is not taken for it: another rotation is
 * possible then, and to have two does no harm, while a password that stays may do some.
 */
export async function rotate(
  client: NorthflankClient,
  change: Change,
  call: RequestContext,
): Promise<void> {
  const { entity: before, news, known } = change;
  const former = before.rotation;
  if (former !== undefined && isOpen(former.status) && isMarked(known, former)) {
    claim(change, former);
    return;
  }
  try {
    await client.startAddonSecretRotation(before.key, call);
  } catch (error) {
    if (!mayBeDone(error)) throw error;
    const rotation = (await client.getAddon(before.key, call))?.rotation;
    if (rotation === undefined || !isOpen(rotation.status)) throw error;
    const isNew = rotation.startedAt !== former?.startedAt || !isOpen(former?.status);
    if (isNew) return;
    const { connection } = detailsOf(
      before.type,
      await client.getAddonCredentials(before.key, call),
    );
    if (isAnotherPassword(known.connection, connection)) {
      claim(change, rotation);
      return;
    }
    if (news.keepOldPassword === false) {
      await finalise(client, before.key, call);
      throw error;
    }
    throw new UserError(
      `Northflank add-on ${before.key} cannot rotate its credentials: the rotation before is not ended, since its former credentials are still valid. Set keepOldPassword: false and run \`pulumi up\` to end them and to rotate again. If that rotation is the one wanted here, begun by a run that was cut off, put passwordVersion back to what it was.`,
    );
  }
}

function claim({ entity, log }: Change, rotation: Rotation): void {
  log(
    `warning: the credentials of Northflank add-on ${entity.key} were rotated already (${nameOf(rotation)}), by a run that was cut off or elsewhere. That is taken for the rotation that the new passwordVersion asks for. For another one, set keepOldPassword: false and change passwordVersion again.`,
  );
}

/** Ends the former credentials; that there are none to end is no trouble. */
export async function finalise(
  client: NorthflankClient,
  key: string,
  call: RequestContext,
): Promise<void> {
  try {
    await client.finaliseAddonSecretRotation(key, call);
  } catch (error) {
    if (!mayBeDone(error)) throw error;
    const status = (await client.getAddon(key, call))?.rotation?.status;
    if (isOpen(status)) throw error;
  }
}

/** True where a request was refused, or its answer lost, perhaps because it is done already. */
function mayBeDone(error: unknown): boolean {
  return error instanceof ConflictError || isUnclear(error);
}

function isMarked(known: Props, rotation: Rotation): boolean {
  return known[mark] === nameOf(rotation);
}

/** True where both are known and differ. */
function isAnotherPassword(known: unknown, present: unknown): boolean {
  const [former, now] = [known, present].map((connection) =>
    isRecord(connection) ? connection.password : undefined,
  );
  return typeof former === "string" && typeof now === "string" && former !== now;
}

/** Which rotation it is: by its beginning, which an answer need not have. */
function nameOf({ startedAt }: Rotation): string {
  return truncate(startedAt ?? "at an unknown time", 40);
}

/** True from the start of a rotation until its former credentials are ended. */
function isOpen(status: string | undefined): boolean {
  return status !== undefined && ["scheduled", "rotating", "rotated"].includes(status);
}
