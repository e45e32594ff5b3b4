import type { JsonObject } from "../../test/contract/json";
import type { Value } from "../../test/engine/program";
import { addonsPath, type Offer, type OfferedType, type Target } from "./target";

export type Inputs = Readonly<Record<string, Value>>;

/** One step of a run; what it is judged by is in the exchanges that carry its name. */
export type Step = { readonly step: string } & (
  | { readonly up: Inputs; readonly expect: string }
  | { readonly refresh: string }
  | { readonly destroy: true }
  /** Drops the add-on from the state, not from the platform. */
  | { readonly forget: true }
  /** `as`: what the add-on that it makes is called in later steps. */
  | {
      readonly call: string;
      readonly body?: JsonObject;
      readonly as?: string;
      readonly token?: string;
    }
  | { readonly wait: "ready" | "gone"; readonly of: string }
  | { readonly connect: "now" | "former" }
);

export interface Plan {
  readonly resource: "NorthflankAddon" | "MigetAddon";
  readonly inputs: Inputs;
  /** The same add-on as a request, for a run without the CLI. */
  readonly body: JsonObject;
  readonly steps: readonly Step[];
  /** How many add-ons there are at once at most, and in all. */
  readonly addons: number;
}

/** Updates of the field table that no run makes, and why. */
export const notChanged: Readonly<Record<string, string>> = {
  tags: "tags must exist in the team beforehand",
  stageId: "environments must exist in the project beforehand",
  "billing.storageClass": "only for accounts that have the choice",
  "billing.replicas": "replicas cannot be taken away again and multiply the cost",
  "typeSpecificSettings.postgresqlConnectionPoolerReplicas": "replicas multiply the cost",
  "typeSpecificSettings.postgresqlReadConnectionPoolerEnabled": "needs several replicas",
  "typeSpecificSettings.postgresqlReadConnectionPoolerReplicas": "needs several replicas",
  "typeSpecificSettings.postgresqlImportMode": "takes the database out of service",
  instances: "three nodes multiply the resources",
};

const schedule = (retentionTime: number) => ({
  backupType: "snapshot",
  scheduling: { interval: "daily", hour: [3], minute: [30] },
  retentionTime,
});

const up = (step: string, inputs: Inputs, expect = "update"): Step => ({
  step,
  up: inputs,
  expect,
});

export function planFor(target: Target, offer: Offer, run: string): Plan {
  return target.platform === "northflank"
    ? northflankPlan(target, offer, run)
    : migetPlan(target, offer, run);
}

