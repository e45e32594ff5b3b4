import { objectAt, objectsAt, stringAt, without, type JsonObject } from "../../contract/json";
import { Refusal, type Answer, type Call, type Handler } from "../exchange";
import { continueWith } from "../timeline";
import { data, empty, listAnswer, nestedAnswer, writtenAnswer } from "./answers";
import { GONE, mergeInput, slugOf, wantedVersion, type Addon } from "./addon";
import {
  addonOf,
  changeableAddon,
  checkCreate,
  checkFixedSettings,
  checkNetworking,
  checkResize,
  checkSchedules,
  checkUpgrade,
  checkVersion,
  checkedBody,
  projectOf,
} from "./checks";
import { credentials } from "./credentials";
import { numbered, page } from "./paging";
import { projectSummary, projectView, statusAt, summary, versionAt, type Project } from "./view";
import { upgraded } from "./actions";
import { versionsOf } from "./versions";
import type { NorthflankWorld } from "./world";

const createOnly = ["type", "infrastructure", "source", "customCredentials"];
const resizing = ["deploymentPlan", "storage", "replicas", "storageClass"];

/** The operations on addons themselves, and the catalogue. */
export function addonHandlers(world: NorthflankWorld): Readonly<Record<string, Handler>> {
  const { settings } = world;

  const create = (call: Call, project: Project): Answer => {
    if (world.paymentMissing) {
      throw new Refusal(409, "Account incomplete, add a default payment method");
    }
    const body = checkCreate(world, call);
    checkSource(world, project, body, call.now);
    if (world.find(project.id, slugOf(stringAt(body, "name") ?? ""), call.now)) {
      throw new Refusal(409, "An addon with this derived identifier exists already");
    }
    const addon = world.create(project.id, body, call.now);
    return writtenAnswer(world, addon, project, call.now, settings.northflankCreateTimes);
  };

  const written = (addon: Addon, project: Project, now: number) =>
    writtenAnswer(world, world.put(addon, now), project, now, true);

  return {
    listAddons: (call) => {
      const project = projectOf(world, call);
      const at = call.now - call.staleMs;
      const items = world
        .addonsOf(project.id, at)
        .map((addon) => ({ sequence: addon.sequence, item: summary(addon, project, at) }));
      return listAnswer(world, page(call, "addons", items, settings.pageSize));
    },

    createAddon: (call) => create(call, projectOf(world, call)),

    putAddon: (call) => {
      const project = projectOf(world, call);
      const name = stringAt(objectAt({ body: call.body }, "body"), "name") ?? "";
      const addon = world.find(project.id, slugOf(name), call.now);
      if (!addon) return create(call, project);
      const body = checkCreate(world, call);
      const fixed = createOnly.filter((key) => differs(addon.input[key], body[key]));
      if (fixed.length > 0) throw new Refusal(422, `fixed at creation: ${fixed.join(", ")}`);
      const patch = without(body, "name", "projectId", ...createOnly);
      return written(patched(world, addon, patch, call.now), project, call.now);
    },

    getAddon: (call) => nestedAnswer(world, addonOf(world, call), projectOf(world, call), call.now),

    patchAddon: (call) => {
      const addon = changeableAddon(world, call);
      const patch = checkedBody(call, "AddonPatch", 422);
      return written(patched(world, addon, patch, call.now), projectOf(world, call), call.now);
    },

    deleteAddon: (call) => {
      const addon = addonOf(world, call);
      const { now } = call;
      if (statusAt(addon, now) === "deleting") return empty;
      const statuses = continueWith(addon.statuses, now, [
        { at: now, value: "deleting" },
        { at: now + settings.deletionMs, value: GONE },
      ]);
      world.put({ ...addon, statuses }, now);
      return empty;
    },

    getAddonCredentials: (call) =>
      data(
        credentials(addonOf(world, call), call.now, {
          keyCase: settings.northflankCredentialCase,
          externalDelayMs: settings.northflankExternalDelayMs,
        }),
      ),

    listAddonTypes: () => data({ addonTypes: settings.addonTypes }),

    listPlans: () => data({ plans: settings.plans }),

    listProjects: (call) => {
      const { teamId } = call.params;
      const seen = [...world.projects.values()].filter(
        (project) => teamId === undefined || project.teamId === teamId,
      );
      return listAnswer(
        world,
        page(call, "projects", numbered(seen.map(projectSummary)), settings.pageSize),
      );
    },

    getProject: (call) => {
      const project = projectOf(world, call);
      const at = call.now - call.staleMs;
      const addons = world
        .addonsOf(project.id, at)
        .map((addon) => without(summary(addon, project, at), "status", "tags"));
      return data(projectView(project, addons));
    },
  };
}

