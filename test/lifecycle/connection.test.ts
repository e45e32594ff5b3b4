import { expect } from "chai";
import { isRecord, type Props } from "../../src/fields/values";
import { DEFAULT_APP, DEFAULT_PROJECT } from "../emulator/index";
import { recordAt } from "../support/json";
import { Resource } from "../support/resource";
import { Harness } from "../support/harness";

const billing = { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 };
const open = { tlsEnabled: true, externalAccessEnabled: true };

const northflank = (type: string, more: Props = {}) => ({
  projectId: DEFAULT_PROJECT,
  name: "orders",
  type,
  version: "latest",
  billing,
  ...more,
});

describe("the connection outputs of an add-on", () => {
  let world: Harness;
  const start = async (options = {}) => (world = await Harness.start(options));
  const up = async (inputs: Props) => {
    const resource = new Resource(world, "northflank");
    expect(await resource.up(inputs)).to.equal("created");
    return resource;
  };
  afterEach(() => world.close());

  for (const type of ["postgresql", "mysql", "mongodb", "redis", "rabbitmq", "minio"]) {
    it(`are complete with external access, without a warning: ${type}`, async () => {
      await start({ passwords: "special" });
      const { outs } = await up(northflank(type, open));
      expect(recordAt(outs, "connection", "external").uri)
        .to.be.a("string")
        .and.not.equal("");
      const [secret] = world.emulator.northflank.get("orders").validPasswords;
      expect(recordAt(outs, "connection")).to.include({ password: secret });
      expect(
        world.lines.filter((line) => line.startsWith("warning") && !line.includes("sizes")),
      ).to.deep.equal([]);
    });
  }

  it("of Redis with Sentinel say where to ask for the master", async () => {
    await start();
    const { outs } = await up(
      northflank("redis", {
        billing: { ...billing, replicas: 3 },
        typeSpecificSettings: { redisSentinelEnabled: true },
      }),
    );
    expect(recordAt(outs, "connection", "sentinel")).to.include({
      port: 26379,
      masterName: "mymaster",
    });
    expect(recordAt(outs, "credentials", "envs")).to.include.keys("HOST_SENTINEL");
    expect(outs, "vars repeat the credentials").to.not.have.property("vars");
    expect(world.clock.elapsed()).to.be.below(30_000);
  });

  it("have the external address that comes late", async () => {
    await start({ northflankExternalDelayMs: 30_000 });
    const { outs } = await up(northflank("postgresql", open));
    expect(recordAt(outs, "connection", "external")).to.include({ port: 31000 });
  });

  it("of Miget have the external address that comes late", async () => {
    await start({ migetExternalDelayMs: 30_000 });
    const resource = new Resource(world, "miget");
    await resource.up({
      appUuid: DEFAULT_APP,
      type: "postgres",
      name: "orders",
      postgresVersion: "17",
      publicAccess: true,
    });
    expect(recordAt(resource.outs, "connection", "external")).to.include({ port: 15432 });
  });

  for (const spelling of ["lower", "camel"] as const) {
    it(`are the same with keys in ${spelling} case`, async () => {
      await start({ northflankCredentialCase: spelling });
      const { outs } = await up(northflank("minio"));
      expect(recordAt(outs, "connection")).to.include.keys("uri", "username", "password");
    });
  }

  it("need neither uid nor tags in the answers", async () => {
    await start({ northflankUid: false, northflankTags: false });
    const { outs } = await up(northflank("postgresql"));
    expect(recordAt(outs, "connection")).to.include.keys("uri");
  });

  for (const status of ["deprecated", "discontinued"] as const) {
    describe(`of a version that is ${status}`, () => {
      const program = northflank("postgresql", { version: "16.4" });
      const warnings = () => world.lines.filter((line) => line.includes("which Northflank calls"));
      let resource: Resource;

      beforeEach(async () => {
        await start({ northflankLifecycle: { "16.4": status } });
        resource = await up(program);
        world.lines.length = 0;
      });

      for (const [title, look] of [
        ["a preview without a change", () => resource.up(program)],
        ["a refresh", () => resource.refresh()],
        ["a refresh before an up", () => resource.refresh().then(() => resource.up(program))],
      ] as const) {
        it(`say so, and ${title} warns once with the upgrades`, async () => {
          resource = resource.inNewProcess();
          await look();
          expect(resource.outs).to.deep.include({
            lifecycleStatus: status,
            upgrades: ["17.2 (major)", "16.5 (minor)"],
            discontinuedBy: "31.12.2030",
          });
          expect(warnings()).to.have.lengthOf(1);
          expect(warnings()[0]).to.match(
            new RegExp(
              `^warning: Northflank postgresql add-on "orders" .* runs version 16\\.4, which Northflank calls ${status}; its support ends on 31\\.12\\.2030\\. .*17\\.2 \\(major\\), 16\\.5 \\(minor\\)\\.$`,
              "u",
            ),
          );
        });
      }

      it("is no warning once the program changes it, and says nothing more afterwards", async () => {
        resource = resource.inNewProcess();
        await resource.up(northflank("postgresql", { version: "16.5" }));
        expect(warnings()).to.deep.equal([]);
        resource = resource.inNewProcess();
        await resource.refresh();
        expect(resource.outs).to.include({ lifecycleStatus: "active" });
        expect(resource.outs).to.not.have.any.keys("upgrades", "discontinuedBy");
        expect(warnings()).to.deep.equal([]);
      });

      it("is a warning without them where they cannot be read", async () => {
        world.emulator.faults.add({
          kind: "status",
          operationId: "getAddonVersion",
          status: 403,
          times: 99,
        });
        resource = resource.inNewProcess();
        await resource.refresh();
        expect(warnings().join()).to.contain("Look on Northflank which upgrades there are.");
      });
    });
  }

  it("hold no secret of Miget in plain", async () => {
    await start();
    const resource = new Resource(world, "miget");
    const password = "FAKE-added-later";
    world.emulator.faults.add({
      kind: "forged",
      platform: "miget",
      operationId: "getAddon",
      times: 99,
      forge: (answer) => {
        const body: unknown = JSON.parse(answer.text);
        if (!isRecord(body)) return answer;
        const replica = { uuid: "r", connection_details: { internal: { password } } };
        const settings = { admin_password: password };
        return { ...answer, text: JSON.stringify({ ...body, replicas: [replica], settings }) };
      },
    });
    await resource.up({
      appUuid: DEFAULT_APP,
      type: "postgres",
      name: "orders",
      postgresVersion: "17",
    });
    expect(JSON.stringify(resource.outs)).to.not.include(password);
    expect(resource.outs.replicas).to.deep.equal([{ uuid: "r" }]);
  });
});

