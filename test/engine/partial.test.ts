import { expect } from "chai";
import { DEFAULT_APP, DEFAULT_PROJECT } from "../emulator/index";
import { recordAt, textOf } from "../support/json";
import { migetAddon, northflankAddon } from "./addons";
import { describeOnBackends } from "./backends";
import type { Declared } from "./program";
import { Secrets } from "./secrets";
import { did, each, stages } from "./stack";

const billing = { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 };
const impatient = { customTimeouts: { create: "3s" } };

const stuck: Declared[] = [
  {
    name: "orders",
    class: "MigetAddon",
    args: { appUuid: DEFAULT_APP, type: "postgres", postgresVersion: "17" },
    options: impatient,
  },
  {
    name: "billing-db",
    class: "NorthflankAddon",
    args: { projectId: DEFAULT_PROJECT, type: "postgresql", version: "16-latest", billing },
    options: impatient,
  },
];

const broken: Declared[] = [
  {
    name: "shop",
    class: "MigetAddon",
    args: { appUuid: DEFAULT_APP, type: "mysql", mysqlVersion: "8.2" },
  },
  {
    name: "sessions",
    class: "NorthflankAddon",
    args: { projectId: DEFAULT_PROJECT, type: "redis", version: "latest", billing },
  },
];

const doomed: Declared[] = [
  {
    name: "queue",
    class: "MigetAddon",
    args: { appUuid: DEFAULT_APP, type: "valkey", valkeyVersion: "7.2" },
    options: impatient,
  },
  {
    name: "mail-queue",
    class: "NorthflankAddon",
    args: { projectId: DEFAULT_PROJECT, type: "rabbitmq", version: "latest", billing },
  },
];

const namesOf = (declared: readonly Declared[]) => declared.map(({ name }) => name);

describeOnBackends("creations that do not end well", function ({ stackFor, further }) {
  this.timeout(60_000);
  stages();

  const stack = stackFor();
  let secrets: Secrets;

  before(() => {
    secrets = new Secrets(stack());
  });

  afterEach(() => {
    expect(stack().emulator.violations).to.deep.equal([]);
    secrets.collect();
  });

  it("keep what never becomes ready within its time limit, and say so", async () => {
    const { emulator, project } = stack();
    emulator.miget.nextOutcome("processing");
    emulator.northflank.nextOutcome("allocating");
    stack().declare(stuck);
    const result = await stack().up({ expect: "failure" });
    expect(did(result)).to.deep.equal(each(namesOf(stuck), "create"));
    expect(result.output)
      .to.match(/"orders" of app .* was still in state "processing" when the time limit of 3 s/)
      .and.to.match(/"billing-db" of project .* was still in state "allocating"/);
    expect(result.output).not.to.match(/\n\s+at .*:\d+:\d+/);

    const ids = [migetAddon(emulator, "postgres").uuid, northflankAddon(emulator, "postgresql").id];
    const resources = await project.resources();
    expect(resources.map(({ id }) => id.split("/")[1])).to.have.members(ids);
    for (const { name, initErrors, outputs } of resources) {
      expect(initErrors.join(), name).to.contain("time limit");
      expect(outputs.__provider, name).to.match(/^exports\.handler = /);
    }
  });

  it("go on with these at the next up, without creating them again", async () => {
    const { emulator } = stack();
    emulator.miget.setState(migetAddon(emulator, "postgres").uuid, "healthy");
    emulator.northflank.setStatus("billing-db", "running");
    // Two further ones fail in the same run.
    emulator.miget.nextOutcome("failed");
    emulator.northflank.nextOutcome("failed");
    stack().declare([...stuck, ...broken]);
    const result = await stack().up({ expect: "failure" });
    expect(did(result)).to.deep.equal({
      ...each(namesOf(stuck), "update"),
      ...each(namesOf(broken), "create"),
    });
    const created = stack().emulator.requests.filter(
      ({ operationId }) => operationId === "createAddon",
    );
    expect(created).to.have.lengthOf(broken.length);

    for (const name of namesOf(broken)) {
      const message = new RegExp(`"${name}" of .* is in state "failed", which does not get better`);
      expect(result.output).to.match(message);
    }
  });

  further("resume what failed as well, once the platform has it running", async () => {
    const { emulator, project } = stack();
    emulator.miget.setState(migetAddon(emulator, "mysql").uuid, "healthy");
    emulator.northflank.setStatus("sessions", "running");
    // Two more never become ready, to be destroyed so.
    emulator.miget.nextOutcome("processing");
    emulator.northflank.nextOutcome("failed");
    stack().declare([...stuck, ...broken, ...doomed]);
    const result = await stack().up({ expect: "failure" });
    expect(did(result)).to.deep.equal({
      ...each(namesOf(stuck), "same"),
      ...each(namesOf(broken), "update"),
      ...each(namesOf(doomed), "create"),
    });
    expect(stack().count("POST")).to.equal(doomed.length);
    for (const { name, initErrors, outputs } of await project.resources({ showSecrets: true })) {
      if (namesOf(doomed).includes(name)) continue;
      expect(initErrors, name).to.deep.equal([]);
      const connection = textOf(recordAt(outputs, "connection").plaintext);
      expect(connection, name).to.match(/"uri":"(postgres|postgresql|mysql|redis):\/\//);
    }
  });

  it("can be destroyed while they are not ready", async () => {
    const { emulator } = stack();
    await stack().destroy();
    expect([...emulator.miget.addons(), ...emulator.northflank.addons()]).to.deep.equal([]);
  });

  it("show no secret", () => {
    expect(secrets.leaks()).to.deep.equal([]);
  });
});
