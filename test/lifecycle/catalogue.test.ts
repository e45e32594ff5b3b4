import { expect } from "chai";
import { DEFAULT_PROJECT } from "../emulator/index";
import { Harness } from "../support/harness";

type Props = Record<string, unknown>;

const billing = { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 };
const program: Props = {
  projectId: DEFAULT_PROJECT,
  name: "orders",
  type: "postgresql",
  version: "16-latest",
  billing,
};

describe("the preview's look at Northflank's catalogue", () => {
  let world: Harness;

  beforeEach(async () => {
    world = await Harness.start();
  });

  afterEach(() => world.close());

  const warnings = () => world.lines.filter((line) => line.startsWith("warning: "));

  for (const [what, change, said] of [
    [
      "an unknown type",
      { type: "postgres" },
      /type "postgres" is not among.*nearest is "postgresql"/u,
    ],
    [
      "an unknown version",
      { version: "9.9" },
      /version "9.9" is not offered for postgresql.*there are .*16\.5/u,
    ],
    [
      "an unknown plan",
      { billing: { ...billing, deploymentPlan: "nf-compute-21" } },
      /nearest is "nf-compute-20"/u,
    ],
    [
      "a size that is not offered",
      { billing: { ...billing, storage: 5 } },
      /storage 5 is not among the sizes of postgresql.*nearest is \d+/u,
    ],
  ] as const) {
    it(`warns of ${what}, and fails nothing`, async () => {
      const { failures } = await world.run(world.northflank().check({}, { ...program, ...change }));
      expect(failures).to.deep.equal([]);
      expect(warnings()).to.have.length(1);
      expect(warnings()[0])
        .to.match(said)
        .and.match(/add-on "orders"/u);
    });
  }

  it("goes with what the id of a new add-on will be, where its name does not show it", async () => {
    await world.run(
      world.northflank().check({}, { ...program, name: "Orders DB", __preview: true }),
    );
    expect(world.lines.join("\n")).to.contain("its id will be orders-db");
  });

  it("is made once a run, and says everything once", async () => {
    const provider = world.northflank();
    const odd = { ...program, version: "9.9" };
    for (let turn = 0; turn < 3; turn += 1) await world.run(provider.check({}, odd));
    expect(world.requests()).to.have.members([
      "GET /v1/addon-types",
      "GET /v1/plans",
      `GET /v1/projects/${DEFAULT_PROJECT}/addons`,
    ]);
    expect(warnings()).to.have.length(1);
  });

  it("is not made for what did not change", async () => {
    const provider = world.northflank();
    const { inputs } = await world.run(provider.check({}, program));
    world.emulator.clearLog();
    const again = world.northflank();
    await world.run(again.check(inputs, { ...program, description: "Orders" }));
    expect(world.requests()).to.deep.equal([]);
  });

  it("is given up after three seconds, without a word", async () => {
    world.emulator.faults.add({ kind: "hang", times: 10 });
    const { failures } = await world.run(
      world.northflank().check({}, { ...program, version: "9.9" }),
    );
    expect(failures).to.deep.equal([]);
    expect(world.clock.elapsed()).to.be.at.most(3000);
    expect(world.lines).to.deep.equal([]);
  });

  it("offers the version that is nearest in order, and the next larger disk", async () => {
    const odd = { ...program, version: "13", billing: { ...billing, storage: 8192 } };
    await world.run(world.northflank().check({}, odd));
    expect(warnings().join("\n")).to.contain('nearest is "15.9"').and.contain("nearest is 12288");
  });

  it("tells what the plan costs a month, for all replicas", async () => {
    const wide = { ...program, billing: { ...billing, replicas: 3 } };
    await world.run(world.northflank().check({}, { ...wide, __preview: true }));
    expect(world.lines.join("\n")).to.match(
      /its plan nf-compute-20 costs [\d.]+ USD a month \(3 replicas, [\d.]+ each\)/u,
    );
  });

  it("tells what the changes of all add-ons come to, each once and in a preview only", async () => {
    const plans = ["nf-compute-10", "nf-compute-50"].map((deploymentPlan) => ({
      ...program,
      billing: { ...billing, deploymentPlan },
    }));
    const provider = world.northflank();
    const check = (name: string, olds: Props, news: Props) =>
      world.run(provider.check(olds, { ...news, name, __urn: `urn:${name}`, __preview: true }));
    const [small = {}, large = {}] = plans;
    await check("orders", {}, large);
    await check("orders", {}, large);
    await check("invoices", { ...large, name: "invoices" }, { ...small, name: "invoices" });
    const { inputs } = await check("sessions", {}, small);
    expect(inputs).not.to.have.property("__preview");
    const said = world.lines.map((line) => /(?:costs|come to) .*$/u.exec(line)?.[0]);
    expect(said).to.deep.equal([
      "costs 5.00 USD a month; storage is not counted",
      "costs 1.00 USD a month; storage is not counted. Together with the add-on before it, this stack's changes come to +1.00 USD a month",
      "costs 1.00 USD a month; storage is not counted. Together with the 2 add-ons before it, this stack's changes come to +2.00 USD a month",
    ]);
    await world.run(world.northflank().check({}, { ...large, __urn: "urn:later" }));
    expect(world.lines).to.have.length(3);
  });
});
