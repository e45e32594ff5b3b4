import assert from "node:assert/strict";
import type { JsonObject, JsonValue } from "../contract/json";
import { Bench, dig, textAt, type Reply } from "./bench";
import { addonsPath, migetBodies } from "./fixtures";
import { DEFAULT_APP, type StartOptions } from "./index";

const { postgres, mysql, valkey, storage } = migetBodies;

describe("Miget emulator", () => {
  let bench: Bench;
  const restart = async (options: StartOptions) => {
    await bench.emulator.close();
    bench = await Bench.start({ provisioningMs: 0, credentialsDelayMs: 0, ...options });
  };
  beforeEach(async () => (bench = await Bench.start({ provisioningMs: 0, credentialsDelayMs: 0 })));
  afterEach(() => bench.emulator.close());

  const create = (body: JsonObject) => bench.miget("POST", addonsPath, { body });
  const read = (uuid: unknown) => bench.miget("GET", `${addonsPath}/${String(uuid)}`);
  const put = (uuid: unknown, body: JsonObject) =>
    bench.miget("PUT", `${addonsPath}/${String(uuid)}`, { body });
  const act = (uuid: unknown, action: string, body?: JsonObject) =>
    bench.miget("POST", `${addonsPath}/${String(uuid)}/${action}`, body ? { body } : {});
  const vars = async () => {
    const { json } = await bench.miget("GET", `/apps/${DEFAULT_APP}/vars`);
    assert.ok(Array.isArray(json));
    return new Map(json.map((item) => [textAt(item, "key"), textAt(item, "value")]));
  };
  const clean = () => assert.deepEqual(bench.emulator.violations, []);

  describe("refuses to create, in the documented order:", () => {
    const cases: [string, JsonObject, number, JsonObject][] = [
      ["a missing type", {}, 400, { error: "type does not have a valid value" }],
      [
        "an unknown version, before the missing label",
        { type: "postgres", postgres_version: "9" },
        400,
        { error: "postgres_version does not have a valid value" },
      ],
      ["no label", { type: "mysql", mysql_version: "8.2" }, 422, { errors: "Label is missing" }],
      [
        "no label and no version",
        { type: "valkey" },
        422,
        { errors: "Label is missing, Valkey version is missing" },
      ],
      [
        "a volume without a place",
        { type: "storage", label: "x" },
        422,
        { errors: "mount point is missing, storage access is missing" },
      ],
      [
        "a folder of an RWO volume",
        { ...storage, sub_path: "a" },
        422,
        { errors: "Sub path needs RWX" },
      ],
      [
        "a folder above the volume",
        { ...storage, storage_access: "RWX", sub_path: "a/../b" },
        422,
        { errors: "Sub path is invalid" },
      ],
      [
        "half an external replica",
        { ...postgres, creation_mode: "external_replica", auth_type: "password" },
        422,
        {
          errors:
            "external_host is missing, replication_username is missing, replication_password is missing",
        },
      ],
    ];
    for (const [name, body, status, answer] of cases) {
      it(name, async () => {
        const reply = await create(body);
        assert.deepEqual([reply.status, reply.body], [status, answer]);
        assert.equal(bench.emulator.miget.addons().length, 0);
      });
    }
  });

  it("checks token, suspension, workspace, permission and existence, in this order", async () => {
    const { miget } = bench.emulator;
    const path = "/apps/nobody/addons/nothing";
    const wrong = { authorization: "Bearer wrong", "x-workspace-id": "elsewhere" };
    const foreign = { "x-workspace-id": "elsewhere" };
    const texts: [number, unknown][] = [];
    const note = ({ status, body }: Reply) => texts.push([status, body.error]);
    miget.suspend();
    miget.permissions.delete("apps:manage");
    note(await bench.miget("DELETE", path, { headers: wrong }));
    note(await bench.miget("DELETE", path, { headers: foreign }));
    miget.suspend(false);
    note(await bench.miget("DELETE", path, { headers: foreign }));
    note(await bench.miget("DELETE", path));
    miget.permissions.add("apps:manage");
    note(await bench.miget("DELETE", path));
    note(await bench.miget("DELETE", `${addonsPath}/nothing`));
    assert.deepEqual(texts, [
      [401, "Unauthorized"],
      [403, "The workspace is suspended"],
      [403, "Token belongs to another workspace"],
      [403, "This token may not do that"],
      [404, "App not found"],
      [404, "Addon not found"],
    ]);
    clean();
  });

  it("hides an app of another workspace", async () => {
    const { miget } = bench.emulator;
    miget.workspaces.add("second");
    const app = miget.addApp(undefined, "second");
    assert.equal((await bench.miget("GET", `/apps/${app}`)).status, 404);
    const headers = { "x-workspace-id": "second" };
    assert.equal((await bench.miget("GET", `/apps/${app}`, { headers })).status, 200);
  });

  it("names with a suffix and answers sizes in bytes", async () => {
    const { body } = await create({ ...postgres, name: "Orders", ram_size: 256, disk_size: 1 });
    assert.match(textAt(body, "name"), /^orders-[a-z]{5}$/);
    assert.deepEqual(body.quota, { ram_size: 268435456, cpu_size: 0.1, disk_size: 1073741824 });
    const cache = await create(valkey);
    assert.deepEqual(cache.body.quota, { ram_size: 33554432, cpu_size: 0.1, disk_size: 107374182 });
    const volume = await create({ ...storage, storage_access: "RWX", sub_path: "a/b" });
    assert.deepEqual(volume.body.quota, { disk_size: 1073741824 });
    assert.deepEqual(volume.body.settings, {
      mount_point: "/data",
      access_type: "RWX",
      sub_path: "a/b",
    });
    clean();
  });

  it("answers 0.1 cores on small plans", async () => {
    await restart({ migetSmallPlans: true });
    const { body } = await create({ ...postgres, cpu_size: 2 });
    assert.equal(dig(body, "quota.cpu_size"), 0.1);
  });

  it("writes app variables, the shared one for the first database only", async () => {
    bench.emulator.miget.setVar(DEFAULT_APP, "Redis_Url", "mine");
    const first = await create({ ...postgres, name: "a" });
    await create({ ...mysql, name: "b" });
    await create({ ...valkey, name: "c" });
    const found = await vars();
    const names = [...found.keys()].map((name) => name.replace(/_[A-Z]{5}_URL$/, "_*_URL"));
    assert.deepEqual(names.sort(), ["A_*_URL", "B_*_URL", "C_*_URL", "DATABASE_URL", "Redis_Url"]);
    const { body } = await read(first.body.uuid);
    assert.equal(
      found.get("DATABASE_URL"),
      dig(body, "connection_details.internal.connection_url"),
    );
    clean();
  });

  it("leaves the app's variables alone when a password is rotated", async () => {
    await restart({ migetConnection: "both", passwords: "special" });
    const { body: addon } = await create(postgres);
    const before = await vars();
    const { body: rotated } = await act(addon.uuid, "rotate_password");
    const after = await read(addon.uuid);
    assert.equal(dig(after.body, "connection_details.internal.password"), rotated.password);
    const url = textAt(after.body, "connection_details.internal.connection_url");
    assert.equal(decodeURIComponent(new URL(url).password), rotated.password);
    assert.deepEqual(await vars(), before);
    assert.notEqual(before.get("DATABASE_URL"), url);
    assert.deepEqual(Object.values(after.body.var ?? {}), [url]);
    const volume = await create(storage);
    assert.equal((await act(volume.body.uuid, "rotate_password")).status, 422);
    clean();
  });

  const places = {
    details: [true, false, true],
    var: [false, true, true],
    both: [true, true, true],
    "vars-endpoint": [false, false, true],
    never: [false, false, false],
  } as const;
  for (const migetConnection of ["details", "var", "both", "vars-endpoint", "never"] as const) {
    it(`shows connection data in ${migetConnection}`, async () => {
      await restart({ migetConnection });
      const { body } = await create(postgres);
      const filled = (value: JsonValue | undefined) => Object.keys(value ?? {}).length > 0;
      assert.deepEqual(
        [filled(body.connection_details), filled(body.var), (await vars()).size > 0],
        places[migetConnection],
      );
      clean();
    });
  }

  it("opens and closes public access, and keeps external replicas open", async () => {
    const { body } = await create(postgres);
    const external = async (uuid: unknown) =>
      dig((await read(uuid)).body, "connection_details.external") !== undefined;
    assert.equal(await external(body.uuid), false);
    await put(body.uuid, { public_access: "1" });
    assert.equal(await external(body.uuid), true);
    await put(body.uuid, { public_access: "0" });
    assert.equal(await external(body.uuid), false);
    const mirror = await create({
      ...postgres,
      creation_mode: "external_replica",
      external_host: "source.example.com",
      auth_type: "password",
      replication_username: "replicator",
      replication_password: "not-a-real-password",
      public_access: "0",
    });
    assert.equal(await external(mirror.body.uuid), true);
    clean();
  });

  it("shows the external address late where told so", async () => {
    await restart({ migetExternalDelayMs: 30_000 });
    const { body } = await create({ ...postgres, public_access: "1" });
    const external = async () =>
      dig((await read(body.uuid)).body, "connection_details.external.external_connection_url");
    bench.clock.advance(29_000);
    assert.equal(await external(), undefined);
    bench.clock.advance(30_000);
    assert.ok(await external());
    clean();
  });

  it("makes, shares with, promotes and deletes replicas", async () => {
    const { body: primary } = await create(postgres);
    const { body: replica, status } = await act(primary.uuid, "create_replica", { ram_size: 256 });
    assert.equal(status, 201);
    assert.equal(replica.primary_addon_uuid, primary.uuid);
    assert.equal(dig(replica, "quota.ram_size"), 268435456);
    await put(primary.uuid, { public_access: "1" });
    const { body } = await read(primary.uuid);
    assert.equal(dig(body, "replicas.0.uuid"), replica.uuid);
    const shown = (await read(replica.uuid)).body;
    assert.equal(
      dig(shown, "connection_details.internal.password"),
      dig(body, "connection_details.internal.password"),
    );
    assert.ok(dig(shown, "connection_details.external"));
    assert.equal((await act(replica.uuid, "create_replica")).status, 422);
    const second = await act(primary.uuid, "create_replica");
    assert.equal((await act(second.body.uuid, "promote_replica")).status, 200);
    assert.equal((await read(second.body.uuid)).body.role, "primary");
    await bench.miget("DELETE", `${addonsPath}/${textAt(primary, "uuid")}`);
    assert.equal((await read(replica.uuid)).status, 404);
    assert.equal((await read(second.body.uuid)).status, 200);
    clean();
  });

  it("runs out of RAM and disk, never of CPU", async () => {
    bench.emulator.miget.capacity = { ramMib: 200, diskGib: 1 };
    assert.equal((await create({ ...postgres, cpu_size: 64 })).status, 201);
    const full = await create(mysql);
    assert.equal(full.status, 422);
    assert.equal(full.body.error, "Not enough capacity on the resource: RAM");
    const { body } = await create({ ...valkey, disk_size: 0.5 });
    assert.match(textAt((await put(body.uuid, { disk_size: 0.6 })).body, "error"), /disk/);
    assert.equal((await put(body.uuid, { ram_size: 40 })).status, 200);
    clean();
  });

  it("refuses a smaller disk and fields of other types", async () => {
    const { body } = await create({ ...mysql, disk_size: 2 });
    assert.equal((await put(body.uuid, { disk_size: 1 })).status, 422);
    assert.equal((await put(body.uuid, { instances: 3 })).status, 422);
  });

  it("forgets omitted fields where updates are not partial", async () => {
    await restart({ migetPartialPut: false });
    const { body } = await create({ ...postgres, ram_size: 512, public_access: "1" });
    await put(body.uuid, { cpu_size: 1 });
    const after = (await read(body.uuid)).body;
    assert.deepEqual([dig(after, "quota.ram_size"), after.label], [134217728, ""]);
    assert.equal(dig(after, "connection_details.external"), undefined);
  });

  it("answers updates and wraps entities as told", async () => {
    await restart({ migetUpdateAnswer: "message", migetEnvelope: "data", migetCreateStatus: 202 });
    const created = await create(postgres);
    assert.equal(created.status, 202);
    const uuid = dig(created.body, "data.uuid");
    assert.deepEqual((await put(uuid, { label: "x" })).body, { message: "Accepted" });
    const list = await bench.miget("GET", addonsPath);
    assert.equal(dig(list.body, "data.0.label"), "x");
    assert.equal(dig(list.body, "data.0.connection_details"), undefined);
    clean();
    await restart({ migetUpdateAnswer: "empty", migetListConnection: true });
    const { body } = await create(postgres);
    const emptied = await put(body.uuid, { label: "y" });
    assert.deepEqual([emptied.status, emptied.text], [204, ""]);
    const { json } = await bench.miget("GET", addonsPath);
    assert.ok(dig(json, "0.connection_details.internal"));
    clean();
  });

  it("has backups of primaries, except on the free plan", async () => {
    const { body } = await create(postgres);
    const backups = () => bench.miget("GET", `${addonsPath}/${textAt(body, "uuid")}/backups`);
    bench.emulator.miget.addBackup(textAt(body, "uuid"));
    assert.equal(dig((await backups()).json, "0.id"), "example-backup-1");
    bench.emulator.miget.freePlan = true;
    assert.equal((await backups()).status, 403);
    const other = await create(mysql);
    assert.equal((await act(other.body.uuid, "reset_database")).status, 422);
    clean();
  });

  it("can be changed behind the API's back", async () => {
    const { miget } = bench.emulator;
    const seeded = miget.seed(DEFAULT_APP, { ...postgres, name: "seeded" });
    assert.equal(seeded.state, "healthy");
    miget.change(seeded.uuid, { label: "Drifted", ram_size: 512 });
    const { body } = await read(seeded.uuid);
    assert.deepEqual([body.label, dig(body, "quota.ram_size")], ["Drifted", 536870912]);
    miget.setState(seeded.uuid, "degradated", 1000);
    assert.equal((await read(seeded.uuid)).body.state, "degradated");
    bench.clock.advance(1000);
    assert.equal((await read(seeded.uuid)).body.state, "healthy");
    miget.fail(seeded.uuid);
    assert.equal(miget.get(seeded.uuid).state, "failed");
    miget.remove(seeded.uuid);
    assert.equal((await read(seeded.uuid)).status, 404);
    miget.nextOutcome("crashloopbackoff");
    assert.equal((await create(postgres)).body.state, "crashloopbackoff");
    assert.equal((await create(postgres)).body.state, "healthy");
    miget.removeApp(DEFAULT_APP);
    assert.deepEqual(miget.addons(), []);
    clean();
  });

  it("lags behind in lists only", async () => {
    await restart({ staleListMs: 2000, provisioningMs: 900 });
    const { body } = await create(postgres);
    const listed = async () => {
      const { json } = await bench.miget("GET", addonsPath);
      return Array.isArray(json) ? json.map((item) => dig(item, "state")) : undefined;
    };
    bench.clock.advance(1000);
    assert.equal((await read(body.uuid)).body.state, "healthy");
    assert.deepEqual(await listed(), []);
    bench.clock.advance(1000);
    assert.deepEqual(await listed(), ["pending"]);
    await bench.miget("DELETE", `${addonsPath}/${textAt(body, "uuid")}`);
    bench.clock.advance(1999);
    assert.deepEqual(await listed(), ["healthy"]);
    bench.clock.advance(1);
    assert.deepEqual(await listed(), []);
    clean();
  });
});
