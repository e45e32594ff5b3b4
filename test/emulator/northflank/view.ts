import {
  booleanAt,
  numberAt,
  objectAt,
  objectsAt,
  stringAt,
  stringsAt,
  without,
  type JsonObject,
} from "../../contract/json";
import { valueAt } from "../timeline";
import { GONE, networkingOf, type Addon, type Backup, type Restore, type Rotation } from "./addon";

export interface Project {
  readonly id: string;
  readonly uid: string;
  readonly name: string;
  readonly teamId: string | undefined;
  readonly createdAt: number;
}

/** Support of versions that are no longer `active`. */
export type Lifecycle = Readonly<Record<string, "deprecated" | "discontinued">>;

const cluster = { id: "nf-europe-west", name: "nf-europe-west" };
const REGION = "europe-west";
const USER_ENTITY = "example-user";

export const iso = (ms: number) => new Date(ms).toISOString();

const appId = (addon: Addon, project: Project) =>
  `/${project.teamId ?? USER_ENTITY}/${project.id}/${addon.id}`;

export const statusAt = (addon: Addon, at: number): string => valueAt(addon.statuses, at, GONE);

export const versionAt = (addon: Addon, at: number): string => valueAt(addon.versions, at, "");

/** Answer of create, put and patch: the request echoed. */
export function flat(addon: Addon, project: Project, at: number, withTimes = true): JsonObject {
  return {
    id: addon.id,
    ...without(addon.input, "projectId"),
    appId: appId(addon, project),
    ...(addon.schedules.length > 0 && { backupSchedules: addon.schedules.map(writtenSchedule) }),
    status: statusAt(addon, at),
    cluster,
    ...(withTimes && { createdAt: iso(addon.createdAt) }),
    ...(withTimes && addon.updatedAt !== undefined && { updatedAt: iso(addon.updatedAt) }),
  };
}

/** Answer of getAddon: other names, the version resolved, IP rules one address each. */
export function nested(
  addon: Addon,
  project: Project,
  at: number,
  lifecycle: Lifecycle,
): JsonObject {
  return {
    ...summary(addon, project, at),
    createdAt: iso(addon.createdAt),
    spec: {
      type: addon.type,
      config: addon.native ? nativeConfig(addon, at, lifecycle) : customConfig(addon),
      pendingActions: [],
    },
    cluster,
  };
}

export function summary(addon: Addon, project: Project, at: number): JsonObject {
  const description = stringAt(addon.input, "description");
  const stageId = stringAt(addon.input, "stageId");
  return {
    id: addon.id,
    uid: addon.uid,
    name: addon.name,
    appId: appId(addon, project),
    tags: stringsAt(addon.input, "tags"),
    ...(stageId !== undefined && { stageId }),
    ...(description !== undefined && { description }),
    spec: { type: addon.type },
    status: statusAt(addon, at),
  };
}

export const projectSummary = ({ id, uid, name }: Project): JsonObject => ({
  id,
  uid,
  name,
  lifecycleStatus: "created",
});

export const projectView = (project: Project, addons: JsonObject[]): JsonObject => ({
  id: project.id,
  uid: project.uid,
  name: project.name,
  createdAt: iso(project.createdAt),
  lifecycleStatus: "created",
  deployment: { region: REGION },
  cluster,
  services: [],
  jobs: [],
  addons,
});

function nativeConfig(addon: Addon, at: number, lifecycle: Lifecycle): JsonObject {
  const billing = objectAt(addon.input, "billing");
  const { tls, external, vpc } = networkingOf(addon.input);
  const special = objectAt(addon.input, "typeSpecificSettings");
  const ipPolicies = objectsAt(addon.input, "ipPolicies").flatMap((policy) =>
    stringsAt(policy, "addresses").map((address) => ({ address, action: policy.action ?? null })),
  );
  return {
    versionTag: versionAt(addon, at),
    lifecycleStatus: lifecycle[versionAt(addon, at)] ?? "active",
    deployment: {
      replicas: numberAt(billing, "replicas") ?? 1,
      storageClass: stringAt(billing, "storageClass") ?? "nvme",
      storageSize: numberAt(billing, "storage") ?? 0,
      planId: stringAt(billing, "deploymentPlan") ?? "",
      region: REGION,
    },
    networking: {
      tlsEnabled: tls,
      externalAccessEnabled: external,
      vpcAccessible: vpc,
      ipPolicies,
    },
    ...(addon.type === "postgresql" && {
      typeSpecificSettings: {
        postgresqlSupabaseMode: booleanAt(special, "postgresqlSupabaseMode") ?? false,
        postgresqlEdbMode: booleanAt(special, "postgresqlEdbMode") ?? false,
      },
    }),
    ...(addon.rotation && { secretRotation: rotationView(addon.rotation, at) }),
  };
}

const customConfig = (addon: Addon): JsonObject => ({
  templateValues: JSON.stringify(addon.input.templateValues ?? {}),
});

export function rotationStatus(rotation: Rotation, at: number): string {
  if (rotation.completedAt !== undefined && at >= rotation.completedAt) {
    return rotation.endFails === true ? "finalise-failed" : "completed";
  }
  if (rotation.fails === true && at >= rotation.rotatedAt) return "failed";
  if (rotation.finalisedAt !== undefined) return "finalising";
  return at >= rotation.rotatedAt ? "rotated" : "rotating";
}

function rotationView(rotation: Rotation, at: number): JsonObject {
  const status = rotationStatus(rotation, at);
  return {
    startedAt: iso(rotation.startedAt),
    ...(status !== "rotating" && { completedAt: iso(rotation.completedAt ?? rotation.rotatedAt) }),
    inProgress: status === "rotating" || status === "finalising",
    status,
    reason: "user",
  };
}

/** A schedule as create and patch write it, from how it is read. */
const writtenSchedule = (schedule: JsonObject): JsonObject => {
  const compressionType = schedule.backupCompressionType;
  return {
    ...without(schedule, "id", "createdAt", "updatedAt", "backupCompressionType"),
    ...(compressionType !== undefined && { compressionType }),
  };
};

const job = (startedAt: number, completedAt: number, at: number): string => {
  if (at >= completedAt) return "completed";
  return at > startedAt ? "in-progress" : "scheduled";
};

export function backupView(addon: Addon, backup: Backup, at: number): JsonObject {
  const restore = addon.restores.filter(({ backupId }) => backupId === backup.id).at(-1);
  const done = at >= backup.completedAt;
  return {
    id: backup.id,
    uid: backup.uid,
    name: backup.name,
    status: job(backup.createdAt, backup.completedAt, at),
    createdAt: iso(backup.createdAt),
    ...(done && { completedAt: iso(backup.completedAt) }),
    config: {
      source: { type: backup.type === "snapshot" ? "snapshot" : "sameAddon" },
      size: done ? "52428800" : "0",
      ...(backup.compressionType !== undefined && { compressionType: backup.compressionType }),
      addonVersion: backup.version,
    },
    ...(restore && { lastRestore: restoreFacts(restore, at) }),
  };
}

const restoreFacts = (restore: Restore, at: number): JsonObject => ({
  restoreTimestamp: iso(restore.startedAt),
  status: job(restore.startedAt, restore.completedAt, at),
  ...(at >= restore.completedAt && { completedAt: iso(restore.completedAt) }),
});

export const restoreView = (restore: Restore, at: number): JsonObject => ({
  id: restore.id,
  backupId: restore.backupId,
  ...restoreFacts(restore, at),
});

export const upgradeStatus = job;
