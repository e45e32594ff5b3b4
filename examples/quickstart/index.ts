// Three add-ons on two platforms: PostgreSQL on Miget, PostgreSQL and Redis on Northflank.
// The root Pulumi.yaml of the repository runs this program too.
import * as pulumi from "@pulumi/pulumi";
import { MigetAddon, NorthflankAddon } from "pulumi-paas-addons";

const config = new pulumi.Config();
const appUuid = config.require("migetAppUuid");
const projectId = config.require("northflankProjectId");

const orders = new MigetAddon("orders", {
  appUuid,
  type: "postgres",
  postgresVersion: "17",
  ramSize: 256, // MiB
  diskSize: 1, // GiB
});

const billing = new NorthflankAddon("billing-db", {
  projectId,
  type: "postgresql",
  version: "16-latest",
  billing: { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 },
  tlsEnabled: true,
});

const sessions = new NorthflankAddon("sessions", {
  projectId,
  type: "redis",
  version: "latest",
  billing: { deploymentPlan: "nf-compute-20", storage: 4096, replicas: 1 },
});

// Everything in `connection` is secret: see it with `pulumi stack output --show-secrets`.
export const ordersUuid = orders.uuid;
export const ordersState = orders.state;
export const ordersUri = orders.connection.uri;

export const billingId = billing.addonId;
export const billingState = billing.state;
export const billingUri = billing.connection.uri;

export const sessionsId = sessions.addonId;
export const sessionsState = sessions.state;
export const sessionsUri = sessions.connection.uri;
