import { isJsonObject, without, type JsonValue } from "../contract/json";
import { DEFAULT_PROJECT, type Emulator, type NorthflankAddonFacts } from "../emulator/index";
import { at } from "../../src/fields/values";
import { nest, omit, textAt, type Facts, type Flat, type Subject } from "./fields-subject";

/** Another project, which the test adds. */
export const otherProject = "other-project";

/** The add-on of a type whose backup others can start from, which the test puts there. */
export const donorOf = (type: string) => ({ name: `donor-${type}`, backup: "donated" });

function find(emulator: Emulator, { projectId, name }: Flat): NorthflankAddonFacts {
  return emulator.northflank.get(textAt(name), textAt(projectId));
}

function factsOf(emulator: Emulator, inputs: Flat): Facts {
  const addon = find(emulator, inputs);
  return {
    identity: addon.uid,
    key: addon.id,
    password: addon.validPasswords.at(-1) ?? "",
    seen: (path) => {
      switch (path) {
        case "version": {
          const wanted = textAt(inputs.version);
          const isMeant = addon.version.startsWith(wanted.replace(/-latest$/u, "."));
          return isMeant ? wanted : addon.version;
        }
        case "paused":
          return addon.status === "paused";
        case "keepOldPassword":
          return addon.validPasswords.length > 1;
        case "backupSchedules":
          return addon.schedules.map((each) => without(each, "id", "createdAt", "updatedAt"));
        default:
          return at(addon.input, path);
      }
    },
  };
}

const schedule = (interval: "daily" | "hourly", retentionTime: number): JsonValue => ({
  scheduling: { interval, minute: [30], ...(interval === "daily" && { hour: [2] }) },
  backupType: "snapshot",
  retentionTime,
});

const policies = (address: string): JsonValue => [{ addresses: [address], action: "ALLOW" }];

/** The same inputs for all types; what is special about a type comes with it. */
const base = {
  projectId: DEFAULT_PROJECT,
  description: "First",
  tags: ["one"],
  stageId: "first",
  "billing.deploymentPlan": "nf-compute-20",
  "billing.storage": 6144,
  "billing.replicas": 3,
  "billing.storageClass": "first",
  "billing.diskAutoscaling": { enabled: true, thresholdPercent: 75 },
  "billing.zonalRedundancy": { type: "disabled" },
  infrastructure: { architecture: "x86" },
  metadata: { labels: { team: "one" } },
  tlsEnabled: false,
  externalAccessEnabled: false,
  vpcAccessible: false,
  ipPolicies: policies("192.0.2.1"),
  backupSchedules: [schedule("daily", 7)],
} as const satisfies Flat;

const columns: readonly Flat[] = [
  { description: "Second" },
  { tags: ["one", "two"], "billing.deploymentPlan": "nf-compute-50" },
  { stageId: "second", "billing.storage": 12288 },
  { metadata: { labels: { team: "two" } }, "billing.replicas": 5 },
  { tlsEnabled: true, "billing.storageClass": "second" },
  {
    externalAccessEnabled: true,
    ipPolicies: policies("192.0.2.2"),
    "billing.diskAutoscaling": { enabled: false },
  },
  {
    backupSchedules: [schedule("daily", 14), schedule("hourly", 1)],
    passwordVersion: "2",
    externalAccessEnabled: false,
    vpcAccessible: true,
  },
  { keepOldPassword: false, paused: true },
  { paused: false, passwordVersion: "3", vpcAccessible: false },
];

const replace = {
  projectId: otherProject,
  "billing.storage": 6144,
  "billing.replicas": 3,
  "billing.zonalRedundancy": { minZones: 2, type: "required" },
  infrastructure: { architecture: "arm" },
} as const satisfies Flat;

const drift = {
  description: "Elsewhere",
  tags: ["elsewhere"],
  stageId: "elsewhere",
  "billing.deploymentPlan": "nf-compute-100",
  "billing.storageClass": "elsewhere",
  externalAccessEnabled: true,
  vpcAccessible: true,
  ipPolicies: policies("192.0.2.99"),
  backupSchedules: [schedule("daily", 99)],
} satisfies Flat;

/** Versions at first, later, on the platform in the end, and lower ones. */
type Versions = readonly [first: string, later: string, beyond: string, lower: string];

interface Special {
  readonly versions: Versions;
  /** Inputs at first, and what each column adds. */
  readonly inputs: Flat;
  readonly columns: readonly Flat[];
  /** From the first on, and then for good; otherwise a column turns it on. */
  readonly tls: boolean;
  readonly replace: Flat;
  readonly refuse?: Flat;
  readonly beyond?: Flat;
  readonly retype: Flat;
}

