import { expect } from "chai";
import { DEFAULT_APP, DEFAULT_PROJECT } from "../emulator/index";
import { Resource } from "../support/resource";
import { Harness } from "../support/harness";

describe("what the user sees while it takes long", () => {
  const program = {
    projectId: DEFAULT_PROJECT,
    name: "orders",
    type: "redis",
    version: "latest",
    billing: { deploymentPlan: "nf-compute-20", storage: 4096, replicas: 1 },
  };
  let world: Harness;

  beforeEach(async () => {
    world = await Harness.start({ provisioningMs: 60_000 });
  });

  afterEach(() => world.close());

  it("is who is waited for, in which state and for how long, at most every 10 s", async () => {
    await new Resource(world, "northflank").up(program);
    const waits = world.lines.filter((line) => line.startsWith("waiting for "));
    expect(waits).to.have.length.within(3, 6);
    expect(waits[0]).to.match(/redis add-on "orders" of project \S+ \(\w+, \d+ s\)/u);
  });

  it("is the id, as soon as it is known", async () => {
    await new Resource(world, "northflank").up(program);
    const created = world.lines.findIndex(
      (line) => line === `orders created: ${DEFAULT_PROJECT}/orders`,
    );
    expect(created).to.be.at.least(0);
    expect(created).to.be.below(world.lines.findIndex((line) => line.startsWith("waiting")));
  });

  it("is each state at the add-on's own row, once, and nothing in the log", async () => {
    const states: string[] = [];
    const runtime = {
      ...world.runtime(),
      status: () => (line: string) => states.push(line),
      hasTerminal: true,
    };
    const provider = world.northflank(runtime);
    const { inputs } = await world.run(provider.check({}, program));
    await world.run(provider.create(inputs));
    expect(states.at(-1)).to.equal("running");
    expect(states)
      .to.have.length.above(2)
      .and.deep.equal([...new Set(states)]);
    expect(world.lines).to.deep.equal([`orders created: ${DEFAULT_PROJECT}/orders`]);
  });

  it("is no row without a terminal, where rows cannot change in place", async () => {
    const rows: string[] = [];
    const sums: string[] = [];
    const runtime = {
      ...world.runtime(),
      status: () => (line: string) => rows.push(line),
      stackStatus: (line: string) => sums.push(line),
      hasTerminal: false,
    };
    const provider = world.northflank(runtime);
    const { inputs } = await world.run(provider.check({}, program));
    await world.run(provider.create(inputs));
    expect(rows).to.deep.equal([]);
    expect(sums).to.have.length.within(3, 6);
    expect(world.lines).to.deep.equal([`orders created: ${DEFAULT_PROJECT}/orders`]);
  });

  it("is why a request is repeated, once that has lasted for 10 s", async () => {
    world.emulator.faults.add({ kind: "status", status: 503, times: 8, operationId: "getAddon" });
    await new Resource(world, "northflank").up(program);
    const repeats = world.lines.filter((line) => line.includes("trying again in"));
    expect(repeats).to.have.length.within(1, 6);
    expect(repeats[0]).to.match(
      /^Northflank answered 503 \(to read the add-on\); trying again in \d+ s$/u,
    );
  });

  it("is a warning where a database never says how to connect to it, and no error", async () => {
    await world.close();
    world = await Harness.start({ migetConnection: "never" });
    const resource = new Resource(world, "miget");
    const inputs = { appUuid: DEFAULT_APP, type: "mysql", name: "shop", mysqlVersion: "8.2" };
    expect(await resource.up(inputs)).to.equal("created");
    expect(resource.outs).to.deep.include({ state: "healthy", connection: {}, vars: {} });
    expect(world.lines.at(-1)).to.match(
      /warning: .* is ready, but Miget does not show connection data/u,
    );
    expect(world.clock.elapsed()).to.be.within(60_000, 90_000);
  });
});
