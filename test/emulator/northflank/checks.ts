import { contractOf } from "../../contract/contract";
import {
  booleanAt,
  isJsonObject,
  numberAt,
  objectAt,
  objectsAt,
  stringAt,
  type JsonObject,
} from "../../contract/json";
import { Refusal, param, type Call } from "../exchange";
import { finalValue } from "../timeline";
import { networkingOf, type Addon } from "./addon";
import { statusAt, versionAt, type Project } from "./view";
import { compareVersions, resolveVersion, upgradesFrom, versionsOf } from "./versions";
import type { NorthflankWorld } from "./world";

/** Settings that the guide calls fixed at creation. */
const fixedSettings = [
  "postgresqlSupabaseMode",
  "postgresqlEdbMode",
  "postgresqlWalLevel",
  "redisMaxMemoryPolicy",
  "redisSentinelEnabled",
  "mysqlHaModeEnabled",
];

export function checkAccess(world: NorthflankWorld, call: Call): void {
  const token = /^Bearer (.+)$/.exec(call.headers.authorization ?? "")?.[1];
  if (token === undefined || !world.tokens.has(token)) throw new Refusal(401, "Invalid token");
  if (!world.rateLimit.take(call.now)) throw new Refusal(429, "Too many requests");
  const { permission, teamForm } = call.operation;
  if (permission !== undefined && !world.permissions.has(permission)) {
    throw new Refusal(403, "Insufficient permissions");
  }
  if (teamForm && world.teamFormOnly && call.params.teamId === undefined) {
    throw new Refusal(403, "This token needs the team form of the path");
  }
}

export function projectOf(world: NorthflankWorld, call: Call): Project {
  const project = world.projects.get(param(call, "projectId"));
  const { teamId } = call.params;
  if (!project || (teamId !== undefined && teamId !== project.teamId)) {
    throw new Refusal(404, "Project not found");
  }
  return project;
}

export function addonOf(world: NorthflankWorld, call: Call): Addon {
  const project = projectOf(world, call);
  const addon = world.find(project.id, param(call, "addonId"), call.now);
  if (!addon) throw new Refusal(404, "Addon not found");
  return addon;
}

/** An addon that can still be changed. */
export function changeableAddon(world: NorthflankWorld, call: Call): Addon {
  const addon = addonOf(world, call);
  const status = statusAt(addon, call.now);
  if (status === "deleting") throw new Refusal(409, "Addon is being deleted");
  const settled = status === "running" || status === "paused";
  if (world.settings.northflankStrictState && !settled) {
    throw new Refusal(409, `Addon is ${status}`);
  }
  return addon;
}

/** An addon that runs and is not about to be something else. */
export function runningAddon(world: NorthflankWorld, call: Call): Addon {
  const addon = addonOf(world, call);
  const runs =
    statusAt(addon, call.now) === "running" && finalValue(addon.statuses, "") === "running";
  if (!runs) throw new Refusal(409, "Addon is not running");
  return addon;
}

/** The body by its schema of the contract; `status`: how a misfit is refused. */
export function checkedBody(call: Call, schema: string, status: 400 | 422): JsonObject {
  const found = contractOf("northflank").validateSchema(schema, call.body);
  if (found.length > 0 || !isJsonObject(call.body)) {
    throw new Refusal(status, "Request body is not valid", { fields: found });
  }
  return call.body;
}

export function checkNetworking(input: JsonObject, before?: Addon): void {
  const { tls, external, vpc } = networkingOf(input);
  if (external && vpc) {
    throw new Refusal(422, "External access and VPC access exclude each other");
  }
  if (external && !tls) throw new Refusal(422, "External access needs TLS");
  if (vpc && !tls) throw new Refusal(422, "VPC access needs TLS");
  if (before?.type === "mysql" && networkingOf(before.input).tls !== tls) {
    throw new Refusal(422, "TLS of a MySQL addon cannot be changed");
  }
}

const notBelow = (field: string, least: number): JsonObject => ({
  billing: { [field]: [`must not be smaller than ${least}`] },
});

/** The exact version meant, or 400 with what there is. */
export function checkVersion(wanted: string, versions: string[]): string {
  const version = resolveVersion(wanted, versions);
  if (version === undefined) {
    throw new Refusal(400, `version not supported: ${wanted}`, { versions });
  }
  return version;
}

export function checkUpgrade(addon: Addon, target: string, versions: string[], now: number): void {
  const current = versionAt(addon, now);
  const difference = compareVersions(target, current);
  if (difference < 0) throw new Refusal(422, `version cannot go down from ${current}`);
  if (difference > 0 && !upgradesFrom(current, versions).includes(target)) {
    throw new Refusal(422, `version cannot skip a major from ${current}`);
  }
}

function checkPlan(world: NorthflankWorld, billing: JsonObject): void {
  const plan = stringAt(billing, "deploymentPlan");
  const ids = world.settings.plans.flatMap((each) => stringAt(each, "id") ?? []);
  if (plan !== undefined && !ids.includes(plan)) {
    throw new Refusal(400, `deployment plan not found: ${plan}`, { deploymentPlans: ids });
  }
}

