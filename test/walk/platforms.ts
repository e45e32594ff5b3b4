import { sameSchedules } from "../../src/northflank/schedules";
import { satisfies } from "../../src/northflank/version";
import { fields as migetFields } from "../../src/miget/fields";
import { fields as northflankFields } from "../../src/northflank/fields";
import { at, same } from "../../src/fields/values";
import { isJsonObject, type JsonObject } from "../contract/json";
import { DEFAULT_APP, DEFAULT_PROJECT, type Emulator } from "../emulator/index";
import type { Props } from "../support/engine-state";
import { finalValue } from "../emulator/timeline";

export type PlatformName = "miget" | "northflank";

/** An add-on as the platform has it, in terms of inputs. */
export interface Facts {
  readonly platform: PlatformName;
  /** No other add-on ever has it: a UUID. */
  readonly identity: string;
  /** As Pulumi has it. */
  readonly id: string;
  /** ISO 8601; only where ids are used again. */
  readonly createdAt?: string;
  readonly type: string;
  /** What people call it, and its natural key together with the type. */
  readonly title: string;
  readonly state: string;
  readonly exposed: boolean;
  readonly inputs: Props;
  /** Upgrades that were asked for by its API. */
  readonly upgrades: number;
  readonly passwords: readonly string[];
}

/** What the walk has to know of a platform. */
export interface Side {
  readonly name: PlatformName;
  /** The input that names the app or project. */
  readonly scopeField: string;
  /** The input that the natural key follows from. */
  readonly titleField: string;
  /** The output that identifies the add-on. */
  readonly identityOutput: string;
  /** The input that lets the internet in. */
  readonly exposure: string;
  readonly base: (title: string) => Props;
  /** Values to choose from, by dotted path. */
  readonly values: Readonly<Record<string, readonly unknown[]>>;
  /** What removed switches and lists go back to. */
  readonly whenRemoved: Props;
  /** Whether what is there is what is declared. */
  readonly equal: (path: string, there: unknown, declared: unknown) => boolean;
  readonly addons: (emulator: Emulator) => Facts[];
  readonly operations: readonly string[];
  /** The operations that a change of an input leads to. */
  readonly carriedOutBy: Readonly<Record<string, readonly string[]>>;
  /** An answer that says yes, for requests without an effect. */
  readonly nothingDone: JsonObject;
  /** Changes that somebody makes elsewhere. */
  readonly drift: (emulator: Emulator, facts: Facts, path: string, value: unknown) => void;
  /** Puts one there that nobody manages. */
  readonly seed: (emulator: Emulator, title: string) => void;
  readonly remove: (emulator: Emulator, facts: Facts) => void;
  readonly recreate: (emulator: Emulator, facts: Facts) => void;
  readonly setState: (emulator: Emulator, facts: Facts, state: "failed" | "ready") => void;
}

/** A failed add-on does not say. */
const isPaused = (state: string, word: string) =>
  state.startsWith("fail") ? undefined : state === word;

const protectionOf = (fields: object) =>
  "deletionProtection" in fields ? { deletionProtection: [true, false] } : {};

const keyOf = (id: string) => id.split("/")[1] ?? "";

