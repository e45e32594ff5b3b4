import { expect } from "chai";
import { DEFAULT_APP } from "../emulator/index";
import { Resource } from "../support/resource";
import { Harness } from "../support/harness";
import { kinds } from "./kinds";

describe("an update that changes more than it was asked to", () => {
  it("is put right at once where the program declares it", async () => {
    // The documentation does not say that fields which a PUT leaves out keep their values.
    const world = await Harness.start({ migetPartialPut: false });
    try {
      const resource = new Resource(world, "miget");
      const program = {
        appUuid: DEFAULT_APP,
        type: "mysql",
        name: "shop",
        mysqlVersion: "8.2",
        ramSize: 512,
        diskSize: 2,
      };
      await resource.up(program);
      const changed = { ...program, label: "Shop" };
      expect(await resource.up(changed)).to.equal("updated");
      expect(resource.outs).to.include({ label: "Shop", ramSize: 512, diskSize: 2 });
      await resource.refresh();
      expect(await resource.up(changed)).to.equal("same");
    } finally {
      await world.close();
    }
  });
});

describe("an earlier answer that was wrong", () => {
  const lies = [
    {
      platform: "miget",
      name: "type",
      old: /"postgres"/u,
      lie: '"valkey"',
      update: { ramSize: 512 },
    },
    {
      platform: "miget",
      name: "cpuSize",
      old: /"cpu_size":[\d.]+/u,
      lie: '"cpu_size":"x"',
      update: { ramSize: 512 },
    },
    {
      platform: "northflank",
      name: "billing.storageClass",
      old: /"storageClass":"[^"]*"/u,
      lie: '"storageClass":"\u202e!"',
      update: { description: "New" },
    },
  ] as const;
  for (const { platform, name, old, lie, update } of lies) {
    it(`is not sent back as if it had been the value of ${name}`, async () => {
      const world = await Harness.start();
      try {
        const kind = kinds.find((candidate) => candidate.platform === platform);
        const inputs = kind?.inputs ?? {};
        const resource = new Resource(world, platform);
        await resource.up(inputs);
        const forged = world.emulator.faults.add({
          platform,
          operationId: "getAddon",
          kind: "forged",
          forge: (answer) => ({ ...answer, text: answer.text.replace(old, lie) }),
        });
        await world.run(resource.up({ ...inputs, ...update }).catch(() => undefined));
        expect(forged.hits).to.equal(1);
        expect(world.emulator.violations, "what was sent").to.deep.equal([]);
      } finally {
        await world.close();
      }
    });
  }
});

describe("a change that the platform accepts but does not make", () => {
  for (const platform of ["miget", "northflank"] as const) {
    it(`is an error on ${platform}, and the state keeps the old value`, async () => {
      const world = await Harness.start();
      try {
        const kind = kinds.find((candidate) => candidate.platform === platform);
        const resource = new Resource(world, platform);
        const inputs = kind?.inputs ?? {};
        await resource.up(inputs);
        const update = platform === "miget" ? { ramSize: 512 } : { tlsEnabled: false };
        const operationId = platform === "miget" ? "updateAddon" : "patchAddon";
        world.emulator.faults.add({
          platform,
          operationId,
          kind: "status",
          status: 200,
          body: { data: {} },
        });
        const failure = await world.failure(resource.up({ ...inputs, ...update }));
        expect(failure.message).to.match(/accepted the change .* but did not apply it/u);
        const [name = ""] = Object.keys(update);
        expect(resource.outs[name]).to.equal(inputs[name]);
        expect(await resource.up({ ...inputs, ...update })).to.equal("updated");
      } finally {
        await world.close();
      }
    });
  }
});
