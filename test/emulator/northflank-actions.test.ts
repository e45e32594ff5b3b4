import assert from "node:assert/strict";
import type { JsonObject } from "../contract/json";
import { Bench, dig, textAt } from "./bench";
import { northflankBody, projectPath } from "./fixtures";
import type { StartOptions } from "./index";

const db = `${projectPath}/orders-db`;

describe("Northflank emulator, actions on an addon", () => {
  let bench: Bench;
  const restart = async (options: StartOptions) => {
    await bench.emulator.close();
    bench = await Bench.start({ provisioningMs: 0, ...options });
  };
  beforeEach(async () => (bench = await Bench.start({ provisioningMs: 0 })));
  afterEach(() => bench.emulator.close());

  const get = (path: string) => bench.northflank("GET", path);
  const post = (path: string, body?: JsonObject) =>
    bench.northflank("POST", path, body ? { body } : {});
  const create = (fields: JsonObject = {}, type = "postgresql") =>
    post(projectPath, northflankBody(type, fields));
  const patch = (body: JsonObject) => bench.northflank("PATCH", db, { body });
  const clean = () => assert.deepEqual(bench.emulator.violations, []);

  it("upgrades by patch and by post, one major at a time", async () => {
    await create({ version: "16.4" });
    const offered = (await get(`${db}/version`)).body.data;
    assert.deepEqual(dig(offered, "upgradeTo"), [
      { version: "17.2", type: "major" },
      { version: "16.5", type: "minor" },
    ]);
    assert.equal((await patch({ version: "16-latest" })).status, 200);
    const facts = () => bench.emulator.northflank.get("orders-db");
    assert.deepEqual([facts().status, facts().version], ["upgrading", "16.4"]);
    assert.equal((await post(`${db}/version`, { version: "17.2" })).status, 409);
    bench.clock.advance(300);
    assert.deepEqual([facts().status, facts().version], ["running", "16.5"]);
    assert.equal((await post(`${db}/version`, { version: "18.0" })).status, 422);
    assert.equal((await post(`${db}/version`, { version: "17.2" })).status, 200);
    bench.clock.advance(300);
    assert.equal(facts().version, "17.2");
    const history = dig((await get(`${db}/version`)).body, "data.upgradeHistory");
    assert.deepEqual(
      [
        dig(history, "0.upgradeType"),
        dig(history, "1.upgradeType"),
        dig(history, "1.status.status"),
      ],
      ["minor", "major", "completed"],
    );
    clean();
  });

  it("sets networking and rules by their own endpoints", async () => {
    await create();
    assert.equal(
      (await post(`${db}/network-settings`, { externalAccessEnabled: true })).status,
      422,
    );
    const open = { tlsEnabled: true, externalAccessEnabled: true };
    assert.equal((await post(`${db}/network-settings`, open)).status, 200);
    await post(`${db}/security`, { ipPolicies: [{ address: "192.0.2.9", action: "DENY" }] });
    const networking = dig((await get(db)).body, "data.spec.config.networking");
    assert.deepEqual(networking, {
      tlsEnabled: true,
      externalAccessEnabled: true,
      vpcAccessible: false,
      ipPolicies: [{ address: "192.0.2.9", action: "DENY" }],
    });
    clean();
  });

  it("rotates credentials; the old ones stay valid until the end of the rotation", async () => {
    await create();
    const password = async () =>
      dig((await get(`${db}/credentials`)).body, "data.secrets.PASSWORD");
    const status = async () => dig((await get(db)).body, "data.spec.config.secretRotation.status");
    const valid = () => bench.emulator.northflank.get("orders-db").validPasswords;
    const old = await password();
    assert.equal((await post(`${db}/secret-rotation/finalise`)).status, 409);
    await post(`${db}/secret-rotation`);
    assert.deepEqual([await status(), await password()], ["rotating", old]);
    assert.equal((await post(`${db}/secret-rotation`)).status, 409);
    bench.clock.advance(300);
    const fresh = await password();
    assert.equal(await status(), "rotated");
    assert.notEqual(fresh, old);
    assert.deepEqual(valid(), [old, fresh]);
    await post(`${db}/secret-rotation/finalise`);
    assert.deepEqual([await status(), valid()], ["finalising", [fresh]]);
    bench.clock.advance(300);
    assert.equal(await status(), "completed");
    assert.equal((await post(`${db}/secret-rotation`)).status, 200, "and once more");
    clean();
  });

  it("can fail to rotate, and to end the former credentials", async () => {
    await create();
    const status = async () => dig((await get(db)).body, "data.spec.config.secretRotation.status");
    const valid = () => bench.emulator.northflank.get("orders-db").validPasswords;
    const rotate = async (path = "secret-rotation") => {
      const reply = await post(`${db}/${path}`);
      bench.clock.advance(300);
      return reply.status;
    };
    const [old] = valid();
    bench.emulator.northflank.nextRotation("failed");
    assert.equal(await rotate(), 200);
    assert.deepEqual([await status(), valid()], ["failed", [old]]);
    bench.emulator.northflank.nextRotation("finalise-failed");
    assert.equal(await rotate(), 200, "after a failed one");
    assert.equal(await rotate("secret-rotation/finalise"), 200);
    assert.equal(await status(), "finalise-failed");
    assert.equal(valid().length, 2);
    assert.equal(await rotate(), 409);
    assert.equal(await rotate("secret-rotation/finalise"), 200, "tried again");
    assert.deepEqual([await status(), valid().length], ["completed", 1]);
    clean();
  });

  it("says of versions that they are no longer supported", async () => {
    await restart({ northflankLifecycle: { "16.4": "deprecated" } });
    await create({ version: "16.4" });
    assert.equal(dig((await get(db)).body, "data.spec.config.lifecycleStatus"), "deprecated");
    const version = dig((await get(`${db}/version`)).body, "data");
    assert.equal(dig(version, "lifecycleStatus"), "deprecated");
    assert.equal(dig(version, "discontinuedBy"), "31.12.2030");
    clean();
  });

  it("keeps backup schedules within the limits", async () => {
    await create({ backupSchedules: [schedule("daily", "snapshot")] });
    const add = (input: JsonObject) => post(`${db}/backup-schedules`, input);
    assert.equal((await add(schedule("daily", "snapshot"))).status, 409);
    assert.equal((await add({ ...schedule("daily", "dump"), retentionTime: 501 })).status, 422);
    const added = await add({ ...schedule("daily", "dump"), compressionType: "zstd" });
    assert.equal(added.status, 200);
    assert.equal((await add(schedule("weekly", "dump"))).status, 200);
    assert.equal((await add(schedule("weekly", "snapshot"))).status, 422, "three at most");
    const listed = await get(`${db}/backup-schedules`);
    assert.equal(dig(listed.body, "data.schedules.1.backupCompressionType"), "zstd");
    const one = `${db}/backup-schedules/${textAt(added.body, "data.id")}`;
    assert.equal((await bench.northflank("DELETE", one)).status, 200);
    assert.equal((await bench.northflank("DELETE", one)).status, 404);
    await patch({ backupSchedules: [{ ...schedule("daily", "snapshot"), retentionTime: 3 }] });
    const retention = dig((await get(`${db}/backup-schedules`)).body, "data.schedules");
    assert.ok(Array.isArray(retention));
    assert.deepEqual(
      retention.map((each) => dig(each, "retentionTime")),
      [7, 3],
    );
    clean();
  });

  it("takes backups, restores them and forks from them", async () => {
    await create({ version: "16.4" });
    const backup = await post(`${db}/backups`, { name: "Before upgrade" });
    assert.equal(dig(backup.body, "data.status"), "scheduled");
    const path = `${db}/backups/before-upgrade`;
    assert.equal((await post(`${path}/restore`)).status, 409, "while it is taken");
    bench.clock.advance(300);
    assert.equal(dig((await get(path)).body, "data.status"), "completed");
    assert.equal((await post(`${db}/backups`, { name: "before upgrade" })).status, 409);
    const restore = await post(`${path}/restore`);
    assert.equal(bench.emulator.northflank.get("orders-db").status, "restore");
    bench.clock.advance(300);
    const restores = (await get(`${db}/restores`)).body;
    assert.equal(dig(restores, "data.restores.0.id"), dig(restore.body, "data.restoreId"));
    assert.equal(dig(restores, "data.restores.0.status"), "completed");
    assert.equal(dig((await get(path)).body, "data.lastRestore.status"), "completed");
    const source = { addonId: "orders-db", backupId: "latest" };
    assert.equal((await create({ name: "Fork", version: "16.4", source })).status, 200);
    assert.equal((await bench.northflank("DELETE", path)).status, 200);
    assert.equal((await get(path)).status, 404);
    clean();
  });
});

const schedule = (interval: "daily" | "weekly", backupType: string): JsonObject => ({
  scheduling: {
    interval,
    minute: [30],
    hour: [2],
    ...(interval === "weekly" && { day: [6] }),
  },
  backupType,
  retentionTime: 7,
});
