// RabbitMQ on Northflank. `connection.database` is the vhost.
import * as pulumi from "@pulumi/pulumi";
import { NorthflankAddon } from "pulumi-paas-addons";

const config = new pulumi.Config();

const jobs = new NorthflankAddon("jobs", {
  projectId: config.require("northflankProjectId"),
  type: "rabbitmq",
  version: "latest",
  billing: { deploymentPlan: "nf-compute-20", storage: 4096, replicas: 1 },
  tlsEnabled: true,
});

export const addonId = jobs.addonId;
export const state = jobs.state;
export const uri = jobs.connection.uri;
export const vhost = jobs.connection.database;
