import { userProps } from "../fields/common";
import type { PreparedStep, RequestContext } from "../provider/kind";
import { isRecord, type Props, same, withAt } from "../fields/values";
import type { NorthflankClient } from "./client";
import type { RemoteNorthflankAddon, Schedule } from "./codecs";

/** How many an add-on can have. */
const most = 3;

/**
 * Makes the add-on's backup schedules those that are wanted. There can be one per interval and type,
 * so a schedule may have to go before its successor can come: it is put back if that is refused. All
 * others are added before any is removed.
 */
export function prepareSchedules(
  client: NorthflankClient,
  { key, backupSchedules }: RemoteNorthflankAddon,
  wanted: unknown,
): PreparedStep<RemoteNorthflankAddon> {
  let known = backupSchedules;
  return {
    send: async (context) => {
      const have = known ?? (await client.listAddonBackupSchedules(key, context));
      // A repeat has to see what the attempt before it has done.
      known = undefined;
      await applySchedules(client, key, have, wanted, context);
    },
  };
}

async function applySchedules(
  client: NorthflankClient,
  addonId: string,
  have: readonly Schedule[],
  wanted: unknown,
  context: RequestContext,
): Promise<void> {
  const want = Array.isArray(wanted) ? wanted.filter(isRecord) : [];
  const former = have.filter((schedule) => !want.some((entry) => isSame(schedule, entry)));
  const missing = want.filter((entry) => !have.some((schedule) => isSame(schedule, entry)));
  const add = (entry: Props) => client.createAddonBackupSchedule(addonId, written(entry), context);
  const remove = (id: string) => client.deleteAddonBackupSchedule(addonId, id, context);
  const replace = async (old: Schedule, entry: Props) => {
    former.splice(former.indexOf(old), 1);
    await remove(old.id);
    try {
      await add(entry);
    } catch (error) {
      await add(asInput(old));
      throw error;
    }
  };
  const successors = new Map(
    missing.flatMap((entry) => {
      const old = former.find((schedule) => slotOf(asInput(schedule)) === slotOf(entry));
      return old === undefined ? [] : [[entry, old] as const];
    }),
  );
  let room = most - have.length;
  for (const entry of missing.filter((entry) => !successors.has(entry))) {
    const spare = former.find((schedule) => ![...successors.values()].includes(schedule));
    if (room > 0 || spare === undefined) await add(entry);
    else await replace(spare, entry);
    room -= 1;
  }
  for (const [entry, old] of successors) await replace(old, entry);
  for (const { id } of [...former]) await remove(id);
}

/** What there can be one of. */
function slotOf({ scheduling, backupType }: Props): string {
  const interval = isRecord(scheduling) ? scheduling.interval : undefined;
  return `${String(interval)} ${String(backupType)}`;
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
