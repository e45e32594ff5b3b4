import { DEFAULT_APP, DEFAULT_PROJECT } from "../../emulator/index";
import type { KeptAddon } from "./kept";

type Row = Partial<KeptAddon> & Pick<KeptAddon, "name" | "args">;

function miget(type: string, { args, ...row }: Row): KeptAddon {
  return {
    class: "MigetAddon",
    options: {},
    secret: [],
    update: { label: `${row.name} later` },
    life: "whole",
    ...row,
    args: { appUuid: DEFAULT_APP, type, ...args },
  };
}

const billing = { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 };
const nightly = {
  scheduling: { interval: "daily", hour: [2], minute: [30] },
  backupType: "snapshot",
  retentionTime: 7,
};

function northflank(type: string, { args, ...row }: Row): KeptAddon {
  return {
    class: "NorthflankAddon",
    options: {},
    secret: [],
    update: { description: "Later" },
    life: "whole",
    ...row,
    args: { projectId: DEFAULT_PROJECT, type, version: "latest", billing, ...args },
  };
}

/** An add-on of each type of both platforms, in all the ways in which state can hold one. */
export const addonsToKeep: readonly KeptAddon[] = [
  miget("postgres", {
    name: "orders",
    args: {
      postgresVersion: "17",
      label: "Orders",
      ramSize: 512,
      cpuSize: 0.5,
      diskSize: 2.5,
      publicAccess: true,
      instances: 3,
      passwordVersion: "1",
      workspaceId: "00000000-0000-4000-8000-000000000f00",
    },
    options: { customTimeouts: { create: "20m", update: "20m", delete: "5m" } },
    update: { ramSize: 1024 },
  }),
  miget("postgres", {
    name: "copy",
    args: {
      postgresVersion: "16",
      creationMode: "external_replica",
      externalHost: "db.example.com",
      externalPort: 5433,
      authType: "password",
      replicationUsername: "not-a-real-user",
      replicationPassword: "not-a-real-replication-password",
      caCrt: "not a real certificate 1",
      tlsCrt: "not a real certificate 2",
      tlsKey: "not-a-real-key",
      s3Enabled: true,
      s3Endpoint: "https://s3.example.com",
      s3Bucket: "wal",
      s3Path: "orders",
      s3AccessKey: "not-a-real-access-key",
      s3SecretKey: "not-a-real-secret-key",
    },
    secret: ["replicationUsername", "caCrt"],
  }),
  miget("mysql", {
    name: "shop",
    args: { mysqlVersion: "8.2", diskSize: 0.5, ramSize: 256, paused: true },
    update: { paused: false },
  }),
  miget("valkey", {
    name: "queue",
    args: { valkeyVersion: "7.2", label: "not a real label", allowReplace: true },
    secret: ["label"],
    update: { label: "not a real label either" },
  }),
  miget("storage", {
    name: "uploads",
    args: { mountPoint: "/data", storageAccess: "RWX", subPath: "uploads", diskSize: 1 },
    update: { diskSize: 2 },
  }),
  miget("storage", { name: "shared", args: { serviceId: 1, adopt: true } }),
  northflank("postgresql", {
    name: "billing-db",
    args: {
      version: "16-latest",
      description: "not a real description",
      tags: ["not-a-real-tag"],
      billing: {
        ...billing,
        replicas: 3,
        diskAutoscaling: { enabled: true, thresholdPercent: 75 },
      },
      infrastructure: { architecture: "x86" },
      metadata: { labels: { team: "not a real team" } },
      customCredentials: { dbName: "invoices" },
      tlsEnabled: true,
      externalAccessEnabled: true,
      ipPolicies: [{ addresses: ["192.0.2.0/24", "2001:db8::/32"], action: "ALLOW" }],
      typeSpecificSettings: {
        postgresqlWalLevel: "logical",
        postgresqlConnectionPoolerEnabled: true,
        postgresqlConnectionPoolerReplicas: 2,
      },
      backupSchedules: [nightly],
      passwordVersion: "1",
      keepOldPassword: false,
    },
    secret: ["description", "tags", "metadata", "customCredentials"],
    update: { billing: { ...billing, replicas: 3, storage: 12288 } },
  }),
  northflank("mysql", {
    name: "catalogue",
    args: { version: "8.0.39", tlsEnabled: true, vpcAccessible: true },
    update: { version: "8.0.40" },
  }),
  northflank("mongodb", {
    name: "documents",
    args: { version: "8.0.4", paused: true },
    update: { paused: false },
  }),
  northflank("redis", {
    name: "sessions",
    args: {
      name: "Sessions of the Shop",
      typeSpecificSettings: { redisMaxMemoryPolicy: "allkeys-lru" },
      waitForReady: true,
    },
    options: { customTimeouts: { delete: "3m" } },
    update: { passwordVersion: "2" },
  }),
  northflank("minio", {
    name: "files",
    args: { billing: { ...billing, storage: 12288 }, stageId: "production" },
  }),
  northflank("rabbitmq", { name: "mail-queue", args: { tlsEnabled: true } }),
  // Last, since each run after them would wait for them again.
  miget("postgres", {
    name: "unready",
    life: "unfinished",
    args: { postgresVersion: "17" },
    options: { customTimeouts: { create: "2s" } },
  }),
  northflank("postgresql", {
    name: "unready-db",
    life: "unfinished",
    args: {},
    options: { customTimeouts: { create: "2s" } },
  }),
];
