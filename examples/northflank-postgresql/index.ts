// PostgreSQL on Northflank with backups, connection poolers and a public endpoint for one network.
import * as pulumi from "@pulumi/pulumi";
import { NorthflankAddon } from "pulumi-paas-addons";

const config = new pulumi.Config();

const accounts = new NorthflankAddon("accounts-db", {
  projectId: config.require("northflankProjectId"),
  type: "postgresql",
  // The newest 16. An exact version such as "16.4" stays as it is.
  version: "16-latest",
  description: "Accounts and logins",
  billing: {
    deploymentPlan: "nf-compute-50",
    storage: 6144, // MB
    replicas: 2,
    diskAutoscaling: { enabled: true, thresholdPercent: 75, maxSizeMib: 20480 },
  },
  tlsEnabled: true,
  externalAccessEnabled: true,
  ipPolicies: [{ addresses: ["192.0.2.0/24", "2001:db8::/48"], action: "ALLOW" }],
  typeSpecificSettings: {
    postgresqlConnectionPoolerEnabled: true,
    postgresqlConnectionPoolerReplicas: 2,
  },
  backupSchedules: [
    {
      backupType: "dump",
      scheduling: { interval: "daily", hour: [3], minute: [15] },
      retentionTime: 14, // days
      compressionType: "zstd",
    },
    {
      backupType: "snapshot",
      scheduling: { interval: "weekly", day: [6], hour: [4], minute: [0] },
      retentionTime: 35,
    },
  ],
});

export const addonId = accounts.addonId;
export const state = accounts.state;
export const resolvedVersion = accounts.resolvedVersion;
export const uri = accounts.connection.uri;
export const externalUri = accounts.connection.apply(({ external }) => external?.uri);
