import type { JsonObject } from "../../contract/json";

interface TypeSketch {
  readonly type: string;
  readonly name: string;
  readonly description: string;
  readonly versions: string[];
  readonly storage: number[];
  readonly replicas: number[];
  /** Features that this type lacks. */
  readonly without?: string[];
}

const features = [
  "backupsDump",
  "customDBName",
  "forkAddon",
  "importDump",
  "importLive",
  "scaleReplicas",
  "tls",
  "externalAccess",
];

const sketches: TypeSketch[] = [
  {
    type: "postgresql",
    name: "PostgreSQL",
    description: "Relational database",
    versions: ["18.0", "17.2", "16.5", "16.4", "15.9"],
    storage: [4096, 6144, 12288, 20480, 51200],
    replicas: [1, 2, 3, 5],
  },
  {
    type: "mysql",
    name: "MySQL",
    description: "Relational database",
    versions: ["8.4.3", "8.0.40", "8.0.39"],
    storage: [4096, 6144, 12288, 20480],
    replicas: [1, 3, 5],
  },
  {
    type: "mongodb",
    name: "MongoDB",
    description: "Document database",
    versions: ["8.0.4", "7.0.15", "6.0.19"],
    storage: [4096, 6144, 12288, 20480],
    replicas: [1, 2, 3, 5],
  },
  {
    type: "redis",
    name: "Redis",
    description: "In-memory store",
    versions: ["8.6.1", "8.6.0", "7.2.5"],
    storage: [4096, 6144, 12288],
    replicas: [1, 3, 5],
    without: ["customDBName", "forkAddon", "importLive"],
  },
  {
    type: "minio",
    name: "MinIO",
    description: "Object storage",
    versions: ["2025.4.22", "2024.11.7"],
    storage: [4096, 12288, 20480, 51200],
    replicas: [1, 4],
    without: ["customDBName", "forkAddon", "importDump", "importLive", "scaleReplicas"],
  },
  {
    type: "rabbitmq",
    name: "RabbitMQ",
    description: "Message broker",
    versions: ["4.0.5", "3.13.7"],
    storage: [4096, 6144, 12288],
    replicas: [1, 3, 5],
    without: ["backupsDump", "forkAddon", "importDump", "importLive"],
  },
];

const majorOf = (version: string) => version.split(".")[0] ?? version;

/** What listAddonTypes answers: the native databases and one custom type. */
export const addonTypes: JsonObject[] = [
  ...sketches.map((sketch): JsonObject => ({
    type: sketch.type,
    name: sketch.name,
    description: sketch.description,
    features: Object.fromEntries(
      features.map((name) => [name, !(sketch.without ?? []).includes(name)]),
    ),
    versions: sketch.versions,
    major: [...new Set(sketch.versions.map(majorOf))],
    resources: {
      storage: { options: sketch.storage, default: sketch.storage[0] ?? 4096 },
      replicas: { options: sketch.replicas, default: sketch.replicas[0] ?? 1 },
    },
  })),
  {
    type: "example-chart",
    name: "Example chart",
    description: "Custom type backed by a Helm chart",
    config: {},
    scope: "project",
  },
];

const plan = (size: number, cpuResource: number, ramResource: number): JsonObject => ({
  id: `nf-compute-${size}`,
  name: `nf-compute-${size}`,
  currency: "usd",
  amountPerMonth: size / 10,
  amountPerHour: size / 7200,
  cpuResource,
  ramResource,
});

/** What listPlans answers; prices are made up. */
export const plans: JsonObject[] = [
  plan(10, 0.1, 256),
  plan(20, 0.2, 512),
  plan(50, 0.5, 1024),
  plan(100, 1, 2048),
  plan(200, 2, 4096),
  plan(400, 4, 8192),
];