function northflankPlan(target: Target, offer: Offer, run: string): Plan {
  const addons = addonsPath(target);
  const name = `${run}-main`;
  const [main, ...others] = offer.types;
  if (main === undefined) throw new Error("Northflank lists no add-on types.");
  const [newest = "latest", ...older] = main.versions;
  const first = older.find((each) => each.split(".")[0] !== newest.split(".")[0]);
  const [small = 4096, larger = small] = main.storage;
  const body = (type: OfferedType, named: string): JsonObject => ({
    name: named,
    type: type.type,
    version: type.versions[0] ?? "latest",
    billing: { deploymentPlan: offer.plan, storage: type.storage[0] ?? 4096, replicas: 1 },
    // MinIO has nothing else, and the others have it.
    tlsEnabled: true,
  });
  const steps: Step[] = [
    up("create", {}, "create"),
    up("no change", {}, "same"),
    { step: "read", refresh: "same" },
    up("settings", { description: "Second", metadata: { labels: { made: "by-acceptance" } } }),
    up("plan", { "billing.deploymentPlan": offer.larger }),
    up("disk", { "billing.storage": larger }),
    up("disk autoscaling", { "billing.diskAutoscaling": { enabled: true, thresholdPercent: 90 } }),
    up("connection pooler", { "typeSpecificSettings.postgresqlConnectionPoolerEnabled": true }),
    up("tls", { tlsEnabled: true }),
    up("addresses", { ipPolicies: [{ addresses: ["0.0.0.0/0"], action: "ALLOW" }] }),
    up("external access", { externalAccessEnabled: true }),
    { step: "connect", connect: "now" },
    up("rotate and keep", { passwordVersion: "2" }),
    { step: "connect with the former password, kept", connect: "former" },
    up("end the rotation", { keepOldPassword: false }),
    { step: "connect with the former password, ended", connect: "former" },
    up("rotate and end", { passwordVersion: "3" }),
    up("external access off", { externalAccessEnabled: false }),
    up("private access", { vpcAccessible: true }),
    up("private access off", { vpcAccessible: false }),
    up("schedule", { backupSchedules: [schedule(7)] }),
    up("schedule kept longer", { backupSchedules: [schedule(14)] }),
    up("no schedule", { backupSchedules: [] }),
    {
      step: "schedule with compression",
      call: `POST ${addons}/{main}/backup-schedules`,
      body: { ...schedule(7), compressionType: "gz" },
    },
    up("no schedule again", {}, "any"),
    { step: "drift", call: `PATCH ${addons}/{main}`, body: { description: "Elsewhere" } },
    { step: "drift settled", wait: "ready", of: "main" },
    { step: "drift found", refresh: "update" },
    up("drift put right", {}),
    { step: "change while busy: begin", call: `POST ${addons}/{main}/restart` },
    { step: "change while busy", call: `PATCH ${addons}/{main}`, body: { description: "Second" } },
    { step: "busy no more", wait: "ready", of: "main" },
    { step: "unknown field", call: `PATCH ${addons}/{main}`, body: { noSuchField: true } },
    up("pause", { paused: true }),
    { step: "pause again", call: `POST ${addons}/{main}/pause` },
    up("resume", { paused: false }),
    { step: "resume again", call: `POST ${addons}/{main}/resume` },
    { step: "settled", wait: "ready", of: "main" },
    ...(first === undefined ? [] : [up("upgrade", { version: newest })]),
    { step: "forget", forget: true },
    up("adopt", { adopt: true }, "create"),
    { step: "taken name", call: `POST ${addons}`, body: body(main, name) },
    { step: "delete", destroy: true },
    { step: "read what is gone", call: `GET ${addons}/{main}` },
    { step: "delete what is gone", call: `DELETE ${addons}/{main}` },
    { step: "name again", call: `POST ${addons}`, body: body(main, name), as: "again" },
    { step: "delete at once", call: `DELETE ${addons}/{again}` },
    { step: "read at once", call: `GET ${addons}/{again}` },
    { step: "again gone", wait: "gone", of: "again" },
    ...others.flatMap((type): Step[] => [
      {
        step: `${type.type}: create`,
        call: `POST ${addons}`,
        body: body(type, `${run}-${type.type}`),
        as: type.type,
      },
      { step: `${type.type}: list`, call: `GET ${addons}?per_page=100` },
      { step: `${type.type}: ready`, wait: "ready", of: type.type },
      { step: `${type.type}: credentials`, call: `GET ${addons}/{${type.type}}/credentials` },
      { step: `${type.type}: delete`, call: `DELETE ${addons}/{${type.type}}` },
      { step: `${type.type}: gone`, wait: "gone", of: type.type },
    ]),
    { step: "check no-token", call: `GET ${addons}`, token: "" },
    { step: "check unknown-token", call: `GET ${addons}`, token: "Bearer not-a-token" },
    { step: "check not-found", call: `GET /projects/no-such-project-of-yours/addons/none` },
    { step: "check bad-body", call: `POST ${addons}`, body: { name: `${run}-bad` } },
    {
      step: "check bad-version",
      call: `POST ${addons}`,
      body: { ...body(main, `${run}-bad`), version: "0.0.1" },
    },
    { step: "check project", call: `GET ${addons.replace(/\/addons$/u, "")}` },
  ];
  return {
    resource: "NorthflankAddon",
    inputs: {
      projectId: target.home,
      ...(target.team !== undefined && { teamId: target.team }),
      name,
      type: main.type,
      version: first ?? newest,
      description: "First",
      "billing.deploymentPlan": offer.plan,
      "billing.storage": small,
      "billing.replicas": 1,
    },
    body: body(main, name),
    steps,
    addons: offer.types.length + 1,
  };
}

