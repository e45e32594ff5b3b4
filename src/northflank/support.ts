import { sanitize } from "../http/redact";
import type { RequestContext } from "../provider/kind";
import type { NorthflankClient } from "./client";
import type { RemoteNorthflankAddon, Versions } from "./codecs";

/**
 * Why the version that runs should be changed soon, if so, and to which; a text that follows the
 * add-on's name. It costs a request only where there is something to say.
 */
export async function supportWarning(
  client: NorthflankClient,
  addon: RemoteNorthflankAddon,
  call: RequestContext,
): Promise<string | undefined> {
  const { key, lifecycleStatus, versionTag = "" } = addon;
  if (lifecycleStatus === undefined || lifecycleStatus === "active") return undefined;
  const runs = `runs version ${versionTag}, which Northflank calls ${sanitize(lifecycleStatus)}`;
  try {
    return `${runs}${offerOf(await client.getAddonVersion(key, call))}`;
  } catch {
    // The warning is worth having without the offer, and no reason to fail.
    return `${runs}. Look on Northflank which upgrades there are.`;
  }
}

function offerOf({ upgradeTo, discontinuedBy }: Versions): string {
  const end =
    discontinuedBy === null || discontinuedBy === undefined
      ? ""
      : `; its support ends on ${sanitize(discontinuedBy)}`;
  const offers = (upgradeTo ?? []).map(({ version, type }) =>
    sanitize(typeof type === "string" ? `${version} (${type})` : version),
  );
  return offers.length === 0
    ? `${end}. There is no upgrade in place: create a new add-on and move the data.`
    : `${end}. Set version to one of its upgrades: ${offers.join(", ")}.`;
}
