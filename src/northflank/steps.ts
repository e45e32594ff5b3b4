import { ConflictError, isRequestError } from "../http/errors";
import { encode, withEffective } from "../lifecycle/fields";
import type { Call, StepChange } from "../lifecycle/platform";
import { UserError } from "../lifecycle/state";
import { at, isRecord, type Props } from "../lifecycle/values";
import type { NorthflankClient } from "./client";
import type { NorthflankEntity } from "./codecs";
import { detailsOf } from "./connection";
import { fields } from "./fields";
import { applySchedules } from "./schedules";
import { isPaused, isServing } from "./states";
import { bestMatch, satisfies } from "./version";

type Change = StepChange<NorthflankEntity>;

/** Network before size before version: each is legal on what the one before it leaves. A pause comes last. */
export const steps = [
  "resume",
  "settings",
  "billing",
  "version",
  "schedules",
  "rotate",
  "finalise",
  "pause",
];
export const stepsAfterCreate = ["pause"];

/** New credentials alone would leave the former ones valid, though the program says that they are not. */
export function impliedSteps(planned: readonly string[], news: Props): string[] {
  return planned.includes("rotate") && news.keepOldPassword === false ? ["finalise"] : [];
}

export async function applyStep(
  client: NorthflankClient,
  change: Change,
  call: Call,
): Promise<void> {
  const { entity, step } = change;
  switch (step) {
    case "resume":
      return unlessDone(client, entity.key, isServing, client.resumeAddon(entity.key, call), call);
    case "pause":
      return unlessDone(client, entity.key, isPaused, client.pauseAddon(entity.key, call), call);
    case "version":
      return upgrade(client, change, call);
    case "schedules":
      return applySchedules(client, entity.key, change.news.backupSchedules, call);
    case "rotate":
      needsToRun(entity, "get new credentials");
      return rotate(client, change, call);
    case "finalise":
      return change.news.keepOldPassword === false ? finalise(client, entity.key, call) : undefined;
    default:
      await patch(client, change, call);
  }
}

/** Waiting would not help: nothing but the program ends the pause. */
function needsToRun({ key, state }: NorthflankEntity, what: string): void {
  if (!isPaused(state)) return;
  throw new UserError(
    `Northflank add-on ${key} cannot ${what} while it is paused. Set paused: false with this change; it can be paused again afterwards.`,
  );
}

async function patch(client: NorthflankClient, change: Change, call: Call): Promise<void> {
  const { entity, paths } = change;
  const news = withEffective(fields, change.news, change.paths);
  // A disk that grew by itself is as large as was asked for already; less would be refused.
  const { storage } = entity;
  const sent = paths.filter((path) => {
    const next = at(news, path);
    const isEnough =
      path === "billing.storage" &&
      storage !== undefined &&
      typeof next === "number" &&
      next <= storage;
    return !isEnough;
  });
  if (sent.length > 0) await client.patchAddon(entity.key, encode(fields, news, sent), call);
}

/** Upgrades to the best version on offer; one that is not offered fails with those that are. */
async function upgrade(client: NorthflankClient, change: Change, call: Call): Promise<void> {
  const { entity, news } = change;
  const version = String(news.version);
  const offer = await client.getAddonVersion(entity.key, call);
  const offered = (offer.upgradeTo ?? []).map((entry) => entry.version);
  const target = bestMatch(offered, version);
  if (target !== undefined) {
    needsToRun(entity, "be upgraded");
    await client.upgradeAddonVersion(entity.key, target, call);
  } else if (!satisfies(offer.version, version)) {
    const list = offered.length === 0 ? "there are none at present" : offered.join(", ");
    throw new UserError(
      `Northflank add-on ${entity.key} runs ${offer.version} and cannot be upgraded to ${version}. Upgrades on offer: ${list}. A major version cannot be skipped: go through the ones between.`,
    );
  }
}

/**
 * Starts a rotation. Where that is refused or its answer lost, the add-on tells whether one has begun
 * since: a second one would only be refused. One that had begun before is the one that is wanted if
 * the state does not know its password: a run that was cut off has asked for it.
 */
async function rotate(
  client: NorthflankClient,
  { entity: before, news, known }: Change,
  call: Call,
): Promise<void> {
  try {
    await client.startAddonSecretRotation(before.key, call);
  } catch (error) {
    const refused = error instanceof ConflictError;
    if (!refused && !(isRequestError(error) && error.effect === "unknown")) throw error;
    const rotation = (await client.getAddon(before.key, call))?.rotation;
    const begun = rotation !== undefined && isOpen(rotation.status);
    const isNew =
      rotation?.startedAt !== before.rotation?.startedAt || !isOpen(before.rotation?.status);
    if (begun && isNew) return;
    if (!begun) throw error;
    if (await isRotatedSince(client, before, known.connection, call)) return;
    if (news.keepOldPassword === false) {
      await finalise(client, before.key, call);
      throw error;
    }
    throw new UserError(
      `Northflank add-on ${before.key} cannot rotate its credentials: the rotation before is not ended, since its former credentials are still valid. Set keepOldPassword: false and run \`pulumi up\` to end them and to rotate again. If that rotation is the one wanted here, begun by a run that was cut off, put passwordVersion back to what it was.`,
    );
  }
}

/** Whether the password is another than that of the connection in the state, if it has one. */
async function isRotatedSince(
  client: NorthflankClient,
  { key, type }: NorthflankEntity,
  known: unknown,
  call: Call,
): Promise<boolean> {
  const former = isRecord(known) ? known.password : undefined;
  const { connection } = detailsOf(type, await client.getAddonCredentials(key, call));
  const present = connection?.password;
  return typeof former === "string" && present !== undefined && present !== former;
}

/** Ends the former credentials; that there are none to end is no trouble. */
async function finalise(client: NorthflankClient, key: string, call: Call): Promise<void> {
  try {
    await client.finaliseAddonSecretRotation(key, call);
  } catch (error) {
    const unclear = isRequestError(error) && error.effect === "unknown";
    if (!(error instanceof ConflictError) && !unclear) throw error;
    const status = (await client.getAddon(key, call))?.rotation?.status;
    if (isOpen(status)) throw error;
  }
}

/** True from the start of a rotation until its former credentials are ended. */
function isOpen(status: string | undefined): boolean {
  return status !== undefined && ["scheduled", "rotating", "rotated"].includes(status);
}

/** A pause of what is paused may be refused; that is no trouble. */
async function unlessDone(
  client: NorthflankClient,
  key: string,
  isDone: (state: string) => boolean,
  action: Promise<unknown>,
  call: Call,
): Promise<void> {
  try {
    await action;
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    const entity = await client.getAddon(key, call);
    if (entity === undefined || !isDone(entity.state)) throw error;
  }
}
