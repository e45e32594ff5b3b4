import { expect } from "chai";
import { describeWithCli } from "../support/skip";
import { forging } from "./second";
import { counts, foreign, take, type Taken } from "./support";

describeWithCli("acceptance: runs with the engine against the emulated platforms", function () {
  this.timeout(300_000);

  let usual: Promise<Taken>;
  let other: Promise<Taken>;

  before(() => {
    // Of each platform through one door; the suite of the consumers takes all steps through both.
    usual = take(
      "northflank",
      {},
      {
        lanes: ["native"],
        only: ["tls", "external access", "connect", "rotate and keep", "connect as before"],
      },
    );
    const refusesLabel = forging(({ body, request }) =>
      request.startsWith("PUT") && body.label !== undefined ? { status: 422 } : undefined,
    );
    other = take(
      "miget",
      { migetCreateStatus: 202 },
      { lanes: ["dynamic"], only: ["label"], transport: refusesLabel },
    );
    for (const run of [usual, other]) run.catch(() => undefined);
  });

  it("find nothing wrong where all is as assumed", async () => {
    const { items, emulator, recording } = await usual;
    expect(items.filter(({ verdict }) => verdict === "contradicted")).to.deep.equal([]);
    expect(recording.connections).to.deep.equal({
      "native: connect": "entered",
      "native: connect as before": "entered",
    });
    const lanes = new Set(recording.exchanges.map(({ lane }) => lane));
    expect([...lanes].sort()).to.deep.equal(["native", "run", "sweep"]);
    expect(counts(emulator, "northflank")).to.deep.equal({ others: foreign.length, made: 0 });
  });

  it("tell which step the package could not take where the platform refuses a change", async () => {
    const { items, emulator } = await other;
    const steps = items.filter(
      ({ about, verdict }) => verdict === "contradicted" && about.startsWith("step"),
    );
    expect(steps.map(({ about }) => about)).to.deep.equal(["step dynamic: label"]);
    expect(counts(emulator, "miget")).to.deep.equal({ others: foreign.length, made: 0 });
  });
});
