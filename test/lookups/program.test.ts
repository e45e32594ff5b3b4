import { expect } from "chai";
import { DEFAULT_APP, DEFAULT_PROJECT, startEmulator } from "../emulator/index";
import { createConsumer } from "../support/consumer";
import { parseRecord } from "../support/json";

/** Prints what `work` fills `seen` with; what fails becomes its message. */
const program = (work: string) => `
const pulumi = require("@pulumi/pulumi");
const addons = require("pulumi-paas-addons");
const seen = {};
const failure = (promise) => promise.then(() => "no failure", (error) => error.name + " " + error.message);
const promiseOf = (output) => output.promise(true);
// The engine reports the outputs that nobody takes; here they are looked at one by one.
process.on("unhandledRejection", () => undefined);
(async () => {
  ${work}
  console.log(JSON.stringify(seen));
})();
`;

async function run(work: string, env: Record<string, string> = {}) {
  const consumer = await createConsumer({ files: { "index.js": program(work) } });
  const outcome = await consumer.node("index.js", [], env);
  consumer.dispose();
  expect(outcome.code, outcome.stderr).to.equal(0);
  return parseRecord(outcome.stdout, "what the program saw");
}

const projectId = JSON.stringify(DEFAULT_PROJECT);
const appUuid = JSON.stringify(DEFAULT_APP);

describe("a program's look-ups", function () {
  this.timeout(120_000);

  it("ask the platforms that the environment names, once, and let the program end", async () => {
    const emulator = await startEmulator();
    try {
      emulator.miget.seed(DEFAULT_APP, { type: "mysql", label: "Shop", mysql_version: "8.2" });
      const seen = await run(
        `
        const versions = () => addons.getNorthflankAddonVersions({ type: "postgresql" });
        seen.latest = (await Promise.all([versions(), versions()]))[0].latest;
        seen.types = (await addons.getNorthflankAddonTypes()).addonTypes.length;
        seen.plan = (await promiseOf(addons.getNorthflankPlansOutput())).smallest.id;
        seen.projects = (await addons.getNorthflankAddons({ projectId: ${projectId} })).addons;
        const secret = addons.getMigetAddonsOutput({ appUuid: pulumi.secret(${appUuid}) });
        seen.labels = (await promiseOf(secret)).addons.map(({ label }) => label);
        seen.isSecret = await pulumi.isSecret(secret);
        `,
        emulator.env(),
      );
      expect(seen).to.deep.equal({
        latest: "18.0",
        types: 7,
        plan: "nf-compute-10",
        projects: [],
        labels: ["Shop"],
        isSecret: true,
      });
      expect(emulator.requests).to.have.length(4);
      expect(emulator.violations).to.deep.equal([]);
    } finally {
      await emulator.close();
    }
  });

  it("fail with what to do, as errors that the engine shows without a stack", async () => {
    const seen = await run(`
      seen.token = await failure(addons.getNorthflankPlans());
      seen.output = await failure(addons.getMigetAddons({ appUuid: pulumi.output("a") }));
      const secret = addons.getMigetAddonsOutput({ appUuid: pulumi.secret("canary/a") });
      process.env.MIGET_API_TOKEN = "FAKE-token";
      seen.secret = await failure(promiseOf(secret));
    `);
    expect(seen.token).to.match(
      /^(?:Run)?Error getNorthflankPlans: Northflank needs an API token\. Run `pulumi config set/,
    );
    expect(seen.output).to.contain("appUuid is an Output. Use getMigetAddonsOutput");
    expect(seen.secret).to.contain("getMigetAddons: ").and.not.to.contain("canary");
  });

  it("are answered by the mocks of a unit test, and ask nobody else", async () => {
    const seen = await run(`
      const calls = [];
      await pulumi.runtime.setMocks({
        newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
        call: ({ token, inputs }) => {
          calls.push([token, inputs]);
          if (token.endsWith("Versions")) return { versions: ["17.2"], latest: "17.2" };
          if (token.endsWith("Plans")) return { plans: [], smallest: { id: "small" } };
          return inputs.projectId === "bad" ? {} : { addons: [], addonTypes: [] };
        },
      });
      seen.latest = (await addons.getNorthflankAddonVersions({ type: "postgresql" })).latest;
      seen.plan = await promiseOf(addons.getNorthflankPlansOutput({ minCpu: pulumi.output(1) }).smallest.id);
      await addons.getNorthflankAddonTypes();
      await addons.getNorthflankAddons({ projectId: "p" });
      await addons.getMigetAddons({ appUuid: "a" });
      seen.bad = await failure(addons.getNorthflankAddons({ projectId: "bad" }));
      seen.calls = calls;
    `);
    expect(seen).to.deep.equal({
      latest: "17.2",
      plan: "small",
      bad: "Error getNorthflankAddons: the mocks' call for paas-addons:northflank:getAddons must answer an object with addons.",
      calls: [
        ["paas-addons:northflank:getAddonVersions", { type: "postgresql" }],
        ["paas-addons:northflank:getPlans", { minCpu: 1 }],
        ["paas-addons:northflank:getAddonTypes", {}],
        ["paas-addons:northflank:getAddons", { projectId: "p" }],
        ["paas-addons:miget:getAddons", { appUuid: "a" }],
        ["paas-addons:northflank:getAddons", { projectId: "bad" }],
      ],
    });
  });

  it("are unknown while an argument or a resource that they come after is, and ask nobody", async () => {
    const seen = await run(`
      await pulumi.runtime.setMocks({
        newResource: ({ name, inputs }) => ({ id: undefined, state: { ...inputs, uuid: undefined } }),
        call: ({ token, inputs }) => { throw new Error("asked " + token); },
      }, "project", "stack", true);
      const made = new addons.MigetAddon("made", { appUuid: "a", type: "mysql", mysqlVersion: "8.2" });
      const known = (output) => output.isKnown;
      const unknown = pulumi.output(new Promise((done) => made.id.isKnown.then(() => done(made.id))));
      seen.argument = await known(addons.getMigetAddonsOutput({ appUuid: unknown }));
      seen.after = await known(addons.getNorthflankPlansOutput({}, { dependsOn: [made] }));
    `);
    expect(seen).to.deep.equal({ argument: false, after: false });
  });
});
