import { expect } from "chai";
import type { LoggedRequest } from "../emulator/index";
import { describeWithCli } from "../support/skip";
import { declared, migetAddon, type Row } from "./addons";
import { did, stackFor, stages } from "./stack";

/** Each with a change of two steps. */
const names = ["orders", "billing-db"];
const program = (more: (row: Row) => Row["args"] = () => ({})) =>
  declared(more).filter(({ name }) => names.includes(name));
const changed = program((row) => ({ ...row.update, passwordVersion: "2" }));

describeWithCli("add-ons that somebody changes in the middle of an update", function () {
  this.timeout(180_000);
  stages();

  /** What happens elsewhere after our next write of that kind, once. */
  const elsewhere = new Map<string, () => void>();
  /** Our writes to the one that was made anew. */
  const trespasses: string[] = [];
  let foreign: string | undefined;
  const onServed = ({ method, path, operationId = "" }: LoggedRequest) => {
    if (method === "GET") return;
    if (foreign !== undefined && path.includes("/billing-db")) trespasses.push(`${method} ${path}`);
    const happens = elsewhere.get(operationId);
    elsewhere.delete(operationId);
    happens?.();
  };
  const stack = stackFor({ onServed });

  it("are noticed: the other value is no success, the other database is left alone", async () => {
    const { emulator } = stack();
    stack().declare(program());
    await stack().up();

    elsewhere.set("updateAddon", () => {
      emulator.miget.change(migetAddon(emulator, "postgres").uuid, { ram_size: 1024 });
    });
    elsewhere.set("patchAddon", () => {
      foreign = emulator.northflank.recreate("billing-db").uid;
    });
    stack().declare(changed);
    const result = await stack().up({ expect: "failure", args: ["--continue-on-error"] });
    expect(result.output)
      .to.contain("but did not apply it within 1 min: ramSize is 1024, not 512")
      .and.to.match(/"billing-db" of .* was deleted and created again elsewhere/u);
  });

  it("are put right by what the messages say", async () => {
    const { emulator, project } = stack();
    const refresh = await stack().refresh();
    expect(did(refresh)).to.deep.equal({ orders: ["update"], "billing-db": ["delete"] });
    const result = await stack().up({ expect: "failure", args: ["--continue-on-error"] });
    expect(did(result)).to.deep.equal({ orders: ["update"], "billing-db": ["create"] });
    expect(result.output).to.contain("PAAS_ADDONS_ADOPT=demo-project/billing-db pulumi up");
    expect(migetAddon(emulator, "postgres").ramMib).to.equal(512);
    expect((await project.resources()).map(({ name }) => name)).to.deep.equal(["orders"]);

    expect(trespasses).to.deep.equal([]);
    const { uid, input, rotation } = emulator.northflank.get("billing-db");
    expect({ uid, rotation }).to.deep.equal({ uid: foreign, rotation: undefined });
    expect(input.description).to.equal("Invoices");
    expect(emulator.violations).to.deep.equal([]);
  });
});
