// One component for all environments: small and paused at night, or replicated, backed up and protected.
import * as pulumi from "@pulumi/pulumi";
import { NorthflankAddon } from "pulumi-paas-addons";

interface DatabaseArgs {
  projectId: pulumi.Input<string>;
  /** Production is replicated, backed up, and protected from deletion. */
  production: boolean;
  /** Stops it and keeps its data: for the night. */
  paused?: pulumi.Input<boolean>;
}

class Database extends pulumi.ComponentResource {
  readonly url: pulumi.Output<string>;

  constructor(name: string, args: DatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("acme:index:Database", name, {}, opts);
    const { projectId, production, paused = false } = args;
    const addon = new NorthflankAddon(
      name,
      {
        projectId,
        type: "postgresql",
        version: "17-latest",
        billing: production
          ? { deploymentPlan: "nf-compute-50", storage: 12288, replicas: 2 }
          : { deploymentPlan: "nf-compute-10", storage: 4096, replicas: 1 },
        tlsEnabled: production,
        paused,
        deletionProtection: production,
        backupSchedules: production
          ? [
              {
                backupType: "dump",
                scheduling: { interval: "daily", hour: [3], minute: [15] },
                retentionTime: 14, // days
              },
            ]
          : [],
      },
      { parent: this },
    );
    this.url = addon.url;
    this.registerOutputs({ url: this.url });
  }
}

const config = new pulumi.Config();
const stack = pulumi.getStack();

const database = new Database(`${stack}-app`, {
  projectId: config.require("northflankProjectId"),
  production: stack === "production",
  paused: config.getBoolean("paused") ?? false,
});

export const url = database.url;