function migetPlan(target: Target, offer: Offer, run: string): Plan {
  const addons = addonsPath(target);
  const name = `${run}-main`;
  const body = ({ type, versions: [version] }: OfferedType, kind: string): JsonObject => ({
    type,
    name: `${run}-${kind}`,
    label: `${run}-${kind}`,
    ...(version !== undefined && { [`${type}_version`]: version }),
    ...(type === "storage"
      ? { mount_point: "/acceptance", storage_access: "RWX", sub_path: "acceptance" }
      : {}),
  });
  const [main, ...others] = offer.types;
  if (main === undefined) throw new Error("There are no add-on types.");
  const one = `${addons}/{main}`;
  const bad = { ...body(main, "bad") };
  const steps: Step[] = [
    up("create", {}, "create"),
    up("no change", {}, "same"),
    { step: "read", refresh: "same" },
    { step: "list", call: `GET ${addons}` },
    up("label", { label: `${run}-label` }),
    up("memory", { ramSize: 256 }),
    up("cores", { cpuSize: 0.5 }),
    up("disk", { diskSize: 2 }),
    up("external access", { publicAccess: true }),
    { step: "connect", connect: "now" },
    up("rotate", { passwordVersion: "2" }),
    { step: "connect with the former password, ended", connect: "former" },
    { step: "variables after the rotation", call: `GET ${addons.replace(/addons$/u, "vars")}` },
    up("external access off", { publicAccess: false }),
    { step: "before one field", call: `GET ${one}` },
    { step: "one field", call: `PUT ${one}`, body: { label: `${run}-elsewhere` } },
    { step: "one field settled", wait: "ready", of: "main" },
    { step: "after one field", call: `GET ${one}` },
    { step: "drift found", refresh: "update" },
    up("drift put right", {}),
    { step: "label with spaces", call: `PUT ${one}`, body: { label: `  ${run}-spaces  ` } },
    { step: "label with spaces, read", call: `GET ${one}` },
    up("label put right", { label: `${run}-right` }),
    { step: "smaller disk", call: `PUT ${one}`, body: { disk_size: 0.5 } },
    up("disk put right", {}, "any"),
    up("pause", { paused: true }),
    up("resume", { paused: false }),
    { step: "restart", call: `PATCH ${one}/state`, body: { state: "process_restart" } },
    { step: "restarted", wait: "ready", of: "main" },
    { step: "app", call: `GET ${addons.replace(/\/addons$/u, "")}` },
    { step: "apps", call: "GET /apps" },
    { step: "backups", call: `GET ${one}/backups` },
    { step: "replica", call: `POST ${one}/create_replica`, body: {}, as: "replica" },
    { step: "replica ready", wait: "ready", of: "replica" },
    { step: "primary with a replica", call: `GET ${one}` },
    {
      step: "check not-standalone-primary",
      call: `POST ${addons}/{replica}/create_replica`,
      body: {},
    },
    { step: "check not-primary", call: `GET ${addons}/{replica}/backups` },
    { step: "replica: delete", call: `DELETE ${addons}/{replica}` },
    { step: "replica: gone", wait: "gone", of: "replica" },
    { step: "check bad-state-input", call: `PATCH ${one}/state`, body: { state: "no_such_state" } },
    { step: "check not-replica", call: `POST ${one}/promote_replica` },
    { step: "forget", forget: true },
    up("adopt", { adopt: true }, "create"),
    {
      step: "same label",
      call: `POST ${addons}`,
      body: { ...body(main, "twin"), label: `${run}-label` },
      as: "twin",
    },
    { step: "same label: delete", call: `DELETE ${addons}/{twin}` },
    { step: "delete", destroy: true },
    { step: "read what is gone", call: `GET ${one}` },
    { step: "delete what is gone", call: `DELETE ${one}` },
    { step: "name again", call: `POST ${addons}`, body: body(main, "main"), as: "again" },
    { step: "delete at once", call: `DELETE ${addons}/{again}` },
    { step: "read at once", call: `GET ${addons}/{again}` },
    { step: "again gone", wait: "gone", of: "again" },
    ...others.flatMap((type): Step[] => [
      {
        step: `${type.type}: create`,
        call: `POST ${addons}`,
        body: body(type, type.type),
        as: type.type,
      },
      { step: `${type.type}: list`, call: `GET ${addons}` },
      { step: `${type.type}: ready`, wait: "ready", of: type.type },
      { step: `${type.type}: read`, call: `GET ${addons}/{${type.type}}` },
      ...(type.type === "storage"
        ? [{ step: "check rotate-type", call: `POST ${addons}/{storage}/rotate_password` }]
        : []),
      { step: `${type.type}: delete`, call: `DELETE ${addons}/{${type.type}}` },
      { step: `${type.type}: gone`, wait: "gone", of: type.type },
    ]),
    { step: "check no-token", call: `GET ${addons}`, token: "" },
    { step: "check unknown-token", call: `GET ${addons}`, token: "Bearer not-a-token" },
    { step: "check not-found", call: `GET /apps/00000000-0000-4000-8000-00000000dead/addons` },
    { step: "check bad-type", call: `POST ${addons}`, body: { ...bad, type: "no-such-type" } },
    { step: "check bad-version", call: `POST ${addons}`, body: { ...bad, postgres_version: "1" } },
    {
      step: "check no-label",
      call: `POST ${addons}`,
      body: { type: "postgres", name: `${run}-bad`, postgres_version: "17" },
    },
    {
      step: "check no-version",
      call: `POST ${addons}`,
      body: { type: "postgres", name: `${run}-bad`, label: `${run}-bad` },
    },
    {
      step: "check no-mount",
      call: `POST ${addons}`,
      body: { type: "storage", name: `${run}-bad`, label: `${run}-bad` },
    },
    {
      step: "check sub-path-rwo",
      call: `POST ${addons}`,
      body: {
        type: "storage",
        name: `${run}-bad`,
        label: `${run}-bad`,
        mount_point: "/bad",
        storage_access: "RWO",
        sub_path: "one",
      },
    },
    {
      step: "check sub-path-form",
      call: `POST ${addons}`,
      body: {
        type: "storage",
        name: `${run}-bad`,
        label: `${run}-bad`,
        mount_point: "/bad",
        storage_access: "RWX",
        sub_path: "../one",
      },
    },
    {
      step: "check external-incomplete",
      call: `POST ${addons}`,
      body: { ...bad, creation_mode: "external_replica", auth_type: "password" },
    },
  ];
  return {
    resource: "MigetAddon",
    inputs: {
      appUuid: target.home,
      type: main.type,
      name,
      label: name,
      postgresVersion: main.versions[0] ?? "17",
      ramSize: 128,
      cpuSize: 0.25,
      diskSize: 1,
    },
    body: { ...body(main, "main"), ram_size: 256, cpu_size: 0.5, disk_size: 1 },
    steps,
    addons: others.length + 4,
  };
}
