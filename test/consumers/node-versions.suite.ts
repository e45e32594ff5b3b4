import { expect } from "chai";
import { DEFAULT_APP, DEFAULT_PROJECT, startEmulator } from "../emulator/index";
import { createConsumer } from "../support/consumer";
import { parseRecord } from "../support/json";
import { nodeBinary, orSkip } from "../support/registry";
import { describeProgram } from "./observed";
import { filesOf, ways } from "./ways";

/** The oldest that package.json allows, and the newest of each line that is maintained. */
const versions = ["20.19.0", "22", "24"];

/** A life without the engine: both providers and a look-up. */
const life = `
const migetProvider = require("pulumi-paas-addons/miget/provider");
const northflankProvider = require("pulumi-paas-addons/northflank/provider");
const { getMigetAddons } = require("pulumi-paas-addons");
const appUuid = ${JSON.stringify(DEFAULT_APP)};

async function live(provider, given) {
  provider.configure({ config: { get: () => undefined } });
  const { inputs, failures } = await provider.check({}, given);
  if (failures.length > 0) throw new Error(JSON.stringify(failures));
  const { id, outs } = await provider.create(inputs);
  const { props } = await provider.read(id, outs);
  return { state: props.state, remove: () => provider.delete(id, props) };
}

(async () => {
  const common = { __provider: "" };
  const miget = await live(migetProvider, { ...common, appUuid, name: "orders", type: "mysql", mysqlVersion: "8.2" });
  const northflank = await live(northflankProvider, {
    ...common,
    projectId: ${JSON.stringify(DEFAULT_PROJECT)},
    name: "sessions",
    type: "redis",
    version: "latest",
    billing: { deploymentPlan: "nf-compute-20", storage: 4096, replicas: 1 },
  });
  const { addons } = await getMigetAddons({ appUuid });
  await Promise.all([miget.remove(), northflank.remove()]);
  const seen = { miget: miget.state, northflank: northflank.state, labels: addons.map(({ label }) => label) };
  console.log("lived: " + JSON.stringify({ ...seen, node: process.versions.node }));
})();
`;

for (const version of versions) {
  for (const way of ways) {
    describeProgram(`a program in ${way.title} on Node ${version}`, async () => {
      const node = await nodeBinary(version);
      const consumer = await createConsumer({ ...way.project, node, files: filesOf(way) });
      const outcome = await consumer.node(way.file, way.arguments);
      consumer.dispose();
      return outcome;
    });
  }

  describe(`the plugin's side on Node ${version}`, function () {
    this.timeout(600_000);

    it("creates, reads and deletes, and a look-up finds what was created", async function () {
      const node = await orSkip(this, () => nodeBinary(version));
      const consumer = await createConsumer({ node, files: { "life.js": life } });
      const emulator = await startEmulator({
        ...{ provisioningMs: 200, credentialsDelayMs: 50, deletionMs: 50, actionMs: 50 },
      });
      try {
        const { code, stdout, stderr } = await consumer.node("life.js", [], emulator.env());
        expect(code, stdout + stderr).to.equal(0);
        const line = stdout.split("\n").find((text) => text.startsWith("lived: ")) ?? "";
        const { node: running, ...seen } = parseRecord(line.slice("lived: ".length), stdout);
        expect(seen).to.deep.equal({ miget: "healthy", northflank: "running", labels: ["orders"] });
        expect(running).to.match(new RegExp(`^${version.replaceAll(".", "\\.")}(?:\\.|$)`));
        expect(emulator.miget.addons()).to.deep.equal([]);
        expect(emulator.violations).to.deep.equal([]);
      } finally {
        consumer.dispose();
        await emulator.close();
      }
    });
  });
}
