// A secret group that gives a service of the project the URL of its database.
import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import { NorthflankAddon } from "pulumi-paas-addons";

const config = new pulumi.Config();
const projectId = config.require("northflankProjectId");
const serviceId = config.require("serviceId");

const orders = new NorthflankAddon("orders", {
  projectId,
  type: "postgresql",
  version: "17-latest",
  billing: { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 },
  deletionProtection: true,
});

// The platform reads the add-on's credentials itself: no password leaves it, and a rotation is followed.
const group = pulumi.jsonStringify({
  name: "orders-database",
  type: "secret",
  secretType: "environment",
  priority: 10,
  restrictions: { restricted: true, nfObjects: [{ id: serviceId, type: "service" }] },
  addonDependencies: [
    { addonId: orders.addonId, keys: [{ keyName: "POSTGRES_URI", aliases: ["DATABASE_URL"] }] },
  ],
  secrets: { variables: {} },
});

const api = `https://api.northflank.com/v1/projects/${projectId}/secrets`;
const curl = `curl --fail-with-body --silent --show-error --header "Authorization: Bearer $TOKEN"`;
const json = `--header "Content-Type: application/json" --data @-`;

new command.local.Command("orders-database", {
  create: `${curl} --request PUT ${json} ${api}`,
  delete: `${curl} --request DELETE ${api}/orders-database`,
  stdin: group,
  environment: { TOKEN: new pulumi.Config("northflank").requireSecret("apiToken") },
  logging: "none",
});

export const addonId = orders.addonId;
