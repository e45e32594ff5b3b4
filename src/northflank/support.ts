import { sanitize } from "../http/redact";
import type { Props } from "../fields/values";
import type { RequestContext } from "../provider/kind";
import type { NorthflankClient } from "./client";
import type { RemoteNorthflankAddon } from "./codecs";

/** The add-on, with what follows its version where that is no longer `active`: it costs a request. */
export async function withSupport(
  client: NorthflankClient,
  addon: RemoteNorthflankAddon,
  call: RequestContext,
): Promise<RemoteNorthflankAddon> {
  if (isSupported(addon.lifecycleStatus)) return addon;
  try {
    const { upgradeTo, discontinuedBy } = await client.getAddonVersion(addon.key, call);
    const upgrades = (upgradeTo ?? []).map(({ version, type }) =>
      sanitize(typeof type === "string" ? `${version} (${type})` : version),
    );
    const end = typeof discontinuedBy === "string" ? sanitize(discontinuedBy) : undefined;
    return { ...addon, upgrades, discontinuedBy: end };
  } catch {
    // The warning is worth having without the upgrades, and no reason to fail.
    return addon;
  }
}

/**
 * Why the version that runs should be changed soon, if so, and to which; a text that follows the
 * add-on's name. One that the program changes already needs no warning.
 */
export function supportWarning(outputs: Props, inputs: Props): string | undefined {
  const { version, resolvedVersion, lifecycleStatus, upgrades, discontinuedBy } = outputs;
  if (isSupported(lifecycleStatus) || version !== inputs.version) return undefined;
  const end = typeof discontinuedBy === "string" ? `; its support ends on ${discontinuedBy}` : "";
  const runs = `runs version ${String(resolvedVersion)}, which Northflank calls ${sanitize(String(lifecycleStatus))}${end}`;
  if (!Array.isArray(upgrades)) return `${runs}. Look on Northflank which upgrades there are.`;
  return upgrades.length === 0
    ? `${runs}. There is no upgrade in place: create a new add-on and move the data.`
    : `${runs}. Set version to one of its upgrades: ${upgrades.join(", ")}.`;
}

function isSupported(lifecycleStatus: unknown): boolean {
  return typeof lifecycleStatus !== "string" || lifecycleStatus === "active";
}
