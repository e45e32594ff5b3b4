// A program with unit tests: the newest PostgreSQL 16 on the smallest plan that is large enough.
import * as pulumi from "@pulumi/pulumi";
import {
  getNorthflankAddonVersionsOutput,
  getNorthflankPlansOutput,
  NorthflankAddon,
} from "pulumi-paas-addons";

const config = new pulumi.Config();
const inProduction = pulumi.getStack() === "production";

const invoices = new NorthflankAddon(
  "invoices-db",
  {
    projectId: config.require("northflankProjectId"),
    type: "postgresql",
    version: getNorthflankAddonVersionsOutput({ type: "postgresql", version: "16-latest" }).latest,
    billing: {
      deploymentPlan: getNorthflankPlansOutput({ minMemory: 512 }).smallest.id,
      storage: 6144, // MB
      replicas: inProduction ? 2 : 1,
    },
    tlsEnabled: true,
  },
  { protect: inProduction },
);

export const addonId = invoices.addonId;
export const version = invoices.version;
export const databaseUrl = invoices.connection.uri;
