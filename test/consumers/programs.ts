/** The programs of users, by the way in which they load the package; all declare the same. */
const body = `
const orders = new MigetAddon("orders", {
  appUuid: "00000000-0000-4000-8000-00000000a990",
  type: "postgres",
  postgresVersion: "17",
  creationMode: "external_replica",
  externalHost: "db.example.com",
  authType: "password",
  replicationUsername: "replicator",
  replicationPassword: "not-a-real-password",
}, { customTimeouts: { create: "30m" } });

const sessions = new NorthflankAddon("sessions", {
  projectId: "demo-project",
  type: "redis",
  version: "latest",
  billing: { deploymentPlan: getNorthflankPlansOutput({ minCpu: 0.2 }).smallest.id, storage: orders.uuid.apply(() => 4096), replicas: 1 },
  description: pulumi.secret("not-a-real-description"),
}, { additionalSecretOutputs: ["region"] });

pulumi.all([orders.connection.uri, sessions.state]).apply(([uri, state]) => {
  console.log("program: " + uri + " " + state);
});
`;

const requires = `const pulumi = require("@pulumi/pulumi");
const { getNorthflankPlansOutput, MigetAddon, NorthflankAddon } = require("pulumi-paas-addons");
`;
const imports = `import * as pulumi from "@pulumi/pulumi";
import { getNorthflankPlansOutput, MigetAddon, NorthflankAddon } from "pulumi-paas-addons";
`;

export const commonjsProgram = requires + body;
export const moduleProgram = imports + body;

/**
 * Loaded before the program: plays the engine with the SDK's mocks, and prints in the end what was
 * registered, as it would go over the wire, and which modules are loaded.
 */
export const observer = `
const pulumi = require("@pulumi/pulumi");
const { MockMonitor } = require("@pulumi/pulumi/runtime/mocks");

const resources = [];
const register = MockMonitor.prototype.registerResource;
MockMonitor.prototype.registerResource = function (request, callback) {
  resources.push({
    name: request.getName(),
    type: request.getType(),
    inputs: request.getObject().toJavaScript(),
    secrets: request.getAdditionalsecretoutputsList(),
  });
  return register.call(this, request, callback);
};
pulumi.runtime.setMocks({
  call: ({ token, inputs }) => {
    const smallest = { id: token === "paas-addons:northflank:getPlans" ? "nf-compute-" + 100 * inputs.minCpu : "" };
    return { plans: [smallest], smallest };
  },
  newResource: ({ name, inputs }) => ({
    id: name + "-id",
    state: { ...inputs, uuid: name + "-uuid", state: "ready", connection: { uri: "uri://" + name } },
  }),
});
process.once("beforeExit", () => {
  const modules = Object.keys(require.cache).map((path) => path.replaceAll("\\\\", "/"));
  console.log("observed: " + JSON.stringify({ resources, modules }));
});
`;

/** What the SDK does with a TypeScript program whose project has no TypeScript of its own. */
export const vendoredTypeScript = `
require("@pulumi/pulumi/vendor/ts-node@7.0.1").register({
  compiler: require.resolve("@pulumi/pulumi/vendor/typescript@3.8.3/typescript.js"),
  skipProject: true,
  compilerOptions: { target: "ES2020", module: "commonjs", moduleResolution: "node", strict: true, types: [] },
});
`;