/** What a create (or the creating half of a put) must satisfy, beyond its schema. */
export function checkCreate(world: NorthflankWorld, call: Call): JsonObject {
  if (!isJsonObject(call.body)) throw new Refusal(400, "Request body is not valid");
  const { body } = call;
  const type = world.type(stringAt(body, "type") ?? "");
  if (!type) throw new Refusal(400, `addon type not found: ${stringAt(body, "type") ?? ""}`);
  const versions = versionsOf(type);
  if (versions.length === 0) return checkedBody(call, "AddonCreateHelm", 400);
  const version = stringAt(body, "version");
  if (version !== undefined) checkVersion(version, versions);
  checkNetworking(body);
  checkedBody(call, "AddonCreateNative", 400);
  checkFeatures(type, body);
  const billing = objectAt(body, "billing");
  checkPlan(world, billing);
  checkLeast(type, billing);
  checkReplicas(body, billing);
  checkSchedules(objectsAt(body, "backupSchedules"), []);
  return body;
}

function checkFeatures(type: JsonObject, body: JsonObject): void {
  const features = objectAt(type, "features");
  const lacks = (name: string) => booleanAt(features, name) === false;
  if (networkingOf(body).tls && lacks("tls")) throw new Refusal(400, "TLS is not offered");
  if (objectAt(body, "customCredentials").dbName !== undefined && lacks("customDBName")) {
    throw new Refusal(400, "A database name of your own is not offered for this type");
  }
  if (body.source !== undefined && lacks("forkAddon")) {
    throw new Refusal(400, "Forks are not offered for this type");
  }
}

function checkLeast(type: JsonObject, billing: JsonObject): void {
  const options = objectAt(objectAt(type, "resources"), "storage").options;
  const sizes = Array.isArray(options) ? options.filter((each) => typeof each === "number") : [];
  const least = Math.min(...sizes);
  if ((numberAt(billing, "storage") ?? least) < least) {
    throw new Refusal(400, "Storage is too small for this type", notBelow("storage", least));
  }
}

function checkReplicas(body: JsonObject, billing: JsonObject): void {
  const special = objectAt(body, "typeSpecificSettings");
  const highlyAvailable =
    special.redisSentinelEnabled === true || special.mysqlHaModeEnabled === true;
  if (highlyAvailable && (numberAt(billing, "replicas") ?? 1) < 3) {
    throw new Refusal(400, "High availability needs three replicas", notBelow("replicas", 3));
  }
}

/** Sizes only grow; MinIO's replicas stay; the plan must exist. */
export function checkResize(world: NorthflankWorld, addon: Addon, billing: JsonObject): void {
  const before = objectAt(addon.input, "billing");
  checkPlan(world, billing);
  for (const field of ["storage", "replicas"]) {
    const least = numberAt(before, field) ?? 0;
    const wanted = numberAt(billing, field);
    if (wanted === undefined) continue;
    if (wanted < least) {
      const word = field === "storage" ? "Storage" : "Replicas";
      throw new Refusal(422, `${word} cannot be reduced`, notBelow(field, least));
    }
    if (field === "replicas" && wanted !== least && addon.type === "minio") {
      throw new Refusal(422, "Replicas of a MinIO addon cannot be changed");
    }
  }
}

export function checkFixedSettings(addon: Addon, patch: JsonObject): void {
  const before = objectAt(addon.input, "typeSpecificSettings");
  const after = objectAt(patch, "typeSpecificSettings");
  const changed = fixedSettings.filter(
    (key) => after[key] !== undefined && after[key] !== (before[key] ?? false),
  );
  if (changed.length > 0) {
    throw new Refusal(422, `fixed at creation: ${changed.join(", ")}`, { fields: changed });
  }
}

const MOST_SCHEDULES = 3;
const MOST_LIVE_BACKUPS = 500;

function backupsPerDay(scheduling: JsonObject): number {
  const times = (key: string) => {
    const list = scheduling[key];
    return Array.isArray(list) ? list.length : 1;
  };
  switch (stringAt(scheduling, "interval")) {
    case "hourly":
      return 24 * times("minute");
    case "weekly":
      return (times("day") * times("hour") * times("minute")) / 7;
    case "daily":
    case undefined:
    default:
      return times("hour") * times("minute");
  }
}

/** One per interval and backup type, three per addon, 500 live backups each. */
export function checkSchedules(added: readonly JsonObject[], present: readonly JsonObject[]): void {
  const all = [...present];
  for (const schedule of added) {
    const scheduling = objectAt(schedule, "scheduling");
    const isSnapshot = schedule.backupType === "snapshot";
    const foreign = isSnapshot
      ? ["customDestinationId", "compressionType"]
      : ["additionalDestinations"];
    const wrong = foreign.filter((key) => schedule[key] !== undefined);
    if (wrong.length > 0) throw new Refusal(422, `not for this backup type: ${wrong.join(", ")}`);
    if (
      backupsPerDay(scheduling) * (numberAt(schedule, "retentionTime") ?? 0) >
      MOST_LIVE_BACKUPS
    ) {
      throw new Refusal(422, `more than ${MOST_LIVE_BACKUPS} live backups`);
    }
    const twin = all.some(
      (other) =>
        other.backupType === schedule.backupType &&
        objectAt(other, "scheduling").interval === scheduling.interval,
    );
    if (twin) throw new Refusal(409, "A schedule of this interval and backup type exists already");
    if (all.length >= MOST_SCHEDULES)
      throw new Refusal(422, "An addon has three schedules at most");
    all.push(schedule);
  }
}
