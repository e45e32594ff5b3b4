import { booleanAt, isJsonObject, objectAt, stringAt, type JsonObject } from "../../contract/json";
import { spread, type Timeline } from "../timeline";

/** A status of the contract, or `gone` once the addon has ceased to exist. */
export type Status = string;
export const GONE = "gone";

export interface Secrets {
  readonly username: string;
  readonly password: string;
  readonly adminUsername: string;
  readonly adminPassword: string;
}

export interface Rotation {
  readonly startedAt: number;
  readonly rotatedAt: number;
  /** True: it ends in `failed`, and the credentials stay as they were. */
  readonly fails?: boolean;
  /** From then on the former credentials are refused. */
  readonly finalisedAt?: number;
  readonly completedAt?: number;
  /** True: the end fails (`finalise-failed`), and the former credentials stay valid. */
  readonly endFails?: boolean;
}

export interface Upgrade {
  readonly upgradeId: string;
  readonly from: string;
  readonly to: string;
  readonly startedAt: number;
  readonly completedAt: number;
}

export interface Backup {
  readonly id: string;
  readonly uid: string;
  readonly name: string;
  readonly type: string;
  readonly compressionType?: string;
  readonly version: string;
  readonly createdAt: number;
  readonly completedAt: number;
}

export interface Restore {
  readonly id: string;
  readonly backupId: string;
  readonly startedAt: number;
  readonly completedAt: number;
}

/** An addon as the platform keeps it. Records are replaced, never changed. */
export interface Addon {
  readonly id: string;
  readonly uid: string;
  readonly projectId: string;
  readonly name: string;
  readonly type: string;
  /** False: a custom type, without version and billing. */
  readonly native: boolean;
  /** What create and patch said so far, in the shape of a request. */
  readonly input: JsonObject;
  readonly versions: Timeline<string>;
  readonly statuses: Timeline<Status>;
  /** Credentials exist from then on. */
  readonly allocatedAt: number;
  /** Since when it can be reached from outside; kept by the world. */
  readonly exposedAt?: number | undefined;
  readonly secrets: Timeline<Secrets>;
  readonly rotation: Rotation | undefined;
  readonly upgrades: readonly Upgrade[];
  readonly schedules: readonly JsonObject[];
  readonly backups: readonly Backup[];
  readonly restores: readonly Restore[];
  /** Makes host names unique. */
  readonly code: string;
  /** Order of creation, for paging. */
  readonly sequence: number;
  readonly createdAt: number;
  readonly updatedAt: number | undefined;
}

export const slugOf = (name: string): string => name.toLowerCase().replace(/\s+/g, "-");

export const provisioning = (now: number, lasting: number, end: Status): Timeline<Status> =>
  spread(now, lasting, ["preDeployment", "triggerAllocation", "allocating", "postDeployment", end]);

const merged = ["billing", "typeSpecificSettings", "metadata"];

/**
 * The input after a patch. What the contract leaves open is decided here: objects are merged,
 * lists replaced, and a null leaves the environment.
 */
export function mergeInput(input: JsonObject, patch: JsonObject): JsonObject {
  const result: JsonObject = { ...input };
  for (const [key, value] of Object.entries(patch)) {
    if (key === "backupSchedules") continue;
    if (value === null) Reflect.deleteProperty(result, key);
    else if (merged.includes(key) && isJsonObject(value)) {
      result[key] = { ...objectAt(input, key), ...value };
    } else result[key] = value;
  }
  return result;
}

export interface Networking {
  readonly tls: boolean;
  readonly external: boolean;
  readonly vpc: boolean;
}

export const networkingOf = (input: JsonObject): Networking => ({
  tls: booleanAt(input, "tlsEnabled") ?? false,
  external: booleanAt(input, "externalAccessEnabled") ?? false,
  vpc: booleanAt(input, "vpcAccessible") ?? false,
});

/** The newest version input, selector included, as create and patch echo it. */
export const wantedVersion = (addon: Addon): string => stringAt(addon.input, "version") ?? "";
