// Hands the connection data of two add-ons to an application: as a map of variables for whatever
// deploys it, and as the text of a .env file. Needs no other provider.
import * as pulumi from "@pulumi/pulumi";
import { MigetAddon, NorthflankAddon } from "pulumi-paas-addons";

const config = new pulumi.Config();

const database = new MigetAddon("invoices", {
  appUuid: config.require("migetAppUuid"),
  type: "postgres",
  postgresVersion: "17",
});

const queue = new NorthflankAddon("mail-queue", {
  projectId: config.require("northflankProjectId"),
  type: "rabbitmq",
  version: "latest",
  billing: { deploymentPlan: "nf-compute-20", storage: 4096, replicas: 1 },
});

// One property of an output is an output. What is made of a secret one is secret too.
const { host, port, database: dbName, username, password } = database.connection;

/** Variables under the names that the application wants. */
const chosen = {
  DATABASE_URL: database.connection.uri,
  // Some clients want another form than the ordinary URL.
  JDBC_URL: pulumi.interpolate`jdbc:postgresql://${host}:${port}/${dbName}`,
  JDBC_USER: username,
  JDBC_PASSWORD: password,
  AMQP_URL: queue.connection.uri,
};

/** Those, and all that the platform gives for the queue, under its own names. */
export const environment = pulumi
  .all([chosen, queue.vars])
  .apply(([variables, vars]) => ({ ...prefixed("QUEUE_", vars), ...variables }));

/** `pulumi stack output dotenv --show-secrets > .env` */
export const dotenv = environment.apply((variables) =>
  Object.entries(variables)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}\n`)
    .join(""),
);

/** A part that need not be kept secret must be said not to be. */
export const databaseHost = pulumi.unsecret(
  database.connection.apply((connection) => connection.host),
);

function prefixed(prefix: string, vars: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(vars).map(([name, value]) => [prefix + name, value]));
}
