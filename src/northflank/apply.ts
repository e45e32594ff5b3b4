import { ConflictError } from "../http/errors";
import { encode, withEffective } from "../fields/field";
import type { RequestContext, StepChange } from "../provider/kind";
import { UserError } from "../provider/state";
import { at } from "../fields/values";
import type { NorthflankClient } from "./client";
import type { RemoteNorthflankAddon } from "./codecs";
import { fields } from "./fields";
import { finalise, rotate } from "./rotation";
import { applySchedules } from "./schedules";
import { isPaused, isServing } from "./states";
import { bestMatch, satisfies } from "./version";

type Change = StepChange<RemoteNorthflankAddon>;

/** Carries out one step of an update. */
export async function applyStep(
  client: NorthflankClient,
  change: Change,
  call: RequestContext,
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
function needsToRun({ key, state }: RemoteNorthflankAddon, what: string): void {
  if (!isPaused(state)) return;
  throw new UserError(
    `Northflank add-on ${key} cannot ${what} while it is paused. Set paused: false with this change; it can be paused again afterwards.`,
  );
}

async function patch(
  client: NorthflankClient,
  change: Change,
  call: RequestContext,
): Promise<void> {
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
async function upgrade(
  client: NorthflankClient,
  change: Change,
  call: RequestContext,
): Promise<void> {
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

/** A pause of what is paused may be refused; that is no trouble. */
async function unlessDone(
  client: NorthflankClient,
  key: string,
  isDone: (state: string) => boolean,
  action: Promise<unknown>,
  call: RequestContext,
): Promise<void> {
  try {
    await action;
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    const entity = await client.getAddon(key, call);
    if (entity === undefined || !isDone(entity.state)) throw error;
  }
}
