import type { ResourceRows } from "../fields/resource";
import type { RemoteNorthflankAddon } from "./codecs";
import { fields } from "./fields";
import { outputs } from "./outputs";

/** NorthflankAddon, with all that is generated about it. */
export const addon: ResourceRows<RemoteNorthflankAddon> = {
  className: "NorthflankAddon",
  type: "northflank:Addon",
  platform: "Northflank",
  doc: "A managed database, cache, queue or object store of a Northflank project.",
  id: "<projectId>/<addonId>",
  example: `const orders = new NorthflankAddon("orders-db", {
  projectId: "demo-project",
  type: "postgresql",
  version: "16-latest",
  billing: { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 },
  tlsEnabled: true,
});
export const databaseUrl = orders.connection.uri;`,
  inputs: fields,
  outputs,
  groups: {
    billing: {
      doc: "Plan, disk and replicas. Most of it is changed in place; disk and replicas can only grow.",
      name: "NorthflankBilling",
      about: "What an add-on costs and how large it is.",
    },
    typeSpecificSettings: {
      doc: "Settings that only add-ons of one type have.",
      name: "NorthflankTypeSettings",
      about: "Settings of one database type. Some are fixed when the add-on is created.",
    },
  },
  args: [
    {
      name: "NorthflankAddonArgs",
      doc: "Inputs of {@link NorthflankAddon}. What is left out and has no default, Northflank decides; after that it is left alone. The facts about inputs are those of Northflank's API reference and guides.",
    },
  ],
};
