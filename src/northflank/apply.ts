import { encode } from "../fields/field";
import { at } from "../fields/values";
import type { PreparedStep, RequestContext, StepChange } from "../provider/kind";
import { UserError } from "../provider/state";
import type { NorthflankClient } from "./client";
import type { RemoteNorthflankAddon } from "./codecs";
import { fields } from "./fields";
import { prepareFinalise, prepareRotation } from "./rotation";
import { prepareSchedules } from "./schedules";
import { bestMatch, satisfies } from "./version";

type Change = StepChange<RemoteNorthflankAddon>;
type Prepared = PreparedStep<RemoteNorthflankAddon>;

/** One step of an update, its target resolved. */
export async function prepareStep(
  client: NorthflankClient,
  change: Change,
  context: RequestContext,
): Promise<Prepared | undefined> {
  const { addon, step, news } = change;
  const { key } = addon;
  switch (step) {
    case "resume":
      return {
        send: (context) => client.resumeAddon(key, context),
        isDone: ({ state }) => Promise.resolve(state !== "paused"),
      };
    case "pause":
      return {
        send: (context) => client.pauseAddon(key, context),
        isDone: ({ state }) => Promise.resolve(state === "paused"),
      };
    case "version":
      return prepareUpgrade(client, change, context);
    case "schedules":
      return prepareSchedules(client, addon, news.backupSchedules);
    case "rotate":
      refusePaused(change, "get new credentials");
      return prepareRotation(client, change, context);
    case "finalise":
      return news.keepOldPassword === false ? prepareFinalise(client, change) : undefined;
    default:
      return preparePatch(client, change);
  }
}

/** Waiting would not help: nothing but the program ends the pause. */
function refusePaused({ addon, label }: Change, what: string): void {
  if (addon.state !== "paused") return;
  throw new UserError(
    `${label} cannot ${what} while it is paused. Set paused: false with this change; it can be paused again afterwards.`,
  );
}

function preparePatch(
  client: NorthflankClient,
  { addon, paths, news }: Change,
): Prepared | undefined {
  // A disk that the platform enlarged is as large as was asked for already; less would be refused.
  const { storage } = addon;
  const sent = paths.filter((path) => {
    const next = at(news, path);
    const isEnough =
      path === "billing.storage" &&
      storage !== undefined &&
      typeof next === "number" &&
      next <= storage;
    return !isEnough;
  });
  if (sent.length === 0) return undefined;
  const body = encode(fields, news, sent);
  return { send: (context) => client.patchAddon(addon.key, body, context) };
}

/**
 * An upgrade to the best version on offer, which is resolved once: after a lost response, `latest`
 * would be another one. A version that is not offered fails with those that are.
 */
async function prepareUpgrade(
  client: NorthflankClient,
  change: Change,
  context: RequestContext,
): Promise<Prepared | undefined> {
  const { addon, news, label } = change;
  const { key } = addon;
  const version = String(news.version);
  const offer = await client.getAddonVersion(key, context);
  const offered = (offer.upgradeTo ?? []).map((entry) => entry.version);
  const target = bestMatch(offered, version);
  if (target === undefined) {
    if (satisfies(offer.version, version)) return undefined;
    const list = offered.length === 0 ? "there are none at present" : offered.join(", ");
    throw new UserError(
      `${label} runs ${offer.version} and cannot be upgraded to ${version}. Upgrades on offer: ${list}. A major version cannot be skipped: go through the ones between.`,
    );
  }
  refusePaused(change, "be upgraded");
  return {
    send: (context) => client.upgradeAddonVersion(key, target, context),
    isDone: ({ versionTag }) => Promise.resolve(versionTag === target),
  };
}