describe("backup schedules and tags of a Northflank add-on", () => {
  let world: Harness;
  beforeEach(async () => (world = await Harness.start()));
  afterEach(() => world.close());
  const daily = { interval: "daily", minute: [30], hour: [2] };

  it("may say how a snapshot is compressed, as the documentation does, without any effect", async () => {
    const resource = new Resource(world, "northflank");
    const snapshot = { scheduling: daily, backupType: "snapshot", retentionTime: 7 };
    const backupSchedules = [{ ...snapshot, compressionType: "gz" }];
    await resource.up(northflank("postgresql", { backupSchedules }));
    await resource.refresh();
    expect(await resource.up(northflank("postgresql", { backupSchedules }))).to.equal("same");
    const weekly = { interval: "weekly", minute: [0], hour: [3], day: [1] };
    const both = [...backupSchedules, { ...snapshot, scheduling: weekly, compressionType: "gz" }];
    expect(await resource.up(northflank("postgresql", { backupSchedules: both }))).to.equal(
      "updated",
    );
    expect(JSON.stringify(world.emulator.northflank.get("orders").schedules)).to.not.include(
      "ompression",
    );
    expect(world.emulator.violations).to.deep.equal([]);
  });

  it("may name a tag twice", async () => {
    const resource = new Resource(world, "northflank");
    const tags = ["blue", "blue", "green"];
    await resource.up(northflank("postgresql", { tags }));
    expect(world.emulator.northflank.get("orders").input.tags).to.deep.equal(["blue", "green"]);
    await resource.refresh();
    expect(await resource.up(northflank("postgresql", { tags }))).to.equal("same");
  });
});