function subject(type: string, name: string, special: Special): Subject {
  const { versions, tls } = special;
  const [version, later, beyond, lower] = versions;
  const own: readonly Flat[] = [{ version: later }, ...special.columns];
  return {
    name,
    class: "NorthflankAddon",
    type,
    base: { ...base, ...special.inputs, tlsEnabled: tls, name, type, version },
    columns: columns.map((column, index) => {
      const all = { ...column, ...own[index] };
      return tls ? omit(all, "tlsEnabled") : all;
    }),
    replace: { ...replace, ...special.replace, name: `${name}-anew`, version: lower },
    refuse: special.refuse ?? {},
    retype: special.retype,
    retired: [special.inputs, ...own, special.replace].flatMap((flat) => Object.keys(flat)),
    drift: tls ? drift : { ...drift, tlsEnabled: false },
    beyond: {
      version: beyond,
      "billing.storage": 20480,
      "billing.replicas": 7,
      ...special.beyond,
    },
    facts: factsOf,
    body: (inputs) => omit(inputs, "projectId"),
    change: (emulator, inputs, { backupSchedules, ...changes }) => {
      const { id } = find(emulator, inputs);
      emulator.northflank.change(id, nest(changes));
      if (Array.isArray(backupSchedules)) {
        emulator.northflank.setSchedules(id, backupSchedules.filter(isJsonObject));
      }
    },
    stop: (emulator, inputs) => emulator.northflank.setStatus(find(emulator, inputs).id, "paused"),
  };
}

const setting = (name: string) => `typeSpecificSettings.${name}`;

/** What an add-on begins with: a donor's backup, and a database of that name. */
const beginning = (type: string, dbName: "one" | "two"): Flat => ({
  source: {
    addonId: donorOf(type).name,
    backupId: donorOf(type).backup,
    // From within the donor's project, and from another one.
    ...(dbName === "two" && { projectId: DEFAULT_PROJECT }),
  },
  customCredentials: { dbName },
});

export const northflankSubjects: readonly Subject[] = [
  subject("postgresql", "billing-db", {
    versions: ["15.9", "16-latest", "17.2", "16.4"],
    tls: false,
    inputs: {
      [setting("postgresqlWalLevel")]: "replica",
      [setting("postgresqlSupabaseMode")]: false,
      [setting("postgresqlEdbMode")]: false,
      [setting("postgresqlConnectionPoolerEnabled")]: false,
      [setting("postgresqlReadConnectionPoolerEnabled")]: false,
      [setting("postgresqlImportMode")]: false,
      ...beginning("postgresql", "one"),
    },
    columns: [
      { [setting("postgresqlConnectionPoolerEnabled")]: true },
      { [setting("postgresqlConnectionPoolerReplicas")]: 2 },
      { [setting("postgresqlReadConnectionPoolerEnabled")]: true },
      { [setting("postgresqlReadConnectionPoolerReplicas")]: 2 },
      { [setting("postgresqlImportMode")]: true },
    ],
    replace: {
      [setting("postgresqlWalLevel")]: "logical",
      [setting("postgresqlSupabaseMode")]: true,
      ...beginning("postgresql", "two"),
    },
    // For PostgreSQL 18 or newer only, and a lower version is wanted at the same time.
    refuse: { [setting("postgresqlEdbMode")]: true },
    beyond: { [setting("postgresqlSupabaseMode")]: true, [setting("postgresqlEdbMode")]: true },
    retype: { type: "redis", version: "7.2.5" },
  }),
  subject("redis", "sessions", {
    versions: ["7.2.5", "8.6.0", "8.6.1", "7-latest"],
    tls: false,
    inputs: {
      [setting("redisMaxMemoryPolicy")]: "noeviction",
      [setting("redisSentinelEnabled")]: false,
    },
    columns: [],
    replace: {
      [setting("redisMaxMemoryPolicy")]: "allkeys-lru",
      [setting("redisSentinelEnabled")]: true,
    },
    // Redis has neither.
    refuse: beginning("redis", "two"),
    retype: { type: "mysql", version: "8.0.39" },
  }),
  subject("mysql", "catalogue", {
    versions: ["8.0.39", "8.0.40", "8.4.3", "8.0-latest"],
    tls: true,
    inputs: { [setting("mysqlHaModeEnabled")]: false, ...beginning("mysql", "one") },
    columns: [{ [setting("mysqlHaRouterEnabled")]: true }, { [setting("mysqlRouterReplicas")]: 2 }],
    replace: {
      [setting("mysqlHaModeEnabled")]: true,
      ...beginning("mysql", "two"),
      tlsEnabled: true,
    },
    beyond: { tlsEnabled: false },
    retype: { type: "postgresql", version: "16.4" },
  }),
];
