// Takes over an add-on that was made elsewhere, and reads another one without managing it.
import * as pulumi from "@pulumi/pulumi";
import { MigetAddon, NorthflankAddon } from "pulumi-paas-addons";

const config = new pulumi.Config();

// `adopt: true` takes over the add-on with this name; if there is none, one is created. The inputs
// must say what is there: a difference that can be changed in place is, any other is an error.
const legacy = new NorthflankAddon(
  "legacy-db",
  {
    projectId: config.require("northflankProjectId"),
    type: "postgresql",
    version: "16-latest",
    billing: { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 },
    description: "Managed by Pulumi",
    adopt: true,
  },
  // From now on `pulumi destroy` deletes it. With `protect` it refuses to; with `retainOnDelete` it
  // only forgets it.
  { protect: config.getBoolean("protect") ?? true },
);

// `get` never changes or deletes anything. The id is <appUuid>/<uuid>.
const reports = MigetAddon.get("reports", config.require("existingMigetAddon"));

export const legacyId = legacy.addonId;
export const legacyUri = legacy.connection.uri;
export const reportsType = reports.type;
export const reportsState = reports.state;
export const reportsUri = reports.connection.uri;
