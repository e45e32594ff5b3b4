import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_APP, DEFAULT_PROJECT, startEmulator, type Emulator } from "../emulator/index";
import { createConsumer } from "../support/consumer";
import { createProject } from "../support/engine";
import { orSkip, toolFolder } from "../support/registry";
import { describeWithCli } from "../support/skip";
import { describeProgram } from "./observed";
import { moduleProgram, observer } from "./programs";

/** Bundles a program into one file that needs the SDK only. */
async function bundle(program: string): Promise<string> {
  const esbuild = join(await toolFolder("esbuild", "0.28"), "bin/esbuild");
  const consumer = await createConsumer({ files: { "index.ts": program } });
  const options = ["--bundle", "--platform=node", "--external:@pulumi/pulumi", "--outfile=out.js"];
  const outcome = await consumer.node(esbuild, [], {}, ["index.ts", ...options]);
  expect(outcome.code, outcome.stderr).to.equal(0);
  const text = readFileSync(join(consumer.folder, "out.js"), "utf8");
  consumer.dispose();
  return text;
}

/** Parts of the bundle have no file of their own, so the observer sees the bundle only. */
describeProgram(
  "a program bundled by esbuild",
  async () => {
    const files = { "out.js": await bundle(moduleProgram), "observe.cjs": observer };
    const consumer = await createConsumer({ files });
    const outcome = await consumer.node("out.js", ["--require", "./observe.cjs"]);
    consumer.dispose();
    return outcome;
  },
  [],
);

const program = `
import { getNorthflankPlansOutput, MigetAddon, NorthflankAddon } from "pulumi-paas-addons";
const orders = new MigetAddon("orders", {
  appUuid: ${JSON.stringify(DEFAULT_APP)}, type: "mysql", mysqlVersion: "8.2",
});
const deploymentPlan = getNorthflankPlansOutput({ minMemory: 512 }).smallest.id;
const sessions = new NorthflankAddon("sessions", {
  projectId: ${JSON.stringify(DEFAULT_PROJECT)},
  type: "redis",
  version: "latest",
  billing: { deploymentPlan, storage: 4096, replicas: 1 },
});
export const states = [orders.state, sessions.state];
`;

describeWithCli("a bundled program on the engine", function () {
  this.timeout(300_000);

  let emulator: Emulator;
  let bundled: string;

  before(async function () {
    bundled = await orSkip(this, () => bundle(program));
    emulator = await startEmulator({ provisioningMs: 200, credentialsDelayMs: 50, deletionMs: 50 });
  });

  after(async () => {
    // It is not there where the suite was skipped.
    if (typeof emulator === "object") await emulator.close();
  });

  it("creates add-ons and looks things up, where the package is installed beside it", async () => {
    const project = await createProject({ program: bundled, env: emulator.env() });
    try {
      await project.up();
      expect((await project.outputs()).states).to.deep.equal(["healthy", "running"]);
      expect(emulator.northflank.get("sessions").input.billing).to.include({
        deploymentPlan: "nf-compute-20",
      });
      await project.destroy();
      expect(emulator.miget.addons()).to.deep.equal([]);
    } finally {
      project.dispose();
    }
  });

  it("says what to install where it is not", async () => {
    const env = emulator.env();
    const project = await createProject({ program: bundled, env, package: "none" });
    try {
      const { output } = await project.preview({ expect: "failure" });
      expect(output).to.contain("npm install pulumi-paas-addons");
      expect(output).to.contain(`${project.folder}, the folder in which Pulumi runs`);
    } finally {
      project.dispose();
    }
  });
});
