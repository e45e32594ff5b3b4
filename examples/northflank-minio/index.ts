// MinIO on Northflank, an object store that S3 clients can use, with a public endpoint.
import * as pulumi from "@pulumi/pulumi";
import { NorthflankAddon } from "pulumi-paas-addons";

const config = new pulumi.Config();

const assets = new NorthflankAddon("assets", {
  projectId: config.require("northflankProjectId"),
  type: "minio",
  version: "latest",
  billing: { deploymentPlan: "nf-compute-50", storage: 12288, replicas: 1 },
  tlsEnabled: true,
  externalAccessEnabled: true,
});

export const addonId = assets.addonId;
export const state = assets.state;
export const endpoint = assets.connection.uri;
export const externalEndpoint = assets.connection.apply(({ external }) => external?.uri);
export const accessKey = assets.connection.username;
export const secretKey = assets.connection.password;
