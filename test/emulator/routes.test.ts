import assert from "node:assert/strict";
import { contractOf, examples, operations, type Operation } from "../contract/contract";
import { isJsonObject, type JsonObject } from "../contract/json";
import { Bench, textAt } from "./bench";
import { migetBodies, northflankBody } from "./fixtures";
import { DEFAULT_APP, DEFAULT_PROJECT, DEFAULT_TEAM } from "./index";

/** A request that the operation can carry out, on addons put there beforehand. */
const bodies: Readonly<Record<string, JsonObject>> = {
  "miget createAddon": { ...migetBodies.postgres },
  "miget updateAddon": { instances: 3 },
  "miget setAppVar": { key: "DATABASE_URL", value: "postgres://demo.example.com/demo_db" },
  "miget changeAddonState": { state: "process_restart" },
  "northflank createAddon": northflankBody("redis", { name: "Another" }),
  "northflank putAddon": northflankBody("redis", { name: "Another" }),
  "northflank patchAddon": { description: "Changed" },
  "northflank updateAddonNetworkSettings": { tlsEnabled: true },
  "northflank updateAddonSecurity": { ipPolicies: [{ address: "192.0.2.10", action: "ALLOW" }] },
  "northflank upgradeAddonVersion": { version: "16.5" },
  "northflank scaleAddon": { storage: 12288 },
  "northflank createAddonBackupSchedule": {
    scheduling: { interval: "hourly", minute: [5] },
    backupType: "dump",
    retentionTime: 2,
  },
  "northflank createAddonBackup": { name: "Another" },
};

/** Ids of what the operation works on, put there behind the API's back. */
function prepare(bench: Bench, operation: Operation): Record<string, string> {
  const { miget, northflank } = bench.emulator;
  const primary = miget.seed(DEFAULT_APP, { ...migetBodies.postgres });
  miget.addBackup(primary.uuid);
  const external = miget.seed(DEFAULT_APP, {
    ...migetBodies.postgres,
    creation_mode: "external_replica",
  });
  northflank.seed(northflankBody("postgresql", { version: "16.4" }));
  const backupId = northflank.addBackup("orders-db", { name: "Nightly" });
  northflank.addSchedule("orders-db", {
    scheduling: { interval: "daily", minute: [30], hour: [2] },
    backupType: "snapshot",
    retentionTime: 7,
  });
  if (operation.operationId === "resumeAddon") northflank.setStatus("orders-db", "paused");
  const scheduleId = northflank.get("orders-db").schedules[0]?.id;
  return {
    uuid: DEFAULT_APP,
    id: operation.operationId === "promoteExternal" ? external.uuid : primary.uuid,
    projectId: DEFAULT_PROJECT,
    addonId: "orders-db",
    backupId,
    scheduleId: typeof scheduleId === "string" ? scheduleId : "",
  };
}

const fill = (template: string, ids: Record<string, string>) =>
  template.replace(/\{(\w+)\}/g, (_all, name: string) => ids[name] ?? name);

describe("every operation of the contracts", () => {
  const forms = operations().flatMap((operation) => [
    { operation, team: false },
    ...(operation.teamForm ? [{ operation, team: true }] : []),
  ]);
  for (const { operation, team } of forms) {
    const { platform, operationId, method } = operation;
    it(`${platform} ${operationId}${team ? " in team form" : ""}`, async () => {
      const bench = await Bench.start({ provisioningMs: 0 });
      try {
        assert.ok(bench.emulator.handles(platform, operationId));
        const ids = prepare(bench, operation);
        if (operationId === "promoteReplica") {
          const made = await bench.miget(
            "POST",
            `/apps/${DEFAULT_APP}/addons/${ids.id ?? ""}/create_replica`,
          );
          ids.id = textAt(made.body, "uuid");
        }
        if (operationId === "finaliseAddonSecretRotation") {
          await bench.northflank("POST", `/projects/demo-project/addons/orders-db/secret-rotation`);
          bench.clock.advance(1000);
        }
        const full = fill(operation.path, ids);
        const path = team ? full.replace("/projects", `/teams/${DEFAULT_TEAM}/projects`) : full;
        const body = bodies[`${platform} ${operationId}`];
        const reply = await bench[platform](
          method,
          path.replace(/^\/api\/v1|^\/v1/, ""),
          body ? { body } : {},
        );
        assert.ok(reply.status >= 200 && reply.status < 300, `${reply.status} ${reply.text}`);
        assert.deepEqual(bench.emulator.violations, []);
        assert.equal(bench.emulator.requests.at(-1)?.operationId, operationId);
      } finally {
        await bench.emulator.close();
      }
    });
  }
});

describe("request examples of the contracts", () => {
  it("are all answered by a documented status", async () => {
    const bench = await Bench.start();
    try {
      for (const platform of ["miget", "northflank"] as const) {
        const contract = contractOf(platform);
        for (const example of examples(contract)) {
          if (example.direction !== "request" || !isJsonObject(example.value)) continue;
          const operation = contract.operations.find(
            ({ operationId }) => operationId === example.operationId,
          );
          assert.ok(operation);
          const path = fill(operation.path, prepare(bench, operation));
          await bench[platform](operation.method, path.replace(/^\/api\/v1|^\/v1/, ""), {
            body: example.value,
          });
          bench.clock.advance(10_000);
        }
      }
      assert.deepEqual(bench.emulator.violations, []);
    } finally {
      await bench.emulator.close();
    }
  });
});
