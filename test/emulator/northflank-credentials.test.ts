import assert from "node:assert/strict";
import { contractOf } from "../contract/contract";
import { objectAt, stringsAt, type JsonObject } from "../contract/json";
import { Bench, dig, textAt } from "./bench";
import { type nativeTypes, northflankBody, projectPath } from "./fixtures";
import type { StartOptions } from "./index";

const db = `${projectPath}/orders-db`;
const billing = { deploymentPlan: "nf-compute-20", storage: 6144 };

interface Variant {
  readonly name: string;
  readonly type: (typeof nativeTypes)[number];
  readonly fields?: JsonObject;
  readonly key: string;
  readonly form: RegExp;
  readonly absent?: RegExp;
}

const sentinel = { redisSentinelEnabled: true };
const variants: readonly Variant[] = [
  {
    name: "postgresql",
    type: "postgresql",
    key: "POSTGRES_URI",
    form: /^postgresql:\/\/.+:.+@primary\..+:5432\/.+\?sslmode=require$/u,
  },
  {
    name: "mysql",
    type: "mysql",
    key: "MYSQL_CONNECTOR_URI",
    form: /^server=primary\.[^,]+:3306;uid=.+;password=.+;database=.+$/u,
    absent: /READ/u,
  },
  {
    name: "mysql with replicas",
    type: "mysql",
    fields: { billing: { ...billing, replicas: 2 } },
    key: "HOST_READ",
    form: /^read\./u,
  },
  {
    name: "mongodb with replicas",
    type: "mongodb",
    fields: { billing: { ...billing, replicas: 3 } },
    key: "MONGO_SRV",
    form: /^mongodb:\/\/.+@mongo-0\..+,mongo-1\..+,mongo-2\..+\?replicaSet=rs0&authSource=.+&tls=true$/u,
  },
  {
    name: "redis",
    type: "redis",
    key: "REDIS_MASTER_URL",
    form: /^rediss:\/\/default:.+@.+:6379$/u,
    absent: /SLAVE|SENTINEL/u,
  },
  {
    name: "redis with replicas",
    type: "redis",
    fields: { billing: { ...billing, replicas: 3 } },
    key: "REDIS_SLAVE_URL",
    form: /^rediss:\/\/default:.+@slave\./u,
  },
  {
    name: "redis with Sentinel",
    type: "redis",
    fields: { billing: { ...billing, replicas: 3 }, typeSpecificSettings: sentinel },
    key: "PORT_SENTINEL",
    form: /^26379$/u,
    absent: /MASTER_URL|SLAVE|^HOST$/u,
  },
  { name: "minio", type: "minio", key: "MINIO_ENDPOINT", form: /^https:\/\/.+:9000$/u },
  {
    name: "rabbitmq",
    type: "rabbitmq",
    key: "AMQP_CONNECTION_STRING",
    form: /^amqps:\/\/.+:.+@.+:5671\/.+$/u,
  },
];

describe("Northflank emulator's credentials", () => {
  let bench: Bench;
  const start = async (options: StartOptions = {}) =>
    (bench = await Bench.start({ provisioningMs: 0, ...options }));
  afterEach(() => bench.emulator.close());

  const create = (type: string, fields: JsonObject = {}) =>
    bench.northflank("POST", projectPath, { body: northflankBody(type, fields) });
  const maps = async (): Promise<{ readonly secrets: JsonObject; readonly envs: JsonObject }> => {
    const data = objectAt((await bench.northflank("GET", `${db}/credentials`)).body, "data");
    return { secrets: objectAt(data, "secrets"), envs: objectAt(data, "envs") };
  };
  const external = async () =>
    Object.keys((await maps()).envs).filter((key) => key.startsWith("EXTERNAL"));
  const open = { tlsEnabled: true, externalAccessEnabled: true };
  const documented = (type: string, map: string): string[] => {
    const contract = contractOf("northflank").document.root;
    const schema = dig(contract, `components.schemas.AddonCredentials.x-keys.types.${type}`);
    return stringsAt(objectAt({ schema: schema ?? null }, "schema"), map);
  };

  for (const { name, type, fields = {}, key, form, absent } of variants) {
    it(`are those of the contract: ${name}`, async () => {
      await start();
      await create(type, { ...open, ...fields });
      const { secrets, envs } = await maps();
      assert.match(textAt(envs, key), form);
      assert.ok(Object.keys(envs).every((other) => absent?.test(other) !== true));
      for (const [map, keys] of Object.entries({ secrets, envs })) {
        const invented = Object.keys(keys).filter((each) => !documented(type, map).includes(each));
        assert.deepEqual(invented, [], map);
      }
      assert.deepEqual(bench.emulator.violations, []);
    });
  }

  it("have EXTERNAL_ keys while external access is on, late where told so", async () => {
    await start({ northflankExternalDelayMs: 30_000 });
    await create("postgresql", open);
    assert.deepEqual(await external(), []);
    bench.clock.advance(30_000);
    assert.deepEqual(await external(), ["EXTERNAL_PORT_PRIMARY", "EXTERNAL_POSTGRES_URI"]);
    const patch = (on: boolean) =>
      bench.northflank("PATCH", db, { body: { externalAccessEnabled: on } });
    await patch(false);
    assert.deepEqual(await external(), []);
    await patch(true);
    assert.deepEqual(await external(), []);
    bench.clock.advance(30_000);
    assert.equal((await external()).length, 2);
  });

  it("of RabbitMQ stay as they are when it becomes public", async () => {
    await start();
    await create("rabbitmq", { tlsEnabled: true });
    const before = await maps();
    await bench.northflank("PATCH", db, { body: open });
    assert.deepEqual(await maps(), before);
  });

  for (const [spelling, key] of [
    ["lower", "mongo_srv"],
    ["camel", "mongoSrv"],
  ] as const) {
    it(`are in ${spelling} case where told so`, async () => {
      await start({ northflankCredentialCase: spelling });
      await create("mongodb");
      assert.ok(textAt((await maps()).envs, key).startsWith("mongodb://"));
    });
  }
});
