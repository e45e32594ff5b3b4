import { expect } from "chai";
import { DEFAULT_APP, DEFAULT_PROJECT } from "../emulator/index";
import { describeWithCli } from "../support/skip";
import type { Declared } from "./program";
import { stackFor } from "./stack";

const billing = { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 };
const program: readonly Declared[] = [
  {
    name: "orders",
    class: "MigetAddon",
    args: { appUuid: DEFAULT_APP, type: "postgres", postgresVersion: "17" },
  },
  {
    name: "billing",
    class: "NorthflankAddon",
    args: {
      projectId: DEFAULT_PROJECT,
      name: "Billing DB",
      type: "postgresql",
      version: "16-latest",
      billing,
    },
  },
];

describeWithCli("the row of an add-on", function () {
  this.timeout(60_000);
  const stack = stackFor({ provisioningMs: 4000 });

  it("shows its states while it is waited for, and the diagnostics hold its id alone", async () => {
    stack().declare(program);
    const { output } = await stack().up();
    expect(output).to.match(/miget:Addon orders creating .* processing$/mu);
    expect(output).to.match(/northflank:Addon billing creating .* allocating$/mu);
    const [, diagnostics = ""] = output.split(/^Diagnostics:$/mu);
    const [kept = ""] = diagnostics.split(/^(?:Outputs|Resources):$/mu);
    const lines = kept.split("\n").map((line) => line.trim());
    expect(
      lines.filter((line) => line !== "" && !/^pulumi-nodejs:.*:$/u.test(line)),
    ).to.have.members([
      `Billing DB created: ${DEFAULT_PROJECT}/billing-db`,
      lines.find((line) => line.startsWith(`orders created: ${DEFAULT_APP}/`)),
    ]);
  });
});
