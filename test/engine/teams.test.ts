import { expect } from "chai";
import { DEFAULT_APP, DEFAULT_PROJECT } from "../emulator/index";
import { stackName } from "../support/project-files";
import { describeWithCli } from "../support/skip";
import { migetAddon } from "./addons";
import type { Declared } from "./program";
import { did, each, stackFor, stages, uriIn } from "./stack";

const billing = { deploymentPlan: "nf-compute-20", storage: 4096, replicas: 1 };
const orders: Declared = {
  name: "orders",
  class: "MigetAddon",
  args: { appUuid: DEFAULT_APP, type: "postgres", postgresVersion: "17" },
};
const sessions: Declared = {
  name: "sessions",
  class: "NorthflankAddon",
  args: { projectId: DEFAULT_PROJECT, type: "redis", version: "latest", billing },
};

/** As docs/guides/teams-and-state.md says it. */
describeWithCli("a stack whose tokens are those of its users", function () {
  this.timeout(120_000);
  stages();

  const stack = stackFor();
  let own: Readonly<Record<string, string>>;

  before(async () => {
    const { project, emulator } = stack();
    for (const key of ["miget:apiToken", "northflank:apiToken"]) {
      await project.pulumi(["config", "rm", key, "--stack", stackName]);
    }
    const { MIGET_API_TOKEN = "", NORTHFLANK_API_TOKEN = "" } = emulator.env();
    own = { MIGET_API_TOKEN, NORTHFLANK_API_TOKEN };
    stack().declare([orders, sessions]);
  });

  it("is previewed without any, and nothing is asked", async () => {
    const result = await stack().preview();
    expect(did(result)).to.deep.equal(each(["orders", "sessions"], "create"));
    expect(stack().emulator.requests).to.deep.equal([]);
  });

  it("keeps none of them", async () => {
    await stack().up({ env: own });
    const kept = stack()
      .project.stateTexts()
      .filter(([, text]) => Object.values(own).some((token) => text.includes(token)));
    expect(kept.map(([place]) => place)).to.deep.equal([]);
  });

  it("needs them for a refresh too, which says so", async () => {
    const without = await stack().refresh({ expect: "failure" });
    expect(without.output)
      .to.contain("Miget needs an API token.")
      .and.to.contain("Northflank needs an API token.");
    const result = await stack().refresh({ env: own });
    expect(did(result)).to.deep.equal(each(["orders", "sessions"], "same"));
  });

  it("hands an add-on over to another stack, and the platform notices nothing", async () => {
    const { project, emulator } = stack();
    const uri = uriIn(await stack().outputs(), "orders");
    const other = await stack().beside();
    try {
      other.declare([orders]);
      const before = await other.up({ expect: "failure" });
      expect(before.output).to.contain("exists already");

      const [resource] = (await project.resources()).filter(({ name }) => name === "orders");
      const urn = resource?.urn ?? "";
      await project.pulumi(["state", "delete", urn, "--yes", "--stack", stackName]);
      const id = `${DEFAULT_APP}/${migetAddon(emulator, "postgres").uuid}`;
      const adopted = await other.up({ env: { PAAS_ADDONS_ADOPT: id } });
      expect(did(adopted)).to.deep.equal({ orders: ["create"] });
      expect(other.writes()).to.deep.equal([]);
      expect(uriIn(await other.outputs(), "orders"))
        .to.equal(uri)
        .and.not.to.equal("");

      stack().declare([sessions]);
      const rest = await stack().up({ env: own });
      expect(did(rest)).to.deep.equal({ sessions: ["same"] });
      expect(stack().writes()).to.deep.equal([]);
    } finally {
      await other.close();
    }
  });
});
