// MongoDB on Northflank. `vars` holds everything that the platform gives, under its own names.
import * as pulumi from "@pulumi/pulumi";
import { NorthflankAddon } from "pulumi-paas-addons";

const config = new pulumi.Config();

const events = new NorthflankAddon("events-db", {
  projectId: config.require("northflankProjectId"),
  type: "mongodb",
  version: "latest",
  billing: { deploymentPlan: "nf-compute-50", storage: 12288, replicas: 1 },
  tlsEnabled: true,
});

export const addonId = events.addonId;
export const state = events.state;
export const uri = events.connection.uri;
export const adminUri = events.connection.adminUri;
export const vars = events.vars;
