import { DEFAULT_APP, DEFAULT_PROJECT } from "../emulator/index";
import type { Harness } from "../support/harness";

/** One row per platform and add-on type: what the shared life cycle tests need to know of it. */
export interface Kind {
  readonly title: string;
  readonly platform: "miget" | "northflank";
  /** Inputs of a program, without defaults. */
  readonly inputs: Record<string, unknown>;
  /** Inputs that can be changed in place. */
  readonly update: Record<string, unknown>;
  /** Inputs that need a replacement. */
  readonly replace: Record<string, unknown>;
  /** Starts of the URI that its connection must have; undefined for one without. */
  readonly uri: RegExp | undefined;
  /** The names of what the emulator has. */
  existing(world: Harness): string[];
  /** Deletes it behind the provider's back. */
  removeElsewhere(world: Harness, id: string): void;
}

const miget = {
  platform: "miget" as const,
  existing: (world: Harness) => world.emulator.miget.addons().map(({ uuid }) => uuid),
  removeElsewhere: (world: Harness, id: string) =>
    world.emulator.miget.remove(id.split("/")[1] ?? ""),
};
const northflank = {
  platform: "northflank" as const,
  existing: (world: Harness) => world.emulator.northflank.addons().map(({ id }) => id),
  removeElsewhere: (world: Harness, id: string) =>
    world.emulator.northflank.remove(id.split("/")[1] ?? ""),
};
const app = { appUuid: DEFAULT_APP };
const plan = { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 };

export const kinds: readonly Kind[] = [
  {
    ...miget,
    title: "Miget postgres",
    inputs: {
      ...app,
      type: "postgres",
      name: "orders",
      postgresVersion: "17",
      ramSize: 256,
      diskSize: 0.5,
    },
    update: { label: "Orders", ramSize: 512, diskSize: 1, publicAccess: true },
    replace: { postgresVersion: "16" },
    uri: /^postgres:\/\/[^:]+:[^@]+@[^/]+:5432\/demo_db$/u,
  },
  {
    ...miget,
    title: "Miget mysql",
    inputs: { ...app, type: "mysql", name: "shop", mysqlVersion: "8.2", ramSize: 256 },
    update: { label: "Shop", ramSize: 512 },
    replace: { name: "store" },
    uri: /^mysql:\/\/[^:]+:[^@]+@[^/]+:3306\//u,
  },
  {
    ...miget,
    title: "Miget valkey",
    inputs: { ...app, type: "valkey", name: "cache", valkeyVersion: "7.2" },
    update: { cpuSize: 0.25 },
    replace: { valkeyVersion: "7" },
    uri: /^redis:\/\/[^@]*:[^@]+@[^/]+:6379/u,
  },
  {
    ...miget,
    title: "Miget storage",
    inputs: {
      ...app,
      type: "storage",
      name: "media",
      diskSize: 1,
      mountPoint: "/data",
      storageAccess: "RWX",
    },
    update: { diskSize: 2 },
    replace: { mountPoint: "/srv" },
    uri: undefined,
  },
  {
    ...northflank,
    title: "Northflank postgresql",
    inputs: {
      projectId: DEFAULT_PROJECT,
      type: "postgresql",
      name: "Orders DB",
      version: "16-latest",
      billing: plan,
      tlsEnabled: true,
    },
    update: {
      description: "Orders",
      externalAccessEnabled: true,
      ipPolicies: [{ addresses: ["192.0.2.10", "2001:db8::/32"], action: "ALLOW" }],
      billing: { deploymentPlan: "nf-compute-50", storage: 12288, replicas: 2 },
      version: "17-latest",
    },
    replace: { name: "orders-2" },
    uri: /^postgres(?:ql)?:\/\/[^:]+:[^@]+@[^/]+:5432\//u,
  },
  {
    ...northflank,
    title: "Northflank redis",
    inputs: {
      projectId: DEFAULT_PROJECT,
      type: "redis",
      name: "cache",
      version: "latest",
      billing: { ...plan, storage: 4096 },
    },
    update: { tlsEnabled: true, description: "Sessions" },
    replace: { name: "Cache 2" },
    uri: /^redis:\/\/[^@]*:[^@]+@[^/]+:6379/u,
  },
];
