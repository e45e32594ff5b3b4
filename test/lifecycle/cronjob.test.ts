import { expect } from "chai";
import { DEFAULT_APP } from "../emulator/index";
import { Resource } from "../support/resource";
import { Harness } from "../support/harness";

const cronjob = {
  uuid: "00000000-0000-4000-8000-0000000000e1",
  name: "nightly-abcde",
  type: "cronjob",
  label: "Nightly",
  state: "running",
  quota: {},
  settings: {},
  var: {},
  created_at: "2026-01-02T03:04:05Z",
  updated_at: "2026-01-02T03:04:05Z",
};

describe("a cron job's add-on", () => {
  it("cannot be adopted, and the error says why", async () => {
    const world = await Harness.start();
    try {
      const answer = { kind: "status", status: 200, body: cronjob } as const;
      world.emulator.faults.add({ ...answer, platform: "miget", operationId: "getAddon" });
      const program = { appUuid: DEFAULT_APP, type: "mysql", name: "nightly", mysqlVersion: "8.2" };
      const resource = new Resource(world, "miget");
      const failure = await world.failure(resource.up({ ...program, adopt: cronjob.uuid }));
      expect(failure.message).to.match(/could not adopt .*belongs to its cron job/su);
      expect(world.emulator.miget.addons()).to.deep.equal([]);
    } finally {
      await world.close();
    }
  });
});
