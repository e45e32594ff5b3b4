// Redis on Northflank as a cache: when its memory is full, what was not used for longest goes.
import * as pulumi from "@pulumi/pulumi";
import { NorthflankAddon } from "pulumi-paas-addons";

const config = new pulumi.Config();

const pages = new NorthflankAddon("page-cache", {
  projectId: config.require("northflankProjectId"),
  type: "redis",
  version: "latest",
  billing: { deploymentPlan: "nf-compute-20", storage: 4096, replicas: 1 },
  tlsEnabled: true,
  typeSpecificSettings: { redisMaxMemoryPolicy: "allkeys-lru" },
});

export const addonId = pages.addonId;
export const state = pages.state;
// rediss://, since TLS is on.
export const uri = pages.connection.uri;
