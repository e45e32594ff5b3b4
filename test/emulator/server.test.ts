import assert from "node:assert/strict";
import { connect } from "node:net";
import { once } from "node:events";
import { Bench, dig, until } from "./bench";
import { addonsPath, migetBodies, northflankBody, projectPath } from "./fixtures";
import { startEmulator } from "./index";

describe("the emulator's server", () => {
  it("logs requests without the token", async () => {
    const bench = await Bench.start();
    try {
      await bench.northflank("GET", `${projectPath}?per_page=5`);
      await bench.miget("POST", addonsPath, { body: { ...migetBodies.mysql } });
      const [list, create] = bench.emulator.requests;
      assert.deepEqual(
        [list?.platform, list?.operationId, list?.method, list?.path, list?.query, list?.status],
        ["northflank", "listAddons", "GET", `/v1${projectPath}`, { per_page: "5" }, 200],
      );
      assert.deepEqual(create?.body, migetBodies.mysql);
      assert.equal(create.at, bench.clock.now());
      const tokens = Object.entries(bench.emulator.env()).filter(([name]) =>
        name.includes("TOKEN"),
      );
      assert.equal(tokens.length, 2);
      for (const [, token] of tokens) {
        assert.ok(!JSON.stringify(bench.emulator.requests).includes(token));
      }
      bench.emulator.clearLog();
      assert.deepEqual(bench.emulator.requests, []);
    } finally {
      await bench.emulator.close();
    }
  });

  it("finds what departs from the contracts", async () => {
    const bench = await Bench.start();
    try {
      const { violations } = bench.emulator;
      const found = () => violations.splice(0).join("\n");
      await bench.miget("GET", "/nothing");
      assert.match(found(), /no such operation/);
      await fetch(`${bench.emulator.origin}/elsewhere`);
      assert.match(found(), /no such operation/);
      await bench.northflank("PATCH", `${projectPath}/x`, { body: { name: "x" } });
      assert.match(found(), /patchAddon request: body .*"name"/);
      await fetch(`${bench.emulator.origin}/api/v1${addonsPath}`, { method: "POST", body: "{" });
      assert.match(found(), /no JSON/);
    } finally {
      await bench.emulator.close();
    }
  });

  it("judges its own answers", async () => {
    const bench = await Bench.start({ plans: [{ id: "nf-compute-20" }] });
    try {
      await bench.northflank("GET", "/plans");
      assert.match(bench.emulator.violations.join(), /listPlans response 200: .*'currency'/);
    } finally {
      await bench.emulator.close();
    }
  });

  it("waits by its clock where requests have a latency", async () => {
    const bench = await Bench.start({
      latencyMs: (operationId) => (operationId === "listPlans" ? 250 : 0),
    });
    try {
      assert.equal((await bench.northflank("GET", "/addon-types")).status, 200);
      const pending = bench.northflank("GET", "/plans");
      await until(() => bench.clock.sleeping === 1);
      assert.equal(bench.emulator.inFlight(), 1);
      bench.clock.advance(250);
      assert.equal((await pending).status, 200);
    } finally {
      await bench.emulator.close();
    }
  });

  it("closes at once with idle, waiting and held connections", async () => {
    const bench = await Bench.start({ latencyMs: (id) => (id === "listPlans" ? 1000 : 0) });
    const { emulator } = bench;
    try {
      await bench.northflank("GET", "/addon-types");
      const idle = connect(Number(new URL(emulator.origin).port), "127.0.0.1");
      await once(idle, "connect");
      const idleEnded = once(idle, "close");
      emulator.faults.add({ kind: "hang", operationId: "listAddonTypes" });
      const outcomes = ["/addon-types", "/plans"].map((path) =>
        bench.northflank("GET", path).then(
          () => "answered",
          () => "cut",
        ),
      );
      await until(() => emulator.hanging() === 1 && bench.clock.sleeping === 1);
      await emulator.close();
      assert.deepEqual(await Promise.all(outcomes), ["cut", "cut"]);
      await idleEnded;
      assert.deepEqual([emulator.hanging(), emulator.inFlight()], [0, 0]);
      assert.deepEqual(emulator.violations, []);
    } finally {
      await emulator.close();
    }
  });

  it("is the same with the same seed, whatever the other platform does", async () => {
    const run = async (seed: number, before: boolean) => {
      const bench = await Bench.start({ seed });
      try {
        if (before) await bench.miget("POST", addonsPath, { body: { ...migetBodies.mysql } });
        await bench.northflank("POST", projectPath, { body: northflankBody("redis") });
        return dig((await bench.northflank("GET", `${projectPath}/orders-db`)).body, "data.uid");
      } finally {
        await bench.emulator.close();
      }
    };
    const first = await run(7, false);
    assert.equal(await run(7, true), first);
    assert.notEqual(await run(8, false), first);
  });

  it("runs two at a time on ports of their own", async () => {
    const both = await Promise.all([startEmulator(), startEmulator()]);
    assert.notEqual(both[0].origin, both[1].origin);
    await Promise.all(both.map((emulator) => emulator.close()));
  });
});
