import { numberAt, stringAt, type JsonObject } from "../../contract/json";
import { provisioningTime, type EmulatorSettings } from "../options";
import type { Random } from "../random";
import { spread, type Timeline } from "../timeline";

export const addonTypes = ["postgres", "mysql", "valkey", "storage"] as const;
export type AddonType = (typeof addonTypes)[number];

/** An add-on as the platform keeps it. Records are replaced, never changed. */
export interface Addon {
  readonly uuid: string;
  readonly appUuid: string;
  readonly type: AddonType;
  readonly name: string;
  readonly label: string;
  readonly ramMib: number;
  readonly diskGib: number;
  readonly cpuCores: number;
  readonly version: string | undefined;
  readonly publicAccess: boolean;
  /** Since when it can be reached from the internet; kept by the world. */
  readonly publicAt?: number | undefined;
  readonly instances: number;
  readonly external: boolean;
  readonly settings: JsonObject;
  readonly password: string;
  /** The password when the app's variables were written; rotation leaves them alone. */
  readonly firstPassword: string;
  /** The shared variable that this add-on got: DATABASE_URL, REDIS_URL or none. */
  readonly alias: string | undefined;
  readonly states: Timeline<string>;
  /** Connection data exists from then on. */
  readonly connectedAt: number;
  readonly role: "primary" | "replica" | null;
  readonly primaryUuid: string | undefined;
  readonly backups: JsonObject[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

export const isAddonType = (value: unknown): value is AddonType =>
  addonTypes.some((type) => type === value);

export const readyState = (type: AddonType): string => (type === "storage" ? "bound" : "healthy");

export const versionField = (type: AddonType): string => `${type}_version`;

/** What the platform takes where the request is silent. */
export const defaultSizes: Readonly<
  Record<AddonType, { ram_size: number; disk_size: number; cpu_size: number }>
> = {
  postgres: { ram_size: 128, disk_size: 0.5, cpu_size: 0.1 },
  mysql: { ram_size: 128, disk_size: 0.5, cpu_size: 0.1 },
  valkey: { ram_size: 32, disk_size: 0.1, cpu_size: 0.1 },
  storage: { ram_size: 0, disk_size: 1, cpu_size: 0 },
};

/** From pending to ready (or to another end, for tests of failures). */
export function provisioning(type: AddonType, now: number, lasting: number, end?: string) {
  const working =
    type === "storage" ? ["pending", "processing"] : ["pending", "processing", "creating"];
  return spread(now, lasting, [...working, end ?? readyState(type)]);
}

const slug = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "") || "addon";

export const assignedName = (wanted: string, random: Random): string =>
  `${slug(wanted)}-${random.suffix()}`;

function storageSettings(body: JsonObject): JsonObject {
  const service = numberAt(body, "service_id");
  if (service !== undefined) {
    return { mount_point: `/mnt/service-${service}`, access_type: "RWX", sub_path: null };
  }
  return {
    mount_point: stringAt(body, "mount_point") ?? null,
    access_type: stringAt(body, "storage_access") ?? null,
    sub_path: stringAt(body, "sub_path") ?? null,
  };
}

export interface Creation {
  readonly appUuid: string;
  readonly type: AddonType;
  readonly body: JsonObject;
  readonly alias: string | undefined;
  readonly now: number;
  readonly settings: EmulatorSettings;
  readonly random: Random;
  /** Ready at once: what a test puts there beforehand. */
  readonly seeded: boolean;
  /** The state it ends in, where that is not the ready one. */
  readonly outcome: string | undefined;
}

/** The record of a new add-on, from a request body that passed the checks. */
export function newAddon(creation: Creation): Addon {
  const { appUuid, type, body, alias, now, settings, random, seeded, outcome } = creation;
  const lasting = seeded ? 0 : provisioningTime(settings, "miget", type);
  const password = random.password(settings.passwords);
  const external = stringAt(body, "creation_mode") === "external_replica";
  return {
    uuid: random.uuid(),
    appUuid,
    type,
    name: assignedName(stringAt(body, "name") ?? type, random),
    label: stringAt(body, "label") ?? "",
    ...sizesOf(type, body),
    version: stringAt(body, versionField(type)),
    publicAccess: external || stringAt(body, "public_access") === "1",
    instances: numberAt(body, "instances") ?? 1,
    external,
    settings: type === "storage" ? storageSettings(body) : {},
    password,
    firstPassword: password,
    alias,
    states: provisioning(type, now, lasting, outcome),
    connectedAt: now + lasting + (seeded ? 0 : settings.credentialsDelayMs),
    role: type === "postgres" ? "primary" : null,
    primaryUuid: undefined,
    backups: [],
    createdAt: now,
    updatedAt: now,
  };
}

export function sizesOf(type: AddonType, body: JsonObject) {
  const defaults = defaultSizes[type];
  return {
    ramMib: numberAt(body, "ram_size") ?? defaults.ram_size,
    diskGib: numberAt(body, "disk_size") ?? defaults.disk_size,
    cpuCores: numberAt(body, "cpu_size") ?? defaults.cpu_size,
  };
}

/** The record after an update body; `partial` false: what the body omits falls back to its default. */
export function changedAddon(addon: Addon, body: JsonObject, now: number, partial: boolean): Addon {
  const base: Addon = partial
    ? addon
    : {
        ...addon,
        label: "",
        instances: 1,
        publicAccess: addon.external,
        ...sizesOf(addon.type, {}),
      };
  const access = stringAt(body, "public_access");
  return {
    ...base,
    label: stringAt(body, "label") ?? base.label,
    ramMib: numberAt(body, "ram_size") ?? base.ramMib,
    diskGib: numberAt(body, "disk_size") ?? base.diskGib,
    cpuCores: numberAt(body, "cpu_size") ?? base.cpuCores,
    instances: numberAt(body, "instances") ?? base.instances,
    publicAccess: base.external || (access === undefined ? base.publicAccess : access === "1"),
    updatedAt: now,
  };
}
