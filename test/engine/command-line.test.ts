import { expect } from "chai";
import { DEFAULT_APP, DEFAULT_PROJECT, type Emulator, startEmulator } from "../emulator/index";
import { createProject, type EngineProject } from "../support/engine";
import { listOf, recordAt } from "../support/json";
import { stackName } from "../support/project-files";
import { describeWithCli } from "../support/skip";
import type { Declared } from "./program";
import { stackFor } from "./stack";

const commandLine = "node_modules/pulumi-paas-addons/dist/cli/main.js";
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

describeWithCli("recover, after a run that was killed", function () {
  this.timeout(120_000);
  const stack = stackFor({ provisioningMs: 5000 });

  it("takes over all that the run had created, and clears what was pending", async () => {
    const { project, emulator } = stack();
    stack().declare(declared);
    const up = project.spawn("up", { expect: "any" });
    await up.waitFor(
      /orders created: [^]*sessions created: |sessions created: [^]*orders created: /u,
    );
    up.kill("SIGKILL");
    await up.done;
    await project.cancel();
    emulator.clearLog();

    const recover = (...args: string[]) =>
      project.node(commandLine, ["recover", "--stack", stackName, ...args]);
    const found = await recover("--json");
    expect(found.code, found.stderr).to.equal(1);
    const ran = await recover("--yes");
    expect(ran.code, ran.stdout + ran.stderr).to.equal(0);
    expect(ran.stdout).to.match(/^! orders {4}creating it was interrupted; .* is on Miget \(/mu);
    expect(ran.stdout).to.match(
      /^! sessions {2}creating it was interrupted; .* is on Northflank \(/mu,
    );
    expect(stack().writes()).to.deep.equal([]);

    expect((await project.resources()).map(({ id }) => id)).to.have.lengthOf(2);
    const { deployment } = await project.export();
    expect(listOf(recordAt(deployment).pending_operations ?? [])).to.deep.equal([]);
    const again = await recover();
    expect([again.code, again.stdout]).to.deep.equal([
      0,
      "Nothing was interrupted: the stack has no pending operations.\n",
    ]);
  });
});

describeWithCli("init", function () {
  this.timeout(120_000);
  let emulator: Emulator;
  let project: EngineProject;

  before(async () => {
    emulator = await startEmulator();
    const env = emulator.env();
    project = await createProject({ program: "", language: "typescript", env });
  });

  after(async () => {
    project.dispose();
    await emulator.close();
  });

  for (const [platform, args] of [
    [
      "northflank",
      [
        ...["--project", DEFAULT_PROJECT, "--type", "postgresql", "--addon-version", "17-latest"],
        ...["--plan", "nf-compute-20", "--disk", "6144"],
      ],
    ],
    [
      "miget",
      [
        ...["--app", DEFAULT_APP, "--type", "valkey", "--addon-version", "7.2"],
        ...["--memory", "256", "--disk", "1"],
      ],
    ],
  ] as const) {
    it(`writes a ${platform} project that runs as it is`, async () => {
      const folder = `shop-${platform}`;
      const own = ["--dir", folder, "--platform", platform, "--stack", stackName];
      const made = await project.node(commandLine, ["init", ...own, ...args]);
      expect(made.code, made.stderr).to.equal(0);
      const there = (...rest: string[]) => project.pulumi(["-C", folder, ...rest]);
      await there("stack", "init", stackName);
      await there("up", "--yes", "--skip-preview", "--stack", stackName);
      const { stdout } = await there("stack", "output", "--stack", stackName);
      expect(stdout).to.match(/url +\[secret\]/u);
      const addons = platform === "miget" ? emulator.miget.addons() : emulator.northflank.addons();
      expect(addons).to.have.lengthOf(1);
    });
  }
});