const miget: Side = {
  name: "miget",
  scopeField: "appUuid",
  titleField: "label",
  identityOutput: "uuid",
  exposure: "publicAccess",
  base: (title) => ({
    appUuid: DEFAULT_APP,
    type: "postgres",
    name: title,
    label: title,
    postgresVersion: "17",
    ramSize: 256,
    diskSize: 1,
  }),
  values: {
    label: ["db-0", "db-1", "db-2", "other"],
    ramSize: [256, 512, 1024],
    diskSize: [1, 2, 4],
    publicAccess: [true, false],
    paused: [true, false],
    passwordVersion: ["1", "2", "3"],
    postgresVersion: ["16", "17"],
    ...protectionOf(migetFields),
  },
  whenRemoved: { publicAccess: false, paused: false },
  equal: (_path, there, declared) => same(there, declared),
  addons: ({ miget }) =>
    miget.addons().map((addon) => ({
      platform: "miget",
      identity: addon.uuid,
      id: `${addon.appUuid}/${addon.uuid}`,
      type: addon.type,
      title: addon.label,
      state: addon.state,
      exposed: addon.publicAccess,
      inputs: {
        label: addon.label,
        ramSize: addon.ramMib,
        diskSize: addon.diskGib,
        publicAccess: addon.publicAccess,
        paused: isPaused(finalValue(addon.states, ""), "stopped"),
      },
      upgrades: 0,
      passwords: [addon.password],
    })),
  operations: [
    "listAddons",
    "createAddon",
    "getAddon",
    "updateAddon",
    "deleteAddon",
    "changeAddonState",
    "rotatePassword",
  ],
  carriedOutBy: {
    label: ["updateAddon"],
    ramSize: ["updateAddon"],
    diskSize: ["updateAddon"],
    publicAccess: ["updateAddon"],
    paused: ["changeAddonState"],
    passwordVersion: ["rotatePassword"],
  },
  nothingDone: { message: "ok" },
  drift: ({ miget }, { identity }, path, value) => {
    const api: Readonly<Record<string, string>> = { ramSize: "ram_size", diskSize: "disk_size" };
    if (path === "paused") {
      miget.setState(identity, value === true ? "stopped" : "healthy");
    } else if (path === "publicAccess") {
      miget.change(identity, { public_access: value === true ? "1" : "0" });
    } else if (path === "label" || path in api) {
      miget.change(identity, { [api[path] ?? path]: json(value) });
    }
  },
  seed: ({ miget }, title) => {
    miget.seed(DEFAULT_APP, {
      type: "postgres",
      name: title,
      label: title,
      postgres_version: "17",
      ram_size: 256,
      disk_size: 1,
    });
  },
  remove: ({ miget }, { identity }) => miget.remove(identity),
  recreate: ({ miget }, { identity, title, inputs }) => {
    miget.remove(identity);
    const { ramSize, diskSize } = inputs;
    miget.seed(DEFAULT_APP, {
      type: "postgres",
      name: title,
      label: title,
      postgres_version: "17",
      ram_size: json(ramSize),
      disk_size: json(diskSize),
    });
  },
  setState: ({ miget }, { identity }, state) =>
    miget.setState(identity, state === "ready" ? "healthy" : "failed"),
};

const schedule = (hour: number, retentionTime: number) => ({
  scheduling: { interval: "daily", minute: [0], hour: [hour] },
  backupType: "dump",
  retentionTime,
});
const weekly = {
  scheduling: { interval: "weekly", minute: [0], hour: [1], day: [1] },
  backupType: "dump",
  retentionTime: 7,
};

