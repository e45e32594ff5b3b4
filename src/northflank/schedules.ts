import type { Call } from "../lifecycle/platform";
import { isRecord, same } from "../lifecycle/values";
import type { NorthflankClient } from "./client";
import type { Schedule } from "./codecs";

/** Makes the add-on's backup schedules those that are wanted: others go, missing ones come. */
export async function applySchedules(
  client: NorthflankClient,
  addonId: string,
  wanted: unknown,
  call: Call,
): Promise<void> {
  const want = Array.isArray(wanted) ? wanted.filter(isRecord) : [];
  const have = await client.listAddonBackupSchedules(addonId, call);
  const superfluous = have.filter((schedule) => !want.some((entry) => isSame(schedule, entry)));
  const missing = want.filter((entry) => !have.some((schedule) => isSame(schedule, entry)));
  // There can be one per interval and type, so the old one has to go first.
  for (const { id } of superfluous) await client.deleteAddonBackupSchedule(addonId, id, call);
  for (const entry of missing) await client.createAddonBackupSchedule(addonId, entry, call);
}

/** The compression is read back under another name than it is written. */
function isSame(have: Schedule, want: Readonly<Record<string, unknown>>): boolean {
  const compression = have.backupType === "dump" ? (have.backupCompressionType ?? "gz") : undefined;
  const wantedCompression = want.backupType === "dump" ? (want.compressionType ?? "gz") : undefined;
  return (
    have.backupType === want.backupType &&
    have.retentionTime === want.retentionTime &&
    compression === wantedCompression &&
    (have.customDestinationId ?? undefined) === (want.customDestinationId ?? undefined) &&
    same(have.scheduling, want.scheduling) &&
    same(have.additionalDestinations ?? [], want.additionalDestinations ?? [])
  );
}
