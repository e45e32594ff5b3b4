import { expect } from "chai";
import { DEFAULT_PROJECT, type Fault, type LoggedRequest } from "../emulator/index";
import { Resource } from "../support/resource";
import { Harness } from "../support/harness";

type Props = Record<string, unknown>;

const program: Props = {
  projectId: DEFAULT_PROJECT,
  type: "postgresql",
  name: "orders",
  version: "16.4",
  billing: { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 },
};
const daily = {
  scheduling: { interval: "daily", minute: [30], hour: [2] },
  backupType: "snapshot",
  retentionTime: 7,
};

/** A change, the call that makes it, and all requests that it takes where nothing goes wrong. */
interface Deed {
  readonly operationId: string;
  readonly before?: Props;
  readonly after: Props;
  readonly requests: number;
}

const deeds: readonly Deed[] = [
  { operationId: "patchAddon", after: { description: "Orders" }, requests: 4 },
  { operationId: "pauseAddon", after: { paused: true }, requests: 5 },
  { operationId: "resumeAddon", before: { paused: true }, after: { paused: false }, requests: 6 },
  { operationId: "upgradeAddonVersion", after: { version: "17.2" }, requests: 7 },
  { operationId: "startAddonSecretRotation", after: { passwordVersion: "2" }, requests: 8 },
  {
    operationId: "finaliseAddonSecretRotation",
    after: { passwordVersion: "2", keepOldPassword: false },
    requests: 12,
  },
  { operationId: "createAddonBackupSchedule", after: { backupSchedules: [daily] }, requests: 6 },
  {
    operationId: "deleteAddonBackupSchedule",
    before: { backupSchedules: [daily] },
    after: { backupSchedules: [] },
    requests: 6,
  },
];

const faults: readonly { readonly name: string; readonly fault: Fault }[] = [
  { name: "is lost", fault: { kind: "reset-after" } },
  { name: "says that something failed", fault: { kind: "status-after", status: 503 } },
  {
    name: "asks to come again later",
    fault: { kind: "status", status: 429, headers: { "retry-after": "60" } },
  },
  { name: "says that it is busy", fault: { kind: "status", status: 409 } },
];

// Northflank's ids follow from names, so a change that is sent again may find another database.
describe("a change of a Northflank add-on that has to be sent again", () => {
  let world: Harness;
  let resource: Resource;
  /** The call during which another add-on takes the place of ours. */
  let struck: string;
  let anew: string;
  /** What we wrote after that. */
  let later: string[];

  beforeEach(async () => {
    struck = "";
    anew = "";
    later = [];
    world = await Harness.start({
      onServed: ({ method, path, operationId }: LoggedRequest) => {
        if (method === "GET") return;
        if (anew !== "") later.push(`${method} ${path}`);
        else if (operationId === struck) anew = world.emulator.northflank.recreate("orders").uid;
      },
    });
    resource = new Resource(world, "northflank");
  });

  afterEach(async () => {
    await world.close();
    expect(world.emulator.violations, "exchanges against the contracts").to.deep.equal([]);
  });

  for (const { operationId, before, after, requests } of deeds) {
    const old = { ...program, ...before };
    const changed = { ...old, ...after };

    for (const { name, fault } of faults) {
      it(`leaves alone what was made anew, if the answer to ${operationId} ${name}`, async () => {
        await resource.up(old);
        world.emulator.faults.add({ ...fault, operationId });
        struck = operationId;
        const { message } = await world.failure(resource.up(changed));
        expect(message).to.contain("was deleted and created again elsewhere under the same name");
        expect(later).to.deep.equal([]);
        const there = world.emulator.northflank.addons();
        expect(there.map(({ uid }) => uid)).to.deep.equal([anew]);
      });

      it(`is made although the answer to ${operationId} ${name}`, async () => {
        await resource.up(old);
        world.emulator.faults.add({ ...fault, operationId });
        expect(await resource.up(changed)).to.equal("updated");
        await resource.refresh();
        expect(await resource.up(changed)).to.equal("same");
      });
    }

    it(`takes no request more where ${operationId} need not be sent again`, async () => {
      await resource.up(old);
      world.emulator.clearLog();
      await resource.up(changed);
      expect(world.requests(), world.requests().join("\n")).to.have.length(requests);
    });
  }
});
