import assert from "node:assert/strict";
import { contractOf, examples, platforms, type Operation } from "../contract/contract";
import type { JsonObject, JsonValue } from "../contract/json";
import { Bench } from "./bench";
import { migetBodies, nativeTypes, northflankBody } from "./fixtures";
import { DEFAULT_APP, DEFAULT_PROJECT, type StartOptions } from "./index";
import { Random } from "./random";

const STEPS = 250;

const creations: Readonly<Record<string, JsonObject[]>> = {
  miget: Object.values(migetBodies).map((body) => ({ ...body })),
  northflank: nativeTypes.map((type) => northflankBody(type, { name: `Walk ${type}` })),
};

/** Options that change what answers look like. */
const variants: [string, StartOptions][] = [
  ["with the defaults", {}],
  [
    "with other answers",
    {
      migetEnvelope: "data",
      migetUpdateAnswer: "message",
      migetReplicaAnswer: "message",
      migetConnection: "both",
      migetExternalOff: "null",
      migetListConnection: true,
      northflankUid: false,
      northflankCreateShape: "nested",
      passwords: "special",
      staleListMs: 700,
    },
  ],
  [
    "with the tersest answers",
    {
      migetUpdateAnswer: "empty",
      migetConnection: "never",
      migetPartialPut: false,
      northflankCreateTimes: false,
      northflankStrictState: true,
      pageSize: 2,
    },
  ],
];

describe("a walk through all operations at random never leaves the contracts", () => {
  for (const [index, [name, options]] of variants.entries()) {
    it(name, async () => {
      const bench = await Bench.start({ seed: index, ...options });
      const random = new Random(100 + index);
      const pick = <T>(items: readonly T[]): T | undefined =>
        items[Math.floor(random.next() * items.length)];
      const seen = new Set<number>();
      try {
        for (let step = 0; step < STEPS; step += 1) {
          const platform = pick(platforms) ?? "miget";
          const operation = pick(contractOf(platform).operations);
          assert.ok(operation);
          const body = pick(bodiesOf(operation));
          const path = pathOf(operation, bench, pick).replace(/^\/api\/v1|^\/v1/, "");
          const reply = await bench[platform](
            operation.method,
            path,
            body === undefined ? {} : { body },
          );
          seen.add(reply.status);
          assert.deepEqual(bench.emulator.violations, [], `${operation.operationId} ${path}`);
          bench.clock.advance(Math.floor(random.next() * 900));
        }
        for (const status of [200, 201, 204, 404, 409, 422])
          assert.ok(seen.has(status), `${status}`);
      } finally {
        await bench.emulator.close();
      }
    });
  }
});

/** The contract's own examples, and for creations bodies that succeed. */
function bodiesOf(operation: Operation): JsonValue[] {
  const { platform, operationId } = operation;
  const own = examples(contractOf(platform)).filter(
    (example) => example.operationId === operationId && example.direction === "request",
  );
  const values = own.map(({ value }) => value);
  return /^(create|put)Addon$/.test(operationId)
    ? [...values, ...(creations[platform] ?? [])]
    : values;
}

function pathOf(
  operation: Operation,
  { emulator }: Bench,
  pick: <T>(items: readonly T[]) => T | undefined,
): string {
  const addon = pick(emulator.northflank.addons());
  const ids: Record<string, string | undefined> = {
    uuid: DEFAULT_APP,
    id: pick(emulator.miget.addons())?.uuid,
    projectId: DEFAULT_PROJECT,
    addonId: addon?.id,
    backupId: pick(addon?.backups ?? [])?.id,
    scheduleId: undefined,
  };
  return operation.path.replace(/\{(\w+)\}/g, (_all, key: string) => ids[key] ?? "nothing");
}
