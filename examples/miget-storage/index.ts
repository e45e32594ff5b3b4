// Two volumes on Miget: one for a single node, one that several nodes may write to.
import * as pulumi from "@pulumi/pulumi";
import { MigetAddon } from "pulumi-paas-addons";

const config = new pulumi.Config();
const appUuid = config.require("migetAppUuid");

const uploads = new MigetAddon("uploads", {
  appUuid,
  type: "storage",
  mountPoint: "/data/uploads",
  storageAccess: "RWO",
  diskSize: 2,
});

const shared = new MigetAddon("shared", {
  appUuid,
  type: "storage",
  mountPoint: "/data/shared",
  storageAccess: "RWX",
  subPath: "production",
  diskSize: 1,
});

// A mount of a shared-storage service has `serviceId` in place of mount point and access.

export const uploadsUuid = uploads.uuid;
export const uploadsState = uploads.state;
export const sharedUuid = shared.uuid;
export const sharedState = shared.state;
