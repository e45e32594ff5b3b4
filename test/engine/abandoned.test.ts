import { expect } from "chai";
import { DEFAULT_APP, DEFAULT_PROJECT } from "../emulator/index";
import { doors, through } from "../support/door";
import { describeWithCli } from "../support/skip";
import type { Declared } from "./program";
import { stackFor } from "./stack";

const billing = { deploymentPlan: "nf-compute-20", storage: 4096, replicas: 1 };
const declared: readonly Declared[] = [
  {
    name: "orders",
    class: "MigetAddon",
    args: { appUuid: DEFAULT_APP, type: "postgres", postgresVersion: "17" },
  },
  {
    name: "sessions",
    class: "NorthflankAddon",
    args: { projectId: DEFAULT_PROJECT, type: "redis", version: "latest", billing },
  },
];

describeWithCli("a plugin whose CLI was killed", function () {
  this.timeout(90_000);
  for (const name of doors) describe(`over the ${name} door`, () => through(name, abandoned));
});

function abandoned(): void {
  // Long enough for the plugin to be killed in the middle of its wait.
  const stack = stackFor({ provisioningMs: 10_000 });

  it("ends by itself while it waits, and sends nothing more", async () => {
    const { project, emulator } = stack();
    stack().declare(declared);
    const up = project.spawn("up", { expect: "any" });
    await up.waitFor(
      /orders created: [^]*sessions created: |sessions created: [^]*orders created: /u,
    );
    expect(project.pluginProcesses()).to.have.lengthOf(1);
    up.kill("SIGKILL");
    await up.done;
    const ended = await until(() => project.pluginProcesses().length === 0);
    expect(ended, "the plugin has ended").to.equal(true);
    emulator.clearLog();

    // What it had created is found by the next run, which says how to take it over, all at once.
    await project.cancel();
    const again = await stack().up({
      expect: "failure",
      parallel: 1,
      args: ["--continue-on-error"],
    });
    expect(stack().writes()).to.deep.equal([]);
    const commands = [...again.output.matchAll(/PAAS_ADDONS_ADOPT=(\S+) pulumi up/gu)];
    const longest = commands
      .map(([, ids = ""]) => ids.split(","))
      .sort((a, b) => b.length - a.length)[0];
    expect(longest).to.have.lengthOf(2);

    await stack().up({ env: { PAAS_ADDONS_ADOPT: longest?.join(",") ?? "" } });
    expect(stack().writes()).to.deep.equal([]);
    expect([emulator.miget.addons().length, emulator.northflank.addons().length]).to.deep.equal([
      1, 1,
    ]);
  });
}

/** Whether it comes true within 20 s, looked at whenever the loop is idle for a moment. */
async function until(isTrue: () => boolean): Promise<boolean> {
  const end = Date.now() + 20_000;
  while (!isTrue()) {
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return true;
}
