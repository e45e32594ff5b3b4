// A database and a user inside of an add-on, by the provider for PostgreSQL.
import * as pulumi from "@pulumi/pulumi";
import * as postgresql from "@pulumi/postgresql";
import { NorthflankAddon } from "pulumi-paas-addons";

const config = new pulumi.Config();

const server = new NorthflankAddon("server", {
  projectId: config.require("northflankProjectId"),
  type: "postgresql",
  version: "17-latest",
  billing: { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 },
  // Pulumi runs outside of the platform's network.
  tlsEnabled: true,
  externalAccessEnabled: true,
  deletionProtection: true,
});

const { external } = server.connection;
const admin = new postgresql.Provider("server", {
  host: external.apply((address) => address?.host ?? ""),
  port: external.apply((address) => address?.port ?? 0),
  username: server.username,
  password: server.password,
  database: server.database,
  // The add-on's user owns its database, and is no superuser.
  superuser: false,
});

const user = new postgresql.Role(
  "shop",
  { name: "shop", login: true, password: config.requireSecret("shopPassword") },
  { provider: admin },
);

const database = new postgresql.Database(
  "shop",
  { name: "shop", owner: user.name },
  { provider: admin },
);

export const databaseName = database.name;
