import { expect } from "chai";
import type { NorthflankQueries } from "../../src/lookups/northflank";
import { DEFAULT_PROJECT, DEFAULT_TEAM, type EmulatorOptions } from "../emulator/index";
import { Harness } from "../support/harness";
import { asking, queriesIn } from "./asking";

const billing = { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 };

describe("Northflank's look-ups", () => {
  let world: Harness;
  let northflank: NorthflankQueries;

  async function start(options: EmulatorOptions = {}): Promise<void> {
    world = await Harness.start(options);
    ({ northflank } = queriesIn(world));
  }

  beforeEach(() => start());

  afterEach(async () => {
    await world.close();
    expect(world.emulator.violations).to.deep.equal([]);
  });

  it("tell the types with their versions, sizes and features", async () => {
    const { addonTypes } = await world.run(northflank.addonTypes(asking()));
    expect(addonTypes.map(({ type }) => type)).to.deep.equal([
      ...["example-chart", "minio", "mongodb", "mysql", "postgresql", "rabbitmq", "redis"],
    ]);
    expect(addonTypes.find(({ type }) => type === "redis")).to.deep.equal({
      type: "redis",
      name: "Redis",
      description: "In-memory store",
      versions: ["8.6.1", "8.6.0", "7.2.5"],
      features: {
        backupsDump: true,
        customDBName: false,
        forkAddon: false,
        importDump: true,
        importLive: false,
        scaleReplicas: true,
        tls: true,
        externalAccess: true,
      },
      storage: { options: [4096, 6144, 12288], default: 4096 },
      replicas: { options: [1, 3, 5], default: 1 },
    });
    expect(addonTypes[0]).to.deep.include({ versions: [], storage: undefined, features: {} });
  });

  it("tell the versions, the newest first, also where the platform's order is another", async () => {
    const versions = ["9.6.24", "16.4", "16.10", "17.2", "16.9", "nightly"];
    const offer = { type: "postgresql", name: "PostgreSQL", description: "", versions };
    await world.close();
    await start({ addonTypes: [offer] });
    const ask = (version?: string) =>
      world.run(northflank.addonVersions({ type: "postgresql", version }, asking()));
    expect(await ask()).to.deep.equal({
      versions: ["17.2", "16.10", "16.9", "16.4", "9.6.24"],
      latest: "17.2",
    });
    expect(await ask("16-latest")).to.deep.equal({
      versions: ["16.10", "16.9", "16.4"],
      latest: "16.10",
    });
    expect(await ask("16.4")).to.deep.equal({ versions: ["16.4"], latest: "16.4" });
  });

  it("say what there is in place of a type or version that there is not", async () => {
    const failure = async (args: { type: string; version?: string }) =>
      (await world.failure(northflank.addonVersions(args, asking()))).message;
    expect(await failure({ type: "postgres" })).to.match(/no add-on type "postgres".*"postgresql"/);
    expect(await failure({ type: "postgresql", version: "14-latest" })).to.match(
      /no version "14-latest" of postgresql; there are 18\.0, /,
    );
    expect(await failure({ type: "example-chart" })).to.contain("there are none");
  });

  it("tell the plans from small to large, and those that are large enough", async () => {
    const ask = async (args = {}) => (await world.run(northflank.plans(args, asking()))).plans;
    const plans = await ask();
    expect(plans[0]).to.deep.equal({
      id: "nf-compute-10",
      name: "nf-compute-10",
      cpu: 0.1,
      memory: 256,
      currency: "usd",
      pricePerMonth: 1,
      pricePerHour: 10 / 7200,
    });
    expect(plans.map(({ cpu }) => cpu)).to.deep.equal([0.1, 0.2, 0.5, 1, 2, 4]);
    const ids = async (args: object) => (await ask(args)).map(({ id }) => id);
    expect(await ids({ minCpu: 1 })).to.have.members(
      [100, 200, 400].map((size) => `nf-compute-${size}`),
    );
    expect(await ids({ minMemory: 4000 })).to.have.members(["nf-compute-200", "nf-compute-400"]);
    const args = { minCpu: 2, minMemory: 1024 };
    expect((await world.run(northflank.plans(args, asking()))).smallest.id).to.equal(
      "nf-compute-200",
    );
    const { message } = await world.failure(northflank.plans({ minCpu: 64 }, asking()));
    expect(message).to.equal(
      "Northflank offers no plan with 64 vCPU and 0 MB of memory; the largest is nf-compute-400 with 4 vCPU and 8192 MB.",
    );
  });

  it("put plans of which less is known behind the others", async () => {
    world.emulator.faults.add({
      operationId: "listPlans",
      kind: "status",
      status: 200,
      body: { data: { plans: [{ id: "odd" }, { id: "big", cpuResource: 8 }] } },
    });
    const { plans } = await world.run(northflank.plans({}, asking()));
    expect(plans.map(({ id }) => id)).to.deep.equal(["big", "odd"]);
    expect(plans[1]).to.include({ name: "odd", cpu: undefined, pricePerMonth: undefined });
    world.emulator.violations.length = 0;
  });

  it("tell the add-ons of a project, all pages, with what `get` and `adopt` take", async () => {
    await world.close();
    await start({ pageSize: 2 });
    const seeded = ["b", "a", "c"].map((name) =>
      world.emulator.northflank.seed({
        name: `${name} db`,
        type: "redis",
        version: "8.6.1",
        billing,
      }),
    );
    world.emulator.northflank.seed({ name: "mail", type: "rabbitmq", version: "4.0.5", billing });
    const args = { projectId: DEFAULT_PROJECT };
    const { addons } = await world.run(northflank.addons(args, asking()));
    expect(addons.map(({ id }) => id)).to.deep.equal(
      ["a-db", "b-db", "c-db", "mail"].map((id) => `${DEFAULT_PROJECT}/${id}`),
    );
    expect(addons[1]).to.deep.equal({
      id: `${DEFAULT_PROJECT}/b-db`,
      addonId: "b-db",
      name: "b db",
      type: "redis",
      state: "running",
      uid: seeded[0]?.uid,
    });
    const queues = await world.run(northflank.addons({ ...args, type: "rabbitmq" }, asking()));
    expect(queues.addons.map(({ name }) => name)).to.deep.equal(["mail"]);
  });

  it("use the team of the arguments, else that of the configuration", async () => {
    const config = (key: string) => (key === "northflank:teamId" ? DEFAULT_TEAM : undefined);
    const path = async (teamId?: string) => {
      world.emulator.clearLog();
      const args = { projectId: DEFAULT_PROJECT, teamId };
      await world.run(northflank.addons(args, asking({ config })));
      return world.requests();
    };
    const ofTeam = `GET /v1/teams/${DEFAULT_TEAM}/projects/${DEFAULT_PROJECT}/addons`;
    expect(await path()).to.deep.equal([ofTeam]);
    expect(await path(DEFAULT_TEAM)).to.deep.equal([ofTeam]);
  });

  it("cost one call in a run, whoever asks how often; types and versions are one answer", async () => {
    const run = asking();
    const work = Array.from({ length: 50 }, () => [
      northflank.addonTypes(run),
      northflank.addonVersions({ type: "redis" }, run),
      northflank.addonVersions({ type: "mysql" }, run),
      northflank.plans({ minCpu: 1 }, run),
      northflank.addons({ projectId: DEFAULT_PROJECT }, run),
      northflank.addons({ projectId: DEFAULT_PROJECT, type: "redis" }, run),
    ]);
    await world.run(Promise.all(work.flat()));
    expect(world.requests().sort()).to.deep.equal([
      "GET /v1/addon-types",
      "GET /v1/plans",
      `GET /v1/projects/${DEFAULT_PROJECT}/addons`,
    ]);
  });

  it("ask again in another run, for another account, and where it has to be new", async () => {
    const run = asking();
    const other = (key: string) =>
      key === "northflank:apiToken" ? world.env.NORTHFLANK_API_TOKEN?.concat("-other") : undefined;
    const count = async (ask: typeof run) => {
      world.emulator.clearLog();
      await world.run(northflank.plans({}, ask).catch(() => undefined));
      return world.requests().length;
    };
    expect(await count(run)).to.equal(1);
    expect(await count(run)).to.equal(0);
    expect(await count({ ...run, anew: true })).to.equal(1);
    expect(await count(run)).to.equal(0);
    expect(await count(asking())).to.equal(1);
    expect(await count({ ...run, config: other })).to.equal(1);
  });

  it("do not keep a failure", async () => {
    world.emulator.faults.add({ operationId: "listPlans", kind: "status", status: 400 });
    const run = asking();
    await world.failure(northflank.plans({}, run));
    expect((await world.run(northflank.plans({}, run))).plans).to.have.length(6);
  });

  it("are tried again like any read", async () => {
    world.emulator.faults.add({ operationId: "listPlans", kind: "status", status: 503, times: 3 });
    expect((await world.run(northflank.plans({}, asking()))).plans).to.have.length(6);
  });

  it("fail with what to do", async () => {
    const failure = async (projectId: string, more = {}) =>
      (await world.failure(northflank.addons({ projectId }, asking(more)))).message;
    expect(await failure("no-such-project")).to.match(
      /^could not list the project's add-ons: Northflank answered 404.*Check projectId/,
    );
    expect(await failure("..")).to.contain("No request was sent");
    expect(await failure("")).to.contain("projectId is not known");
    world.env = {};
    ({ northflank } = queriesIn(world));
    const missing = await failure(DEFAULT_PROJECT);
    expect(missing).to.contain("pulumi config set --secret northflank:apiToken");
  });

  it("keep secret arguments out of what they fail with", async () => {
    const projectId = "canary/project";
    const plain = await world.failure(northflank.addons({ projectId }, asking()));
    expect(plain.message).to.contain(projectId);
    const secret = await world.failure(
      northflank.addons({ projectId }, asking({ isSecret: true })),
    );
    expect(secret.message).not.to.contain("canary");
  });
});
