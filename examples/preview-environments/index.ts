// The database of one environment: a stack for each pull request, which preview.ts makes and removes.
import * as pulumi from "@pulumi/pulumi";
import { NorthflankAddon } from "pulumi-paas-addons";

const config = new pulumi.Config();

const database = new NorthflankAddon(`${pulumi.getStack()}-shop`, {
  projectId: config.require("northflankProjectId"),
  type: "postgresql",
  version: "17-latest",
  billing: { deploymentPlan: "nf-compute-10", storage: 4096, replicas: 1 },
});

export const addonId = database.addonId;
export const url = database.url;