const differs = (before: unknown, after: unknown) =>
  after !== undefined && JSON.stringify(before) !== JSON.stringify(after);

/** The backup that a fork starts from must exist. */
function checkSource(
  world: NorthflankWorld,
  project: Project,
  body: JsonObject,
  now: number,
): void {
  if (body.source === undefined) return;
  const source = objectAt(body, "source");
  const uid = stringAt(source, "backupUid");
  const backupId = stringAt(source, "backupId") ?? "";
  const origin = world.find(
    stringAt(source, "projectId") ?? project.id,
    stringAt(source, "addonId") ?? "",
    now,
  );
  const found =
    uid === undefined
      ? origin?.backups.some(({ id }) => backupId === "latest" || id === backupId)
      : world.addons.current().some(({ backups }) => backups.some((backup) => backup.uid === uid));
  if (found !== true) throw new Refusal(404, "Backup not found");
}

/** The addon after a patch that its schema allows; throws where the platform would refuse it. */
function patched(world: NorthflankWorld, addon: Addon, patch: JsonObject, now: number): Addon {
  const versions = versionsOf(world.type(addon.type) ?? {});
  const wanted = stringAt(patch, "version");
  const target = wanted === undefined ? undefined : checkVersion(wanted, versions);
  if (target !== undefined && wanted !== wantedVersion(addon)) {
    checkUpgrade(addon, target, versions, now);
  }
  const billing = objectAt(patch, "billing");
  checkResize(world, addon, billing);
  checkFixedSettings(addon, patch);
  const input = mergeInput(addon.input, patch);
  checkNetworking(input, addon);
  const before = objectAt(addon.input, "billing");
  let next: Addon = { ...addon, input, updatedAt: now };
  const status = statusAt(addon, now);
  if (status === "running" && resizing.some((key) => differs(before[key], billing[key]))) {
    next = world.busy(next, now, "scaling");
  }
  if (target !== undefined && target !== versionAt(addon, now) && wanted !== wantedVersion(addon)) {
    next = upgraded(world, next, target, now);
  }
  return withSchedules(world, next, objectsAt(patch, "backupSchedules"), now);
}

/** Adds what is new; a schedule of the same interval and type takes the new settings. */
function withSchedules(
  world: NorthflankWorld,
  addon: Addon,
  wanted: readonly JsonObject[],
  now: number,
): Addon {
  const kind = (schedule: JsonObject) =>
    `${stringAt(schedule, "backupType") ?? ""} ${stringAt(objectAt(schedule, "scheduling"), "interval") ?? ""}`;
  const kinds = new Set(wanted.map(kind));
  const kept = addon.schedules.filter((schedule) => !kinds.has(kind(schedule)));
  checkSchedules(wanted, kept);
  const added = wanted.map((input) => {
    const same = addon.schedules.find((schedule) => kind(schedule) === kind(input));
    const made = world.newSchedule(input, now);
    return same ? { ...made, id: same.id ?? null, createdAt: same.createdAt ?? null } : made;
  });
  return { ...addon, schedules: [...kept, ...added] };
}
