import { expect } from "chai";
import type { MigetQueries } from "../../src/lookups/miget";
import { DEFAULT_APP, DEFAULT_WORKSPACE, type MigetAddonFacts } from "../emulator/index";
import { Harness } from "../support/harness";
import { asking, queriesIn } from "./asking";

describe("Miget's look-up of an app's add-ons", () => {
  let world: Harness;
  let miget: MigetQueries;
  let reports: MigetAddonFacts;

  beforeEach(async () => {
    // Lists with connection data in them: none of it may come out.
    world = await Harness.start({ migetListConnection: true });
    ({ miget } = queriesIn(world));
    const seed = world.emulator.miget;
    seed.seed(DEFAULT_APP, { type: "valkey", label: "Sessions", valkey_version: "7.2" });
    reports = seed.seed(DEFAULT_APP, {
      type: "postgres",
      label: "Reports",
      postgres_version: "17",
    });
  });

  afterEach(async () => {
    await world.close();
    expect(world.emulator.violations).to.deep.equal([]);
  });

  it("tells them with what `get` and `adopt` take, and nothing secret", async () => {
    const { addons } = await world.run(miget.addons({ appUuid: DEFAULT_APP }, asking()));
    expect(addons.map(({ label }) => label)).to.deep.equal(["Reports", "Sessions"]);
    expect(addons[0]).to.deep.equal({
      id: `${DEFAULT_APP}/${reports.uuid}`,
      uuid: reports.uuid,
      label: "Reports",
      assignedName: reports.name,
      type: "postgres",
      state: "healthy",
      role: "primary",
    });
    const passwords = world.emulator.miget.addons().map(({ password }) => password);
    for (const password of passwords) expect(JSON.stringify(addons)).not.to.contain(password);
  });

  it("tells those of one type", async () => {
    const args = { appUuid: DEFAULT_APP, type: "valkey" } as const;
    const { addons } = await world.run(miget.addons(args, asking()));
    expect(addons.map(({ label }) => label)).to.deep.equal(["Sessions"]);
  });

  it("leaves out what stands for a cron job", async () => {
    const cronjob = {
      uuid: "00000000-0000-4000-8000-0000000000e1",
      type: "cronjob",
      state: "running",
    };
    const body = [cronjob];
    world.emulator.faults.add({ operationId: "listAddons", kind: "status", status: 200, body });
    const { addons } = await world.run(miget.addons({ appUuid: DEFAULT_APP }, asking()));
    expect(addons).to.deep.equal([]);
    world.emulator.violations.length = 0;
  });

  it("uses the workspace of the arguments, else that of the configuration", async () => {
    const config = (key: string) =>
      key === "miget:workspaceId" ? "00000000-0000-4000-8000-00000000beef" : undefined;
    const ask = (workspaceId?: string) =>
      miget.addons({ appUuid: DEFAULT_APP, workspaceId }, asking({ config }));
    expect((await world.run(ask(DEFAULT_WORKSPACE))).addons).to.have.length(2);
    expect((await world.failure(ask())).message).to.match(/could not list the app's add-ons/);
  });

  it("costs one call in a run", async () => {
    const run = asking();
    const ask = () => miget.addons({ appUuid: DEFAULT_APP }, run);
    await world.run(Promise.all(Array.from({ length: 100 }, ask)));
    expect(world.requests()).to.deep.equal([`GET /api/v1/apps/${DEFAULT_APP}/addons`]);
  });
});
