import { userProps } from "../fields/common";
import type { RequestContext } from "../provider/kind";
import { isRecord, type Props, same, withAt } from "../fields/values";
import type { NorthflankClient } from "./client";
import type { Schedule } from "./codecs";

/** Makes the add-on's backup schedules those that are wanted: others go, missing ones come. */
export async function applySchedules(
  client: NorthflankClient,
  addonId: string,
  wanted: unknown,
  call: RequestContext,
): Promise<void> {
  const want = Array.isArray(wanted) ? wanted.filter(isRecord) : [];
  const have = await client.listAddonBackupSchedules(addonId, call);
  const superfluous = have.filter((schedule) => !want.some((entry) => isSame(schedule, entry)));
  const missing = want.filter((entry) => !have.some((schedule) => isSame(schedule, entry)));
  // There can be one per interval and type, so the old one has to go first.
  for (const { id } of superfluous) await client.deleteAddonBackupSchedule(addonId, id, call);
  for (const entry of missing) {
    await client.createAddonBackupSchedule(addonId, written(entry), call);
  }
}

/** Only dumps are compressed, though the documentation's own example of a snapshot says how. */
export function writtenSchedules(list: unknown): unknown {
  return Array.isArray(list) ? list.map((entry: unknown) => written(entry)) : list;
}

function written(entry: unknown): unknown {
  const isSnapshot = isRecord(entry) && entry.backupType === "snapshot";
  return isSnapshot ? withAt(entry, "compressionType", undefined) : entry;
}

/** Whether two lists of schedules mean the same: no order counts, neither theirs nor that of hours. */
export function sameSchedules(a: unknown, b: unknown): boolean {
  const meaning = (list: unknown) =>
    Array.isArray(list) ? list.map((entry) => JSON.stringify(normal(entry))).sort() : undefined;
  const [left, right] = [meaning(a), meaning(b)];
  return left !== undefined && same(left, right);
}

function isSame(have: Schedule, want: Readonly<Record<string, unknown>>): boolean {
  return same(normal(asInput(have)), normal(want));
}

/** A schedule as the input has it: the compression is read back under another name than it is written. */
export function asInput(have: Schedule): Props {
  const { scheduling, backupType, retentionTime, customDestinationId } = have;
  const { backupCompressionType, additionalDestinations } = have;
  const own = backupType === "dump" ? { compressionType: backupCompressionType } : {};
  const more = additionalDestinations?.length === 0 ? {} : { additionalDestinations };
  return userProps({
    scheduling,
    backupType,
    retentionTime,
    ...own,
    customDestinationId,
    ...more,
  });
}

/** A schedule in one form: what is left out filled in, numbers in order. */
function normal(schedule: unknown): unknown {
  if (!isRecord(schedule)) return schedule;
  const { scheduling, backupType, retentionTime, customDestinationId } = schedule;
  const times = isRecord(scheduling) ? scheduling : {};
  return {
    backupType,
    retentionTime,
    interval: times.interval,
    minute: sorted(times.minute),
    hour: sorted(times.hour),
    day: sorted(times.day),
    compressionType: backupType === "dump" ? (schedule.compressionType ?? "gz") : null,
    customDestinationId: customDestinationId ?? null,
    additionalDestinations: schedule.additionalDestinations ?? [],
  };
}

function sorted(numbers: unknown): unknown {
  return Array.isArray(numbers) ? numbers.map(Number).sort((x, y) => x - y) : null;
}