const northflank: Side = {
  name: "northflank",
  scopeField: "projectId",
  titleField: "name",
  identityOutput: "uid",
  exposure: "externalAccessEnabled",
  base: (title) => ({
    projectId: DEFAULT_PROJECT,
    name: title,
    type: "postgresql",
    version: "16.4",
    tlsEnabled: true,
    billing: { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 },
  }),
  values: {
    version: ["15.9", "15-latest", "16.4", "16-latest", "17.2", "latest"],
    "billing.storage": [6144, 12_288],
    "billing.replicas": [1, 2],
    "billing.deploymentPlan": ["nf-compute-20", "nf-compute-50"],
    description: ["one", "two"],
    tags: [["alpha"], ["alpha", "beta"], []],
    externalAccessEnabled: [true, false],
    ipPolicies: [[], [{ addresses: ["192.0.2.1/32"], action: "ALLOW" }]],
    backupSchedules: [[], [schedule(3, 7)], [schedule(4, 7)], [schedule(4, 7), weekly], [weekly]],
    paused: [true, false],
    passwordVersion: ["1", "2", "3"],
    keepOldPassword: [true, false],
    ...protectionOf(northflankFields),
  },
  whenRemoved: {
    externalAccessEnabled: false,
    paused: false,
    tags: [],
    ipPolicies: [],
    backupSchedules: [],
  },
  equal: (path, there, declared) => {
    if (path === "version") return satisfies(String(there), String(declared));
    if (path === "backupSchedules") return sameSchedules(there, declared);
    if (path === "tags") return same(sorted(there), sorted(declared));
    return same(there, declared);
  },
  addons: ({ northflank }) =>
    northflank.addons().map((addon) => {
      const { input } = addon;
      const tls = input.tlsEnabled ?? false;
      return {
        platform: "northflank",
        identity: addon.uid,
        id: `${addon.projectId}/${addon.id}`,
        createdAt: new Date(addon.createdAt).toISOString(),
        type: addon.type,
        title: addon.id,
        state: addon.status,
        exposed: input.externalAccessEnabled === true,
        inputs: {
          name: addon.name,
          version: addon.version,
          billing: input.billing,
          description: input.description,
          tags: input.tags ?? [],
          tlsEnabled: tls,
          externalAccessEnabled: input.externalAccessEnabled ?? false,
          ipPolicies: input.ipPolicies ?? [],
          backupSchedules: addon.schedules.map(scheduleInput),
          paused: isPaused(finalValue(addon.statuses, ""), "paused"),
        },
        upgrades: addon.upgrades.length,
        passwords: addon.secrets.flatMap(({ value }) => [value.password, value.adminPassword]),
      };
    }),
  operations: [
    "listAddons",
    "createAddon",
    "getAddon",
    "getAddonCredentials",
    "patchAddon",
    "deleteAddon",
    "pauseAddon",
    "resumeAddon",
    "scaleAddon",
    "upgradeAddonVersion",
    "startAddonSecretRotation",
    "finaliseAddonSecretRotation",
    "updateAddonNetworkSettings",
    "updateAddonSecurity",
    "listAddonBackupSchedules",
    "createAddonBackupSchedule",
    "deleteAddonBackupSchedule",
  ],
  carriedOutBy: {
    version: ["upgradeAddonVersion"],
    "billing.storage": ["scaleAddon", "patchAddon"],
    "billing.replicas": ["scaleAddon", "patchAddon"],
    "billing.deploymentPlan": ["scaleAddon", "patchAddon"],
    description: ["patchAddon"],
    tags: ["patchAddon"],
    externalAccessEnabled: ["updateAddonNetworkSettings", "patchAddon"],
    ipPolicies: ["updateAddonSecurity", "patchAddon"],
    backupSchedules: ["createAddonBackupSchedule", "deleteAddonBackupSchedule"],
    paused: ["pauseAddon", "resumeAddon"],
    passwordVersion: ["startAddonSecretRotation", "finaliseAddonSecretRotation"],
  },
  nothingDone: { data: {} },
  drift: ({ northflank }, { id, inputs }, path, value) => {
    const key = keyOf(id);
    const [outer, inner] = path.split(".");
    if (path === "paused") northflank.setStatus(key, value === true ? "paused" : "running");
    else if (inner !== undefined && outer !== undefined) {
      northflank.change(key, { [outer]: { [inner]: json(value) } });
    } else if (["description", "tags", "externalAccessEnabled", "ipPolicies"].includes(path)) {
      northflank.change(key, { [path]: json(value) });
    } else if (path === "version" && isNewer(value, inputs.version)) {
      northflank.change(key, { version: json(value) });
    }
  },
  seed: ({ northflank }, title) => {
    const billing = { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 };
    northflank.seed({
      name: title,
      type: "postgresql",
      version: "15.9",
      tlsEnabled: true,
      billing,
    });
  },
  remove: ({ northflank }, { id }) => northflank.remove(keyOf(id)),
  recreate: ({ northflank }, { id }) => {
    northflank.recreate(keyOf(id));
  },
  setState: ({ northflank }, { id }, state) =>
    northflank.setStatus(keyOf(id), state === "ready" ? "running" : "failed"),
};

export const sides: Readonly<Record<PlatformName, Side>> = { miget, northflank };

export const sideOf = (type: string): Side => sides[type === "miget" ? "miget" : "northflank"];

export const allAddons = (emulator: Emulator): Facts[] =>
  Object.values(sides).flatMap(({ addons }) => addons(emulator));

/** The declared inputs that what is there differs in, in words. */
export function differences(side: Side, declared: Props, { inputs }: Facts): string[] {
  const paths = Object.keys({ ...side.values, [side.titleField]: true, tlsEnabled: true });
  return paths.flatMap((path) => {
    const [wanted, there] = [at(declared, path), at(inputs, path)];
    const isShown = path.split(".")[0] ?? "" in inputs;
    if (wanted === undefined || !isShown || there === undefined) return [];
    if (side.equal(path, there, wanted)) return [];
    return [`${path} is ${JSON.stringify(there)}, not ${JSON.stringify(wanted)}`];
  });
}

function scheduleInput(have: JsonObject): unknown {
  const { backupCompressionType, id, createdAt, updatedAt, ...rest } = have;
  [id, createdAt, updatedAt];
  return backupCompressionType === undefined
    ? rest
    : { ...rest, compressionType: backupCompressionType };
}

function json(value: unknown): JsonObject[string] {
  const plain: unknown = JSON.parse(JSON.stringify({ value }));
  return isJsonObject(plain) ? (plain.value ?? null) : null;
}

const sorted = (value: unknown) => (Array.isArray(value) ? value.map(String).sort() : value);

const isNewer = (next: unknown, now: unknown) =>
  /^\d+\.\d+$/u.test(String(next)) && Number(next) > Number(now);
