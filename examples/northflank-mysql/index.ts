// MySQL on Northflank with a database name of its own. Its TLS is fixed at creation.
import * as pulumi from "@pulumi/pulumi";
import { NorthflankAddon } from "pulumi-paas-addons";

const config = new pulumi.Config();

const catalogue = new NorthflankAddon("catalogue-db", {
  projectId: config.require("northflankProjectId"),
  type: "mysql",
  version: "latest",
  billing: { deploymentPlan: "nf-compute-50", storage: 6144, replicas: 1 },
  tlsEnabled: true,
  customCredentials: { dbName: "catalogue" },
  // High availability is fixed at creation too, and needs three replicas:
  // typeSpecificSettings: { mysqlHaModeEnabled: true, mysqlHaRouterEnabled: true },
});

export const addonId = catalogue.addonId;
export const state = catalogue.state;
export const uri = catalogue.connection.uri;
