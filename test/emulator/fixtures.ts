import type { JsonObject } from "../contract/json";
import { DEFAULT_APP, DEFAULT_PROJECT } from "./index";

export const addonsPath = `/apps/${DEFAULT_APP}/addons`;
export const projectPath = `/projects/${DEFAULT_PROJECT}/addons`;

export const migetBodies = {
  postgres: { type: "postgres", label: "Orders", postgres_version: "17" },
  mysql: { type: "mysql", label: "Shop", mysql_version: "8.2" },
  valkey: { type: "valkey", label: "Cache", valkey_version: "7.2" },
  storage: { type: "storage", label: "Uploads", mount_point: "/data", storage_access: "RWO" },
} as const;

const billing = { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 };

export const northflankBody = (type: string, fields: JsonObject = {}): JsonObject => ({
  name: "Orders DB",
  type,
  version: "latest",
  billing,
  ...fields,
});

export const nativeTypes = [
  "postgresql",
  "mysql",
  "mongodb",
  "redis",
  "minio",
  "rabbitmq",
] as const;
