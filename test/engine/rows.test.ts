import { expect } from "chai";
import { DEFAULT_APP, DEFAULT_PROJECT } from "../emulator/index";
import { textOf } from "../support/json";
import { describeWithCli } from "../support/skip";
import { loadPty, Terminal } from "../support/terminal";
import type { Declared } from "./program";
import { stackFor, stages } from "./stack";

const billing = { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 };
const northflank = { projectId: DEFAULT_PROJECT, type: "postgresql", version: "16-latest" };
const program: readonly Declared[] = [
  {
    name: "orders",
    class: "MigetAddon",
    args: { appUuid: DEFAULT_APP, type: "postgres", postgresVersion: "17" },
  },
  {
    name: "billing",
    class: "NorthflankAddon",
    args: { ...northflank, name: "Billing DB", billing },
  },
];
const more: Declared = {
  name: "shop",
  class: "NorthflankAddon",
  args: { ...northflank, billing: { ...billing, deploymentPlan: "nf-compute-50" } },
};

/** The lines under Diagnostics, without those that say whose they are. */
function diagnosticsIn(output: string): string[] {
  const [, after = ""] = output.split(/^Diagnostics:$/mu);
  const [kept = ""] = after.split(/^(?:Outputs|Resources):$/mu);
  const lines = kept.split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "" && !/^pulumi[-:].*:$/u.test(line));
}

describeWithCli("what a run shows", function () {
  this.timeout(90_000);
  const stack = stackFor({ provisioningMs: 4000 });
  stages();

  it("is a warning of a token in plain text, and what the plans cost, in a preview", async () => {
    const { emulator, project } = stack();
    const token = textOf(emulator.env().NORTHFLANK_API_TOKEN);
    await project.setConfig({ "northflank:apiToken": token });
    stack().declare([...program, more]);
    const { output } = await stack().preview();
    const sum =
      ". Together with the add-on before it, this stack's changes come to +7.00 USD a month";
    // The engine decides which of the two comes first.
    const lines = diagnosticsIn(output);
    expect(lines.filter((line) => line.endsWith(sum))).to.have.length(1);
    expect(lines.map((line) => line.replace(sum, ""))).to.have.members([
      "warning: northflank:apiToken is in plain text in the stack's configuration. Make a new token and run `pulumi config set --secret northflank:apiToken`, which asks for the value.",
      "its id will be billing-db",
      "its plan nf-compute-20 costs 2.00 USD a month; storage is not counted",
      "its plan nf-compute-50 costs 5.00 USD a month; storage is not counted",
    ]);
    await project.setConfig({ "northflank:apiToken": { secret: token } });
  });

  it("is each add-on's state at its row on a terminal, and its id in the end", async function () {
    const pty = await loadPty();
    if ("reason" in pty) return this.skip();
    stack().declare(program);
    const { command, folder, env } = stack().project.onTerminal(["up", "--yes", "--skip-preview"]);
    const { code, raw, lines } = await new Terminal(pty, command, {
      columns: 110,
      folder,
      env,
    }).end(60_000);
    expect(code).to.equal(0);
    expect(raw)
      .to.match(/orders .*creating .*processing/u)
      .and.match(/billing .*creating .*allocating/u);
    const output = lines.map(({ text }) => text).join("\n");
    expect(diagnosticsIn(output)).to.have.members([
      `Billing DB created: ${DEFAULT_PROJECT}/billing-db`,
      `orders created: ${DEFAULT_APP}/${stack().emulator.miget.addons()[0]?.uuid}`,
    ]);
  });

  it("is the id alone without a terminal, where nothing takes ten seconds", async () => {
    stack().declare([...program, more]);
    const { output } = await stack().up();
    expect(diagnosticsIn(output)).to.deep.equal([`shop created: ${DEFAULT_PROJECT}/shop`]);
    expect(output).not.to.match(/waiting for|its plan/u);
  });
});
