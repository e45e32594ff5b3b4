import { expect } from "chai";
import { DEFAULT_APP, type Fault } from "../emulator/index";
import { kinds } from "../lifecycle/kinds";
import { Resource } from "../support/resource";
import { Harness } from "../support/harness";

const always = { times: 3000, operationId: "listAddons" };

function kindOf(platform: "miget" | "northflank") {
  const kind = kinds.find((candidate) => candidate.platform === platform);
  if (kind === undefined) throw new Error(`there is no kind of ${platform}`);
  return kind;
}

async function inWorld(work: (world: Harness) => Promise<void>): Promise<void> {
  const world = await Harness.start({ provisioningMs: 20_000 });
  try {
    await work(world);
    expect(world.emulator.violations).to.deep.equal([]);
  } finally {
    await world.close();
  }
}

describe("a list that cannot be true", () => {
  const northflank = kindOf("northflank");
  const miget = kindOf("miget");

  for (const [what, cursor] of [
    ["with a cursor that is new each time", (page: number) => `more-${page}`],
    ["with one and the same cursor", () => "again"],
  ] as const) {
    it(`and never ends, ${what}, is not read for ever`, () =>
      inWorld(async (world) => {
        let pages = 0;
        const endless: Fault = {
          kind: "forged",
          ...always,
          forge: (answer) => {
            pages += 1;
            const pagination = { hasNextPage: true, cursor: cursor(pages) };
            const text = JSON.stringify({ data: { addons: [] }, pagination });
            return { ...answer, text };
          },
        };
        world.emulator.faults.add(endless);
        const resource = new Resource(world, "northflank");
        await world.run(resource.up(northflank.inputs).catch(() => undefined));
        expect(pages).to.be.below(200);
        expect(northflank.existing(world)).to.have.length.below(2);
      }));
  }

  const listed = (world: Harness) => {
    const { uuid } = world.emulator.miget.seed(DEFAULT_APP, {
      type: "postgres",
      name: "orders",
      label: String(miget.inputs.name),
      postgres_version: "17",
    });
    return uuid;
  };
  const missing: Fault = {
    kind: "status",
    status: 404,
    operationId: "getAddon",
    path: /addons\/[^/]+$/u,
  };

  it("and names what is said not to be there, leads to no second add-on", () =>
    inWorld(async (world) => {
      listed(world);
      world.emulator.faults.add({ ...missing, times: 3000 });
      const resource = new Resource(world, "miget");
      const failure = await world.failure(resource.up(miget.inputs));
      expect(failure.message).to.match(/lists an add-on with type postgres and label "orders"/u);
      expect(failure.message).to.match(/Nothing was created\. Look into it on Miget/u);
      expect(miget.existing(world)).to.have.lengthOf(1);
    }));

  it("and names what is gone for a moment only, keeps nobody from creating", () =>
    inWorld(async (world) => {
      const uuid = listed(world);
      let turns = 0;
      world.emulator.miget.remove(uuid);
      world.emulator.faults.add({
        kind: "forged",
        ...always,
        forge: (answer) => {
          turns += 1;
          const stale = { uuid, type: "postgres", state: "healthy", label: miget.inputs.name };
          return turns > 2 ? answer : { ...answer, text: JSON.stringify([stale]) };
        },
      });
      const resource = new Resource(world, "miget");
      expect(await resource.up(miget.inputs)).to.equal("created");
      expect(miget.existing(world)).to.have.lengthOf(1);
    }));

  it("and gives our label to another's add-on, hands over nobody's", () =>
    inWorld(async (world) => {
      const other = world.emulator.miget.seed(DEFAULT_APP, {
        type: "postgres",
        name: "theirs",
        label: "Theirs",
        postgres_version: "17",
      });
      world.emulator.faults.add({
        kind: "forged",
        ...always,
        times: 1,
        forge: (answer) => ({
          ...answer,
          text: answer.text.replaceAll('"Theirs"', JSON.stringify(miget.inputs.name)),
        }),
      });
      const resource = new Resource(world, "miget");
      expect(await resource.up({ ...miget.inputs, adopt: true })).to.equal("created");
      expect(resource.id).not.to.include(other.uuid);
      const writes = world.emulator.requests.filter(({ method }) => method !== "GET");
      expect(writes.filter(({ path }) => path.includes(other.uuid))).to.deep.equal([]);
    }));
});
