// PostgreSQL on Miget that can be reached from the internet as well as from its app.
import * as pulumi from "@pulumi/pulumi";
import { MigetAddon } from "pulumi-paas-addons";

const config = new pulumi.Config();

const ledger = new MigetAddon(
  "ledger",
  {
    appUuid: config.require("migetAppUuid"),
    type: "postgres",
    postgresVersion: "17",
    label: "Ledger",
    ramSize: 512,
    diskSize: 2,
    publicAccess: true,
    // High availability: one primary and two replicas. It can be switched on later, in place.
    // instances: 3,
  },
  // A large database may take longer than the default of 15 minutes.
  { customTimeouts: { create: "30m" } },
);

export const uuid = ledger.uuid;
export const assignedName = ledger.assignedName;
export const state = ledger.state;
// Inside the platform's network, and from elsewhere.
export const uri = ledger.connection.uri;
export const externalUri = ledger.connection.apply(({ external }) => external?.uri);
