import assert from "node:assert/strict";
import { createServer } from "node:http";
import { Bench, failureCode, until, type Ask } from "./bench";
import { addonsPath, migetBodies } from "./fixtures";
import { DEFAULT_APP, type FaultKind } from "./index";

const body = { ...migetBodies.postgres };

describe("faults", () => {
  let bench: Bench;
  beforeEach(async () => (bench = await Bench.start({ provisioningMs: 0 })));
  afterEach(() => bench.emulator.close());

  const create = (ask: Ask = {}) => bench.miget("POST", addonsPath, { body, ...ask });
  const made = () => bench.emulator.miget.addons(DEFAULT_APP).length;
  const codeOf = (request: Promise<unknown>) =>
    request.then(
      () => "answered",
      (error: unknown) => failureCode(error),
    );

  const cut: [FaultKind & ("refused" | "reset-before" | "reset-after"), number, RegExp][] = [
    ["refused", 0, /^(UND_ERR_SOCKET|ECONNRESET)$/],
    ["reset-before", 0, /^(ECONNRESET|UND_ERR_SOCKET)$/],
    ["reset-after", 1, /^(ECONNRESET|UND_ERR_SOCKET)$/],
  ];
  for (const [kind, effects, code] of cut) {
    it(`${kind} ends the connection with ${effects} effects`, async () => {
      const fault = bench.emulator.faults.add({ kind, operationId: "createAddon" });
      assert.match(await codeOf(create()), code);
      assert.equal(made(), effects);
      assert.equal(fault.hits, 1);
      assert.equal(bench.emulator.requests[0]?.fault, kind);
      assert.equal(bench.emulator.requests[0].status, 0);
      assert.equal((await create()).status, 201, "it struck once");
    });
  }

  for (const [kind, effects] of [
    ["hang", 0],
    ["hang-after", 1],
  ] as const) {
    it(`${kind} never answers, with ${effects} effects`, async () => {
      bench.emulator.faults.add({ kind });
      const giveUp = new AbortController();
      const pending = create({ signal: giveUp.signal }).catch(() => "gave up");
      await until(() => bench.emulator.hanging() === 1);
      assert.equal(bench.emulator.inFlight(), 1);
      assert.equal(made(), effects);
      giveUp.abort();
      assert.equal(await pending, "gave up");
      await until(() => bench.emulator.hanging() === 0 && bench.emulator.inFlight() === 0);
    });
  }

  it("status answers what it was told, before or after the effect", async () => {
    const headers = { "retry-after": "7" };
    bench.emulator.faults.add({ kind: "status", status: 429, headers, body: { error: "slow" } });
    bench.emulator.faults.add({ kind: "status-after", status: 503, body: "<h1>no</h1>" });
    const before = await create();
    assert.deepEqual([before.status, before.body, made()], [429, { error: "slow" }, 0]);
    assert.equal(before.headers.get("retry-after"), "7");
    const after = await create();
    assert.deepEqual([after.status, after.text, made()], [503, "<h1>no</h1>", 1]);
  });

  it("html-502 looks like a proxy", async () => {
    bench.emulator.faults.add({ kind: "html-502" });
    const reply = await create();
    assert.equal(reply.status, 502);
    assert.equal(reply.headers.get("content-type"), "text/html");
    assert.equal(made(), 0);
  });

  it("truncated-json, wrong-content-type and empty-204 damage the answer, not the effect", async () => {
    bench.emulator.faults.add({ kind: "truncated-json" });
    const truncated = await create();
    assert.equal(truncated.status, 201);
    assert.equal(truncated.json, null);
    assert.ok(truncated.text.startsWith('{"uuid"'));
    bench.emulator.faults.add({ kind: "wrong-content-type" });
    const mistyped = await create();
    assert.equal(mistyped.headers.get("content-type"), "text/html");
    assert.equal(mistyped.body.type, "postgres");
    bench.emulator.faults.add({ kind: "empty-204" });
    const emptied = await create();
    assert.deepEqual([emptied.status, emptied.text, made()], [204, "", 3]);
  });

  it("redirect sends the client elsewhere", async () => {
    const origin = "http://127.0.0.1:9";
    bench.emulator.faults.add({ kind: "redirect", origin });
    const reply = await create();
    assert.equal(reply.status, 307);
    assert.equal(reply.headers.get("location"), `${origin}/api/v1${addonsPath}`);
    assert.equal(made(), 0);
  });

  it("big-body is more than ten MiB of JSON", async () => {
    bench.emulator.faults.add({ kind: "big-body" });
    const reply = await bench.miget("GET", addonsPath);
    assert.ok(reply.text.length > 10 * 1024 * 1024);
  });

  it("slow-drip sends piece by piece as the clock goes on", async () => {
    bench.emulator.faults.add({ kind: "slow-drip", everyMs: 500 });
    let done = false;
    const pending = create().then((reply) => {
      done = true;
      return reply;
    });
    for (let piece = 0; piece < 8; piece += 1) {
      await until(() => bench.clock.sleeping === 1);
      assert.equal(done, false);
      bench.clock.advance(500);
    }
    assert.equal((await pending).body.type, "postgres");
  });

  it("stale-list shows how things stood", async () => {
    await create();
    bench.clock.advance(4000);
    bench.emulator.faults.add({ kind: "stale-list", ms: 5000 });
    assert.deepEqual((await bench.miget("GET", addonsPath)).json, []);
    const now = (await bench.miget("GET", addonsPath)).json;
    assert.equal(Array.isArray(now) && now.length, 1);
  });

  it("strike where they are aimed: skip, times, method, path, platform", async () => {
    const { faults } = bench.emulator;
    const aimed = faults.add({
      kind: "html-502",
      platform: "miget",
      method: "get",
      path: /\/addons$/,
      skip: 1,
      times: 2,
    });
    const statuses: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      statuses.push((await bench.miget("GET", addonsPath)).status);
    }
    assert.deepEqual(statuses, [200, 502, 502, 200]);
    assert.equal(aimed.hits, 2);
    const other = faults.add({ kind: "html-502", platform: "northflank", times: Infinity });
    assert.equal((await bench.miget("GET", addonsPath)).status, 200);
    assert.equal((await bench.northflank("GET", "/plans")).status, 502);
    other.remove();
    assert.equal((await bench.northflank("GET", "/plans")).status, 200);
    faults.add({ kind: "html-502", times: Infinity });
    faults.clear();
    assert.equal((await bench.miget("GET", addonsPath)).status, 200);
  });

  it("strike by chance, the same with the same seed", async () => {
    const outcomes = async (seed: number) => {
      const other = await Bench.start({ seed });
      try {
        other.emulator.faults.add({ kind: "html-502", probability: 0.5, times: Infinity });
        const statuses: number[] = [];
        for (let turn = 0; turn < 16; turn += 1) {
          statuses.push((await other.northflank("GET", "/plans")).status);
        }
        return statuses.join();
      } finally {
        await other.emulator.close();
      }
    };
    const first = await outcomes(5);
    assert.equal(await outcomes(5), first);
    assert.notEqual(await outcomes(6), first);
    assert.match(first, /200.*502|502.*200/);
  });

  it("excuse the answer from the contract, not the request", async () => {
    bench.emulator.faults.add({ kind: "status", status: 418, times: 2 });
    await create();
    assert.deepEqual(bench.emulator.violations, []);
    await create({ body: { ...body, lable: "misspelt" } });
    assert.match(bench.emulator.violations.join(), /lable/);
  });
});

describe("refused connections", () => {
  it("are refused for real until they are accepted again", async () => {
    const bench = await Bench.start();
    try {
      await bench.emulator.refuseConnections();
      const code = await bench
        .northflank("GET", "/plans")
        .catch((error: unknown) => failureCode(error));
      assert.equal(code, "ECONNREFUSED");
      await bench.emulator.acceptConnections();
      assert.equal((await bench.northflank("GET", "/plans")).status, 200);
    } finally {
      await bench.emulator.close();
    }
  });

  it("do not keep the emulator from closing", async () => {
    const bench = await Bench.start();
    await bench.emulator.refuseConnections();
    await bench.emulator.close();
    const port = Number(new URL(bench.emulator.origin).port);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    await new Promise((resolve) => server.close(resolve));
  });
});
