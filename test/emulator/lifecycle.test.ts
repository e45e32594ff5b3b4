import assert from "node:assert/strict";
import type { JsonObject } from "../contract/json";
import { Bench, dig, textAt } from "./bench";
import { addonsPath, migetBodies, nativeTypes, northflankBody, projectPath } from "./fixtures";

/** Requests in order; `after` moves the clock before each. */
interface Step {
  readonly after: number;
  readonly request: readonly [method: string, path: string, body?: JsonObject];
  readonly status: number;
  /** Members of the answer, by path. */
  readonly shows?: Readonly<Record<string, unknown>>;
}

const read = (after: number, shows: Step["shows"]): Step => ({
  after,
  request: ["GET", ""],
  status: 200,
  ...(shows && { shows }),
});

describe("lifecycle of a Miget add-on", () => {
  const states = (ready: string, between: string[]): Step[] =>
    [...between, ready].map((state, index, all) =>
      read(index === 0 ? 0 : 1200 / (all.length - 1), { state, connection_details: {} }),
    );
  const gone: Step[] = [
    { after: 0, request: ["DELETE", ""], status: 204 },
    { after: 0, request: ["GET", ""], status: 404, shows: { error: "Addon not found" } },
  ];
  const stopAndStart: Step[] = [
    { after: 0, request: ["PATCH", "/state", { state: "process_stop" }], status: 200 },
    read(200, { state: "stopped", connection_details: {} }),
    { after: 0, request: ["PATCH", "/state", { state: "process_start" }], status: 200 },
    read(0, { state: "pending" }),
    read(100, { state: "processing" }),
    read(100, { state: "healthy", connection_details: {} }),
    { after: 100, request: ["PATCH", "/state", { state: "process_restart" }], status: 200 },
    read(0, { state: "processing", "connection_details.internal.port": undefined }),
  ];
  const database = ["pending", "processing", "creating"];
  const table: Record<keyof typeof migetBodies, Step[]> = {
    postgres: [
      ...states("healthy", database),
      read(99, { connection_details: {} }),
      read(1, { "connection_details.internal.port": 5432 }),
      {
        after: 0,
        request: ["PUT", "", { instances: 3 }],
        status: 200,
        shows: { state: "degraded" },
      },
      read(199, { state: "degraded", "connection_details.internal.port": 5432 }),
      read(1, { state: "healthy" }),
      ...gone,
    ],
    mysql: [
      ...states("healthy", database),
      read(100, { "connection_details.internal.port": 3306 }),
      ...stopAndStart.slice(0, -1),
      ...gone,
    ],
    valkey: [
      ...states("healthy", database),
      read(100, {
        "connection_details.internal.port": 6379,
        "connection_details.internal.username": null,
      }),
      ...gone,
    ],
    storage: [
      ...states("bound", ["pending", "processing"]),
      read(5000, { connection_details: {} }),
      ...gone,
    ],
  };

  for (const [type, steps] of Object.entries(table)) {
    it(type, async () => {
      const bench = await Bench.start({
        provisioningMs: 1200,
        credentialsDelayMs: 100,
        actionMs: 200,
      });
      try {
        const body = Object.entries(migetBodies).find(([key]) => key === type)?.[1];
        const created = await bench.miget("POST", addonsPath, { body: { ...body } });
        assert.equal(created.status, 201);
        const path = `${addonsPath}/${textAt(created.body, "uuid")}`;
        for (const { after, request, status, shows } of steps) {
          bench.clock.advance(after);
          const [method, rest, sent] = request;
          const reply = await bench.miget(method, path + rest, sent ? { body: sent } : {});
          const label = `${method} ${rest} at ${bench.clock.now()}: ${reply.text}`;
          assert.equal(reply.status, status, label);
          for (const [key, value] of Object.entries(shows ?? {})) {
            assert.deepEqual(dig(reply.body, key), value, `${key} in ${label}`);
          }
        }
        assert.deepEqual(bench.emulator.violations, []);
      } finally {
        await bench.emulator.close();
      }
    });
  }
});

describe("lifecycle of a Northflank addon", () => {
  const status = (after: number, value: string): Step => read(after, { "data.status": value });
  const post = (path: string, body?: JsonObject, expected = 200): Step => ({
    after: 0,
    request: body ? ["POST", path, body] : ["POST", path],
    status: expected,
  });
  const credentials = (after: number, shows: Step["shows"]): Step => ({
    after,
    request: ["GET", "/credentials"],
    status: 200,
    ...(shows && { shows }),
  });

  const provisioned: Step[] = [
    status(0, "preDeployment"),
    status(300, "triggerAllocation"),
    status(300, "allocating"),
    credentials(0, { data: { secrets: {}, envs: {} } }),
    status(300, "postDeployment"),
    credentials(0, { "data.secrets.ROOT": undefined }),
    status(300, "running"),
  ];
  const pauseAndResume: Step[] = [
    post("/resume", undefined, 409),
    post("/pause"),
    status(199, "running"),
    status(1, "paused"),
    post("/pause", undefined, 409),
    post("/scale", { replicas: 1 }, 409),
    post("/resume"),
    status(0, "postDeployment"),
    status(200, "running"),
  ];
  const rest: Step[] = [
    post("/restart"),
    status(200, "running"),
    post("/reset"),
    status(0, "resetting"),
    status(200, "running"),
    post("/backups", {}),
    status(0, "backup"),
    status(200, "running"),
    post("/scale", { deploymentPlan: "nf-compute-50" }),
    status(0, "scaling"),
    read(200, {
      "data.status": "running",
      "data.spec.config.deployment.planId": "nf-compute-50",
    }),
    { after: 0, request: ["PATCH", "", { description: "Same size" }], status: 200 },
    status(0, "running"),
    { after: 0, request: ["PATCH", "", { billing: { storage: 12288 } }], status: 200 },
    read(0, { "data.status": "scaling", "data.spec.config.deployment.storageSize": 12288 }),
    status(200, "running"),
    { after: 0, request: ["DELETE", ""], status: 200, shows: { data: {} } },
    status(299, "deleting"),
    { after: 1, request: ["GET", ""], status: 404 },
    { after: 0, request: ["DELETE", ""], status: 404 },
  ];

  for (const type of nativeTypes) {
    it(type, async () => {
      const bench = await Bench.start({ provisioningMs: 1200, actionMs: 200, deletionMs: 300 });
      try {
        const body = northflankBody(type);
        const created = await bench.northflank("POST", projectPath, { body });
        assert.equal(dig(created.body, "data.status"), "preDeployment", created.text);
        const path = `${projectPath}/${textAt(created.body, "data.id")}`;
        for (const { after, request, status: code, shows } of [
          ...provisioned,
          ...pauseAndResume,
          ...rest,
        ]) {
          bench.clock.advance(after);
          const [method, tail, sent] = request;
          const reply = await bench.northflank(method, path + tail, sent ? { body: sent } : {});
          const label = `${method} ${tail} at ${bench.clock.now()}: ${reply.text}`;
          assert.equal(reply.status, code, label);
          for (const [key, value] of Object.entries(shows ?? {})) {
            assert.deepEqual(dig(reply.body, key), value, `${key} in ${label}`);
          }
        }
        const again = await bench.northflank("POST", projectPath, { body });
        assert.equal(again.status, 200, "the name is free again");
        assert.deepEqual(bench.emulator.violations, []);
      } finally {
        await bench.emulator.close();
      }
    });
  }
});
