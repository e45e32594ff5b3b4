import { expect } from "chai";
import { DEFAULT_APP, DEFAULT_PROJECT } from "../emulator/index";
import { describeWithCli } from "../support/skip";
import { did, stackFor, stages, uriIn } from "./stack";

const app = JSON.stringify(DEFAULT_APP);
const project = JSON.stringify(DEFAULT_PROJECT);
const imports = `
const pulumi = require("@pulumi/pulumi");
const addons = require("pulumi-paas-addons");
`;

/** The newest version and the smallest plan for new add-ons, and the existing ones read by their ids. */
const program = `${imports}
module.exports = async () => {
  const { latest } = await addons.getNorthflankAddonVersions({ type: "postgresql" });
  const { smallest } = await addons.getNorthflankPlans();
  const orders = new addons.NorthflankAddon("orders", {
    projectId: ${project},
    type: "postgresql",
    version: latest,
    billing: { deploymentPlan: smallest.id, storage: 4096, replicas: 1 },
  });
  const version = addons.getNorthflankAddonVersionsOutput({ type: "redis", version: "7-latest" }).latest;
  const plan = addons.getNorthflankPlansOutput({ minMemory: 1024 }).smallest.id;
  for (let index = 0; index < 5; index += 1) {
    new addons.NorthflankAddon("cache-" + index, {
      projectId: ${project},
      type: "redis",
      version,
      billing: { deploymentPlan: plan, storage: 4096, replicas: 1 },
    });
  }
  const shared = await addons.getNorthflankAddons({ projectId: ${project}, type: "rabbitmq" });
  const reports = await addons.getMigetAddons({ appUuid: ${app} });
  const read = [
    ...shared.addons.map(({ name, id }) => addons.NorthflankAddon.get(name, id)),
    ...reports.addons.map(({ label, id }) => addons.MigetAddon.get(label, id)),
  ];
  const after = addons.getNorthflankAddonsOutput({ projectId: ${project} }, { dependsOn: orders });
  return {
    latest,
    ...Object.fromEntries(read.map(({ connection }, index) => ["read" + index + ".connection", connection])),
    after: after.addons.apply((all) => all.map(({ addonId }) => addonId)),
  };
};
`;

describeWithCli("look-ups", function () {
  this.timeout(120_000);
  stages();

  const stack = stackFor();

  before(() => {
    const { miget, northflank } = stack().emulator;
    const billing = { deploymentPlan: "nf-compute-50", storage: 4096, replicas: 1 };
    northflank.seed({ name: "shared-queue", type: "rabbitmq", version: "4.0.5", billing });
    miget.seed(DEFAULT_APP, { type: "mysql", label: "reports", mysql_version: "8.2" });
    stack().project.setProgram(program);
  });

  afterEach(() => {
    expect(stack().emulator.violations).to.deep.equal([]);
  });

  /** How often each of the calls that look-ups make was made. */
  const looks = () => {
    const { requests } = stack().emulator;
    const count = (operationId: string) =>
      requests.filter((request) => request.operationId === operationId).length;
    return { types: count("listAddonTypes"), plans: count("listPlans") };
  };

  it("ask in the preview, where an answer that comes after a new add-on is unknown", async () => {
    const result = await stack().preview();
    expect(did(result)).to.deep.include({ orders: ["create"], "cache-4": ["create"] });
    expect(stack().writes()).to.deep.equal([]);
    // Once by the program, and once by the provider's own look at the catalogue.
    expect(looks()).to.deep.equal({ types: 2, plans: 2 });
  });

  it("give add-ons their newest version and smallest plan, and find those that exist", async () => {
    const result = await stack().up();
    expect(did(result)).to.deep.include({
      orders: ["create"],
      "shared-queue": ["read"],
      reports: ["read"],
    });
    const { northflank } = stack().emulator;
    const { input: orders } = northflank.get("orders");
    expect(orders.version).to.equal("18.0");
    expect(orders.billing).to.include({ deploymentPlan: "nf-compute-10" });
    const { input: cache } = northflank.get("cache-3");
    expect(cache.version).to.equal("7.2.5");
    expect(cache.billing).to.include({ deploymentPlan: "nf-compute-50" });
    const outputs = await stack().outputs();
    expect(outputs.latest).to.equal("18.0");
    expect(uriIn(outputs, "read0")).to.match(/^amqps?:/);
    expect(uriIn(outputs, "read1")).to.match(/^mysql:/);
    expect(outputs.after).to.include.members(["orders", "shared-queue"]);
  });

  it("change nothing when run again", async () => {
    const result = await stack().up();
    expect(Object.values(did(result)).flat()).not.to.include.members(["update"]);
    expect(stack().writes()).to.deep.equal([]);
  });

  it("that fail say why in a line, with nothing of the package's inside", async () => {
    stack().project.setProgram(
      `${imports}module.exports = () => addons.getNorthflankAddonVersions({ type: "postgres" });`,
    );
    const { output } = await stack().preview({ expect: "failure" });
    expect(output).to.contain(
      'getNorthflankAddonVersions: Northflank offers no add-on type "postgres"; the nearest is "postgresql"',
    );
    expect(output).not.to.contain("pulumi-paas-addons/dist");
    stack().project.setProgram(
      `${imports}exports.all = addons.getMigetAddonsOutput({ appUuid: pulumi.secret("canary/a") });`,
    );
    const secret = await stack().preview({ expect: "failure" });
    expect(secret.output).to.contain("getMigetAddons: ").and.not.to.contain("canary");
    expect(secret.output).not.to.contain("pulumi-paas-addons/dist");
  });
});
