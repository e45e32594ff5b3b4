import { expect } from "chai";
import { DEFAULT_APP, DEFAULT_PROJECT, type Emulator, startEmulator } from "../emulator/index";
import { door, doors, through } from "../support/door";
import { describeWithCli } from "../support/skip";
import { did, each, entries, stackFor, stages } from "./stack";

const names = ["first-orders", "first-sessions", "second-orders", "second-sessions"];

describeWithCli("two accounts in one stack, each for a component", function () {
  this.timeout(120_000);
  for (const name of doors) describe(`over the ${name} door`, () => through(name, accounts));
});

function accounts(): void {
  stages();
  const stack = stackFor();
  let other: Emulator;
  before(async () => {
    other = await startEmulator({ provisioningMs: 200, credentialsDelayMs: 50, deletionMs: 50 });
    // So that the stack's own account is used by no mistake.
    await stack().project.setConfig({ "pulumi:disable-default-providers": '["*"]' });
  });
  after(() => other.close());

  /** A component for each account, with two add-ons. */
  function declare(more = ""): void {
    const provider = (emulator: Emulator) => {
      const env = emulator.env();
      return JSON.stringify({
        miget: { apiToken: env.MIGET_API_TOKEN, baseUrl: env.MIGET_BASE_URL },
        northflank: { apiToken: env.NORTHFLANK_API_TOKEN, baseUrl: env.NORTHFLANK_BASE_URL },
      });
    };
    stack().project.setProgram(`
      const pulumi = require("@pulumi/pulumi");
      const { AddonsProvider, MigetAddon, NorthflankAddon } = require("${entries[door()]}");
      const app = { appUuid: "${DEFAULT_APP}", type: "postgres", postgresVersion: "17" };
      const billing = { deploymentPlan: "nf-compute-20", storage: 4096, replicas: 1 };
      const cache = { projectId: "${DEFAULT_PROJECT}", type: "redis", version: "latest", billing };
      class Shop extends pulumi.ComponentResource {
        constructor(name, opts) {
          super("test:index:Shop", name, {}, opts);
          new MigetAddon(name + "-orders", app, { parent: this });
          new NorthflankAddon(name + "-sessions", cache, { parent: this });
        }
      }
      const first = new AddonsProvider("first", ${provider(stack().emulator)});
      const second = new AddonsProvider("second", ${provider(other)});
      new Shop("first", { providers: [first] });
      new Shop("second", { providers: [second] });
      ${more}`);
  }

  const onPlatforms = () =>
    [stack().emulator, other].map(({ miget, northflank }) => [
      ...miget.addons().map(({ name }) => name.replace(/-[a-z]{5}$/u, "")),
      ...northflank.addons().map(({ id }) => id),
    ]);

  it("creates the add-ons of each component in its account", async () => {
    declare();
    expect(did(await stack().up())).to.deep.include(each(names, "create"));
    expect(onPlatforms()).to.deep.equal([
      ["first-orders", "first-sessions"],
      ["second-orders", "second-sessions"],
    ]);
  });

  it("shows no change afterwards, nor after a refresh", async () => {
    expect(did(await stack().refresh())).to.deep.include(each(names, "same"));
    expect(did(await stack().preview())).to.deep.include(each(names, "same"));
  });

  it("refuses a resource that would use the stack's own account", async () => {
    declare(`new NorthflankAddon("stray", cache);`);
    const { output } = await stack().preview({ expect: "failure" });
    expect(output).to.match(/default provider for '[\w-]+' disabled/iu);
    declare();
  });

  it("deletes each from its own account", async () => {
    await stack().destroy();
    expect(onPlatforms()).to.deep.equal([[], []]);
    expect([...stack().emulator.violations, ...other.violations]).to.deep.equal([]);
  });
}
