import assert from "node:assert/strict";
import type { JsonObject, JsonValue } from "../contract/json";
import { Bench, dig, textAt, type Reply } from "./bench";
import { northflankBody, projectPath } from "./fixtures";
import type { StartOptions } from "./index";

const db = `${projectPath}/orders-db`;
const billing = { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 };

describe("Northflank emulator", () => {
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
  const refusal = ({ status, body }: Reply): [number, JsonValue | undefined] => [
    status,
    dig(body, "error.message"),
  ];

  it("answers create flat and get nested", async () => {
    const ipPolicies = [{ addresses: ["192.0.2.10", "198.51.100.0/24"], action: "ALLOW" }];
    const created = await create({ version: "16-latest", ipPolicies, tags: ["demo-tag"] });
    const flat = created.body.data;
    assert.equal(dig(flat, "id"), "orders-db");
    assert.equal(dig(flat, "appId"), "/example-team/demo-project/orders-db");
    assert.equal(dig(flat, "version"), "16-latest");
    assert.deepEqual(dig(flat, "ipPolicies"), ipPolicies);
    assert.equal(dig(flat, "uid"), undefined);
    const nested = (await get(db)).body.data;
    assert.equal(dig(nested, "spec.config.versionTag"), "16.5");
    assert.deepEqual(dig(nested, "spec.config.networking.ipPolicies"), [
      { address: "192.0.2.10", action: "ALLOW" },
      { address: "198.51.100.0/24", action: "ALLOW" },
    ]);
    assert.match(textAt(nested, "uid"), /^[0-9a-f-]{36}$/);
    clean();
  });

  it("leaves the contract where an option says so, without a violation", async () => {
    await restart({
      northflankUid: false,
      northflankTags: false,
      northflankCreateShape: "nested",
      northflankCreateTimes: false,
    });
    const created = await create();
    assert.equal(dig(created.body, "data.spec.type"), "postgresql");
    assert.equal(dig(created.body, "data.uid"), undefined);
    assert.equal(dig((await get(projectPath)).body, "data.addons.0.uid"), undefined);
    assert.equal(dig((await get(projectPath)).body, "data.addons.0.tags"), undefined);
    assert.equal(dig((await get(db)).body, "data.tags"), undefined);
    await restart({ northflankCreateTimes: false });
    assert.equal(dig((await create()).body, "data.createdAt"), undefined);
    clean();
  });

  describe("resolves versions", () => {
    const cases: [string, string | undefined][] = [
      ["latest", "18.0"],
      ["16-latest", "16.5"],
      ["16.4-latest", "16.4"],
      ["16.4", "16.4"],
      ["16", undefined],
      ["1-latest", undefined],
      ["9.9", undefined],
    ];
    for (const [wanted, exact] of cases) {
      it(`${wanted} is ${exact ?? "refused"}`, async () => {
        const reply = await create({ version: wanted });
        assert.equal(reply.status, exact === undefined ? 400 : 200);
        if (exact === undefined) {
          assert.ok(Array.isArray(dig(reply.body, "error.details.versions")));
        } else {
          assert.equal(dig((await get(db)).body, "data.spec.config.versionTag"), exact);
        }
        clean();
      });
    }
  });

  describe("refuses to create", () => {
    const open = { externalAccessEnabled: true };
    const cases: [string, JsonObject, number, RegExp][] = [
      ["without TLS what is open", open, 422, /External access needs TLS/],
      ["without TLS what a VPC sees", { vpcAccessible: true }, 422, /VPC access needs TLS/],
      ["both exposures", { ...open, vpcAccessible: true, tlsEnabled: true }, 422, /exclude each/],
      ["an unknown type", { type: "nothing" }, 400, /type not found/],
      [
        "an unknown plan",
        { billing: { ...billing, deploymentPlan: "big" } },
        400,
        /plan not found/,
      ],
      ["too small a disk", { billing: { ...billing, storage: 100 } }, 400, /too small/],
      ["an unknown backup", { source: { addonId: "x", backupId: "y" } }, 404, /Backup not found/],
      ["a misspelt field", { lable: "x" }, 400, /not valid/],
      [
        "Sentinel on one replica",
        { type: "redis", typeSpecificSettings: { redisSentinelEnabled: true } },
        400,
        /three replicas/,
      ],
      [
        "a database name for redis",
        { type: "redis", customCredentials: { dbName: "x" } },
        400,
        /not offered/,
      ],
    ];
    for (const [name, fields, status, text] of cases) {
      it(name, async () => {
        const reply = await create(fields);
        assert.equal(reply.status, status, reply.text);
        assert.match(textAt(reply.body, "error.message"), text);
        assert.equal(dig(reply.body, "error.status"), status);
      });
    }
  });

  it("refuses names that collide, until the other one is gone", async () => {
    await create();
    const collision = await create({ name: "orders-DB" });
    assert.equal(collision.status, 409);
    await bench.northflank("DELETE", db);
    assert.equal((await create()).status, 409, "still deleting");
    bench.clock.advance(300);
    assert.equal((await create()).status, 200);
    clean();
  });

  it("needs a payment method where told so", async () => {
    bench.emulator.northflank.paymentMissing = true;
    assert.deepEqual(refusal(await create()), [
      409,
      "Account incomplete, add a default payment method",
    ]);
    assert.deepEqual(bench.emulator.northflank.addons(), []);
    clean();
  });

  it("puts by name: creates, then updates", async () => {
    const put = (fields: JsonObject = {}) =>
      bench.northflank("PUT", projectPath, { body: northflankBody("postgresql", fields) });
    assert.equal((await put()).status, 200);
    const { uid } = bench.emulator.northflank.get("orders-db");
    await put({ description: "Changed", billing: { ...billing, storage: 12288 } });
    const facts = bench.emulator.northflank.get("orders-db");
    assert.deepEqual([facts.uid, facts.status], [uid, "scaling"]);
    assert.equal((await put({ customCredentials: { dbName: "other" } })).status, 422);
    clean();
  });

  describe("refuses to patch", () => {
    const cases: [string, string, JsonObject, number, RegExp][] = [
      ["a smaller disk", "postgresql", { billing: { storage: 4096 } }, 422, /cannot be reduced/],
      ["a downgrade", "postgresql", { version: "15.9" }, 422, /cannot go down/],
      ["a skipped major", "postgresql", { version: "18.0" }, 422, /cannot skip/],
      ["an unknown version", "postgresql", { version: "9" }, 400, /not supported/],
      ["a create-only field", "postgresql", { name: "x" }, 422, /not valid/],
      ["TLS of MySQL", "mysql", { tlsEnabled: true }, 422, /MySQL/],
      ["open without TLS", "redis", { externalAccessEnabled: true }, 422, /needs TLS/],
      ["replicas of MinIO", "minio", { billing: { replicas: 4 } }, 422, /MinIO/],
      [
        "a fixed setting",
        "postgresql",
        { typeSpecificSettings: { postgresqlWalLevel: "logical" } },
        422,
        /fixed at creation/,
      ],
    ];
    for (const [name, type, body, status, text] of cases) {
      it(name, async () => {
        bench.emulator.northflank.seed(
          northflankBody(type, type === "postgresql" ? { version: "16.4" } : {}),
        );
        const before = bench.emulator.northflank.get("orders-db").input;
        const reply = await patch(body);
        assert.equal(reply.status, status, reply.text);
        assert.match(textAt(reply.body, "error.message"), text);
        assert.deepEqual(bench.emulator.northflank.get("orders-db").input, before);
      });
    }
  });

  it("patches: objects are merged, lists replaced, null leaves the stage", async () => {
    const rules = (address: string) => [{ addresses: [address], action: "ALLOW" }];
    await create({ stageId: "staging", ipPolicies: rules("192.0.2.1"), tags: ["one-tag"] });
    await patch({
      stageId: null,
      ipPolicies: rules("192.0.2.2"),
      billing: { storage: 12288 },
      typeSpecificSettings: { postgresqlConnectionPoolerEnabled: true },
    });
    const { input } = bench.emulator.northflank.get("orders-db");
    assert.equal(input.stageId, undefined);
    assert.deepEqual(input.ipPolicies, rules("192.0.2.2"));
    assert.deepEqual(input.tags, ["one-tag"]);
    assert.deepEqual(input.billing, { storageClass: "nvme", ...billing, storage: 12288 });
    clean();
  });

  it("pages by cursor and by number, and no page shifts when something goes", async () => {
    for (let index = 0; index < 5; index += 1) await create({ name: `Addon number ${index}` });
    const names = (reply: Reply) => {
      const addons = dig(reply.body, "data.addons");
      return Array.isArray(addons) ? addons.map((addon) => dig(addon, "id")) : [];
    };
    const first = await get(`${projectPath}?per_page=2`);
    assert.deepEqual(names(first), ["addon-number-0", "addon-number-1"]);
    bench.emulator.northflank.remove("addon-number-0");
    const cursor = textAt(first.body, "pagination.cursor");
    const second = await get(`${projectPath}?per_page=2&cursor=${cursor}`);
    assert.deepEqual(names(second), ["addon-number-2", "addon-number-3"]);
    const third = await get(`${projectPath}?per_page=2&page=2`);
    assert.deepEqual(names(third), ["addon-number-3", "addon-number-4"]);
    assert.deepEqual(third.body.pagination, { hasNextPage: false, count: 2 });
    clean();
    await restart({ pageSize: 1 });
    await create();
    await create({ name: "Second" });
    assert.equal(dig((await get(`${projectPath}?per_page=100`)).body, "pagination.count"), 1);
  });

  it("counts requests in a window and refuses when it is used up", async () => {
    await restart({ rateLimit: 3 });
    const numbers = ({ headers }: Reply) =>
      ["limit", "remaining", "reset"].map((name) => Number(headers.get(`x-ratelimit-${name}`)));
    assert.deepEqual(numbers(await get("/plans")), [3, 2, 3600]);
    bench.clock.advance(600_000);
    assert.deepEqual(numbers(await get("/plans")), [3, 1, 3000]);
    assert.deepEqual(numbers(await get(`${projectPath}/nothing`)), [3, 0, 3000]);
    const refused = await get("/plans");
    assert.equal(refused.status, 429);
    assert.deepEqual(numbers(refused), [3, 0, 3000]);
    bench.clock.advance(3_000_000);
    assert.deepEqual(numbers(await get("/plans")), [3, 2, 3600]);
    bench.emulator.northflank.leaveRequests(0);
    assert.equal((await get("/plans")).status, 429);
    clean();
  });

  it("answers 401, 403 and 404", async () => {
    const { northflank } = bench.emulator;
    const headers = { authorization: "Bearer wrong" };
    const wrong = await bench.northflank("GET", "/plans", { headers });
    assert.deepEqual(refusal(wrong), [401, "Invalid token"]);
    assert.equal(wrong.headers.get("x-ratelimit-limit"), "1000");
    await create();
    northflank.permissions.delete("Project > Addons > General > Read Spec");
    assert.equal((await get(`${db}/credentials`)).status, 403);
    assert.equal((await get("/projects/nothing/addons")).status, 404);
    assert.equal((await get("/teams/others/projects/demo-project/addons")).status, 404);
    northflank.teamFormOnly = true;
    assert.equal((await get(db)).status, 403);
    assert.equal((await get(`/teams/example-team${db}`)).status, 200);
    clean();
  });

  it("can be changed behind the API's back", async () => {
    const { northflank } = bench.emulator;
    northflank.addProject("other", { teamId: "example-team" });
    const seeded = northflank.seed(northflankBody("redis"), "other");
    bench.clock.advance(1000);
    northflank.change(seeded.id, { version: "8.6.1", description: "Drifted" }, "other");
    northflank.autoscaleDisk(seeded.id, 20480, "other");
    const shown = (await get(`/projects/other/addons/${seeded.id}`)).body.data;
    assert.equal(dig(shown, "description"), "Drifted");
    assert.equal(dig(shown, "spec.config.deployment.storageSize"), 20480);
    const again = northflank.recreate(seeded.id, "other");
    assert.equal(again.id, seeded.id);
    assert.notEqual(again.uid, seeded.uid);
    assert.equal(again.createdAt - seeded.createdAt, 1000);
    northflank.setStatus(seeded.id, "backup", 500, "other");
    assert.equal(northflank.get(seeded.id, "other").status, "backup");
    bench.clock.advance(500);
    assert.equal(northflank.get(seeded.id, "other").status, "running");
    northflank.remove(seeded.id, "other");
    assert.deepEqual(northflank.addons("other"), []);
    northflank.nextOutcome("errorAllocating");
    await create();
    assert.equal(northflank.get("orders-db").status, "errorAllocating");
    northflank.removeProject("demo-project");
    assert.equal((await get(db)).status, 404);
    clean();
  });

  it("refuses changes in transition where it is strict", async () => {
    await create();
    await patch({ billing: { storage: 12288 } });
    assert.equal((await patch({ description: "At once" })).status, 200);
    await restart({ northflankStrictState: true });
    await create();
    await patch({ billing: { storage: 12288 } });
    assert.deepEqual(refusal(await patch({ description: "At once" })), [409, "Addon is scaling"]);
  });

  it("lags behind in lists only", async () => {
    await restart({ staleListMs: 2000 });
    await create();
    const count = async () => dig((await get(projectPath)).body, "pagination.count");
    assert.equal((await get(db)).status, 200);
    assert.equal(await count(), 0);
    bench.clock.advance(2000);
    assert.equal(await count(), 1);
    await bench.northflank("DELETE", db);
    bench.clock.advance(2299);
    assert.equal((await get(db)).status, 404);
    assert.equal(await count(), 1);
    bench.clock.advance(1);
    assert.equal(await count(), 0);
    clean();
  });
});
