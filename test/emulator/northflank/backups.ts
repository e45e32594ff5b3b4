import { stringAt, type JsonObject } from "../../contract/json";
import { Refusal, param, type Call, type Handler } from "../exchange";
import { data, empty } from "./answers";
import { slugOf, type Addon, type Backup } from "./addon";
import { addonOf, changeableAddon, checkSchedules, checkedBody, runningAddon } from "./checks";
import { numbered, page } from "./paging";
import { backupView, iso, restoreView, versionAt } from "./view";
import type { NorthflankWorld } from "./world";

/** A backup that is taken from now on. */
export function newBackup(
  world: NorthflankWorld,
  addon: Addon,
  input: JsonObject,
  now: number,
): Backup {
  const name = stringAt(input, "name") ?? `Backup ${iso(now)}`;
  const compressionType = stringAt(input, "compressionType");
  return {
    id: slugOf(name).replace(/[^a-z0-9-]+/g, "-"),
    uid: world.random.uuid(),
    name,
    type: stringAt(input, "backupType") ?? "snapshot",
    ...(compressionType !== undefined && { compressionType }),
    version: versionAt(addon, now),
    createdAt: now,
    completedAt: now + world.settings.actionMs,
  };
}

/** Operations on backup schedules, backups and restores. */
export function backupHandlers(world: NorthflankWorld): Readonly<Record<string, Handler>> {
  const cap = world.settings.pageSize;

  const backupOf = (addon: Addon, call: Call): Backup => {
    const backup = addon.backups.find(({ id }) => id === param(call, "backupId"));
    if (!backup) throw new Refusal(404, "Backup not found");
    return backup;
  };

  return {
    listAddonBackupSchedules: (call) =>
      page(call, "schedules", numbered(addonOf(world, call).schedules), cap),

    createAddonBackupSchedule: (call) => {
      const addon = changeableAddon(world, call);
      const input = checkedBody(call, "BackupScheduleInput", 422);
      checkSchedules([input], addon.schedules);
      const schedule = world.newSchedule(input, call.now);
      world.put({ ...addon, schedules: [...addon.schedules, schedule] }, call.now);
      return data({ id: schedule.id ?? null });
    },

    deleteAddonBackupSchedule: (call) => {
      const addon = addonOf(world, call);
      const id = param(call, "scheduleId");
      const schedules = addon.schedules.filter((schedule) => schedule.id !== id);
      if (schedules.length === addon.schedules.length) {
        throw new Refusal(404, "Backup schedule not found");
      }
      world.put({ ...addon, schedules }, call.now);
      return empty;
    },

    listAddonBackups: (call) => {
      const addon = addonOf(world, call);
      const items = addon.backups.map((backup) => backupView(addon, backup, call.now));
      return page(call, "backups", numbered(items), cap);
    },

    createAddonBackup: (call) => {
      const addon = runningAddon(world, call);
      const backup = newBackup(world, addon, checkedBody(call, "BackupCreate", 422), call.now);
      if (addon.backups.some(({ id }) => id === backup.id)) {
        throw new Refusal(409, "A backup with this derived identifier exists already");
      }
      const busy = world.busy(addon, call.now, "backup");
      world.put({ ...busy, backups: [...addon.backups, backup] }, call.now);
      return data(backupView(addon, backup, call.now));
    },

    getAddonBackup: (call) => {
      const addon = addonOf(world, call);
      return data(backupView(addon, backupOf(addon, call), call.now));
    },

    deleteAddonBackup: (call) => {
      const addon = addonOf(world, call);
      const backup = backupOf(addon, call);
      if (call.now < backup.completedAt) throw new Refusal(409, "The backup is in progress");
      const backups = addon.backups.filter(({ id }) => id !== backup.id);
      world.put({ ...addon, backups }, call.now);
      return empty;
    },

    restoreAddonBackup: (call) => {
      const addon = runningAddon(world, call);
      const backup = backupOf(sourceOf(world, call) ?? addon, call);
      if (call.now < backup.completedAt) throw new Refusal(409, "The backup is in progress");
      const restore = {
        id: String(call.now + addon.restores.length),
        backupId: backup.id,
        startedAt: call.now,
        completedAt: call.now + world.settings.actionMs,
      };
      const busy = world.busy(addon, call.now, "restore");
      world.put({ ...busy, restores: [...addon.restores, restore] }, call.now);
      return data({ restoreId: restore.id });
    },

    listAddonRestores: (call) => {
      const { restores } = addonOf(world, call);
      return page(
        call,
        "restores",
        numbered(restores.map((each) => restoreView(each, call.now))),
        cap,
      );
    },
  };
}

/** The addon that owns the backup where the query names another one. */
function sourceOf(world: NorthflankWorld, call: Call): Addon | undefined {
  const { sourceProjectId, sourceAddonId } = call.query;
  if (sourceAddonId === undefined) return undefined;
  const projectId = sourceProjectId ?? param(call, "projectId");
  const source = world.find(projectId, sourceAddonId, call.now);
  if (!source) throw new Refusal(404, "Addon not found");
  return source;
}
