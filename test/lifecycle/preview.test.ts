import { expect } from "chai";
import { DEFAULT_APP, DEFAULT_PROJECT } from "../emulator/index";
import { Harness } from "../support/harness";
import { Resource } from "../support/resource";

type Props = Record<string, unknown>;

const northflank: Props = {
  projectId: DEFAULT_PROJECT,
  name: "orders",
  type: "postgresql",
  version: "16-latest",
  billing: { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 },
};
const miget: Props = { appUuid: DEFAULT_APP, type: "valkey", valkeyVersion: "7.2", name: "cache" };

describe("what a preview tells before it is too late", () => {
  let world: Harness;

  beforeEach(async () => {
    world = await Harness.start();
  });

  afterEach(() => world.close());

  const warnings = () => world.lines.filter((line) => line.startsWith("warning: "));
  /** A check in a process of its own, as a preview is. */
  const preview = (platform: "miget" | "northflank", news: Props, olds: Props = {}) => {
    world.lines.length = 0;
    world.emulator.clearLog();
    return world.run(world[platform]().check(olds, news));
  };

  const kept = { description: "mine", metadata: { labels: { a: "b" } } };
  for (const [title, platform, before, after, named] of [
    [
      "inputs that Northflank cannot take back",
      "northflank",
      { ...northflank, ...kept },
      northflank,
      "description, metadata",
    ],
    ["a size of Miget's", "miget", { ...miget, ramSize: 256 }, miget, "ramSize"],
    [
      "nothing where its API has a way",
      "northflank",
      { ...northflank, stageId: "staging", tags: ["one"], passwordVersion: "1" },
      northflank,
      undefined,
    ],
    [
      "nothing for an add-on that is replaced",
      "northflank",
      { ...northflank, ...kept },
      { ...northflank, type: "mysql", version: "8.4.0", allowReplace: true },
      undefined,
    ],
  ] as const) {
    it(`is what leaves the program and stays, once: ${title}`, async () => {
      const old = await preview(platform, before);
      const provider = world[platform]();
      world.lines.length = 0;
      const { inputs } = await world.run(provider.check(old.inputs, after));
      await world.run(provider.check(old.inputs, after));
      const said = () => warnings().filter((line) => line.includes("no longer in the program"));
      expect(said()).to.have.length(named === undefined ? 0 : 1);
      if (named !== undefined) expect(said()[0]).to.contain(`no longer in the program: ${named}.`);
      await preview(platform, after, inputs);
      expect(said()).to.deep.equal([]);
    });
  }

  for (const [platform, program, variable] of [
    ["miget", miget, "MIGET"],
    ["northflank", northflank, "NORTHFLANK"],
  ] as const) {
    describe(`of ${platform}`, () => {
      it("is a missing token, with the command that sets it", async () => {
        world.env = { ...world.env, [`${variable}_API_TOKEN`]: "" };
        await preview(platform, program);
        expect(warnings()).to.have.length(1);
        expect(warnings()[0]).to.contain(`pulumi config set --secret ${platform}:apiToken`);
      });

      it("is a refused token, once, the reason first", async () => {
        world.env = { ...world.env, [`${variable}_API_TOKEN`]: "wrong" };
        const provider = world[platform]();
        await world.run(provider.check({}, program));
        await world.run(provider.check({}, { ...program, name: "another" }));
        expect(warnings()).to.have.length(1);
        expect(warnings()[0]).to.match(/^warning: \w+ answered 401.*Set a good token/u);
      });

      it("is a base URL that no token may be sent to, as an error", async () => {
        for (const [url, said] of [
          ["http://api.example.com", /must begin with https/u],
          ["nowhere", /is not a URL/u],
        ] as const) {
          world.env = { ...world.env, [`${variable}_BASE_URL`]: url };
          const { failures } = await preview(platform, program);
          expect(failures.map(({ reason }) => reason).join()).to.match(said);
        }
        expect(world.requests()).to.deep.equal([]);
      });

      it("is a name or label that is taken, and not for what is there already", async () => {
        const resource = new Resource(world, platform);
        await resource.up(program);
        await preview(platform, program);
        expect(warnings()).to.have.length(1);
        expect(warnings()[0]).to.contain("exists already").and.contain("adopt: true");
        const { inputs } = await preview(platform, program);
        await preview(platform, program, inputs);
        expect(world.lines).to.deep.equal([]);
        expect(world.requests()).to.deep.equal([]);
      });

      it("is not the name of what is about to be replaced", async () => {
        const urn = { __urn: "urn:pulumi:dev::shop::t::orders" };
        await new Resource(world, platform).up(program);
        world.lines.length = 0;
        const provider = world[platform]();
        const news = { ...program, ...urn, allowReplace: true, version: "17.2" };
        const own = platform === "miget" ? { ...program, ...urn, allowReplace: true } : news;
        const changed = { ...own, ...(platform === "miget" ? { valkeyVersion: "8.0" } : {}) };
        await world.run(provider.check({ ...program, ...urn, name: "other" }, changed));
        world.lines.length = 0;
        await world.run(provider.check({}, changed));
        expect(warnings()).to.deep.equal([]);
      });

      it("is what an adoption would change", async () => {
        await new Resource(world, platform).up(program);
        const change =
          platform === "miget" ? { ramSize: 512 } : { tlsEnabled: true, description: "Orders" };
        await preview(platform, { ...program, ...change, adopt: true });
        expect(warnings()).to.have.length(1);
        expect(warnings()[0]).to.match(/taking it over will change it: .* there and .* here/u);
        await preview(platform, { ...program, adopt: true });
        expect(warnings()).to.deep.equal([]);
      });
    });
  }

  it("is a label that another add-on of the app has just now", async () => {
    await new Resource(world, "miget").up({ ...miget, name: "db", label: "alpha" });
    await new Resource(world, "miget").up({ ...miget, name: "db", label: "beta" });
    const { inputs } = await preview("miget", { ...miget, name: "db", label: "alpha" });
    await preview("miget", { ...miget, name: "db", label: "beta" }, inputs);
    expect(warnings()).to.have.length(1);
    expect(warnings()[0]).to.contain('label "beta"').and.contain("the data does not move with it");
  });

  it("is a project that is not there", async () => {
    await preview("northflank", { ...northflank, projectId: "nowhere" });
    expect(warnings().join()).to.match(/Northflank answered 404.*Check projectId/u);
  });
});
