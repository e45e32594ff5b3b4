// A Kubernetes Secret with the URL of a database, for the pods of an app.
import { Secret } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { NorthflankAddon } from "pulumi-paas-addons";

const config = new pulumi.Config();

const orders = new NorthflankAddon("orders", {
  projectId: config.require("northflankProjectId"),
  type: "postgresql",
  version: "17-latest",
  billing: { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 },
  // The cluster reaches it from outside.
  tlsEnabled: true,
  externalAccessEnabled: true,
  deletionProtection: true,
});

const secret = new Secret("orders-database", {
  metadata: { name: "orders-database" },
  stringData: { DATABASE_URL: orders.externalUrl },
});

export const secretName = secret.metadata.name;
