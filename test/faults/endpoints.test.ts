import { expect } from "chai";
import { MigetClient } from "../../src/miget/client";
import { NorthflankClient } from "../../src/northflank/client";
import { operations } from "../contract/contract";
import type { Fault } from "../emulator/index";
import { door } from "../support/door";
import { Harness } from "../support/harness";
import { travel } from "./journey";
import { tours } from "./tours";

type Kind = Fault extends infer F ? (F extends { kind: unknown } ? F : never) : never;

interface Case {
  readonly name: string;
  readonly fault: Kind;
  /** Whether it is tried over both doors: what the life cycle does is the same, what it says is carried. */
  readonly inBoth?: true;
}

/** What can become of a request, and what the user may be told of it. */
const faults: readonly Case[] = [
  { name: "connection cut before the effect", fault: { kind: "reset-before" } },
  { name: "connection closed at once", fault: { kind: "refused" } },
  { name: "connection cut after the effect", fault: { kind: "reset-after" }, inBoth: true },
  { name: "no answer, no effect", fault: { kind: "hang" } },
  { name: "no answer after the effect", fault: { kind: "hang-after" }, inBoth: true },
  {
    name: "429 with Retry-After",
    fault: { kind: "status", status: 429, headers: { "retry-after": "7" } },
  },
  {
    name: "429 with x-ratelimit-reset",
    fault: { kind: "status", status: 429, headers: { "x-ratelimit-reset": "9" } },
  },
  { name: "429 bare", fault: { kind: "status", status: 429, body: "" } },
  { name: "500", fault: { kind: "status", status: 500 } },
  { name: "502 with HTML", fault: { kind: "html-502" } },
  { name: "503", fault: { kind: "status", status: 503 }, inBoth: true },
  { name: "504 after the effect", fault: { kind: "status-after", status: 504 } },
  { name: "truncated JSON", fault: { kind: "truncated-json" }, inBoth: true },
  { name: "wrong content type", fault: { kind: "wrong-content-type" } },
  { name: "204 in place of a body", fault: { kind: "empty-204" } },
  {
    name: "redirect elsewhere",
    fault: { kind: "redirect", origin: "https://elsewhere.example.com" },
  },
  { name: "11 MiB body", fault: { kind: "big-body" } },
  { name: "stale list", fault: { kind: "stale-list", ms: 90_000 } },
  { name: "slow drip", fault: { kind: "slow-drip", everyMs: 2000 } },
];

/** More would be hammering: a fault costs a retry or a look, not a multiple of the work. */
const extraRequests = 40;

const clients = { miget: MigetClient, northflank: NorthflankClient };
/** What only the command line asks for; the life of an add-on needs none of it. */
const asides: readonly string[] = ["listApps", "listProjects"];

const chosen = faults.filter(({ inBoth }) => door() === "dynamic" || inBoth === true);

for (const tour of tours) {
  describe(`a fault on any ${tour.platform} endpoint`, () => {
    // The endpoints that the client has are found by its methods, so that none can be left out.
    const used = operations()
      .filter(({ platform }) => platform === tour.platform)
      .map(({ operationId }) => operationId)
      .filter((operationId) => operationId in clients[tour.platform].prototype)
      .filter((operationId) => !asides.includes(operationId));
    const reads = new Set(
      operations()
        .filter(({ platform, method }) => platform === tour.platform && method === "GET")
        .map(({ operationId }) => operationId),
    );
    let plain = 0;

    before(async () => {
      const world = await Harness.start({ provisioningMs: 60_000 });
      const journey = await travel(world, tour);
      await world.close();
      plain = journey.requests;
      expect(journey).to.include({ most: 1, left: 0 });
      expect(journey.told).to.deep.equal([]);
      const called = new Set(world.emulator.requests.map(({ operationId }) => operationId));
      expect([...called].sort(), "endpoints on the tour").to.deep.equal([...used].sort());
    });

    for (const operationId of used) {
      for (const { name, fault } of chosen) {
        it(`${operationId}: ${name}`, async () => {
          const world = await Harness.start({ provisioningMs: 60_000, seed: 7 });
          const injected = world.emulator.faults.add({
            ...fault,
            platform: tour.platform,
            operationId,
          });
          const journey = await travel(world, tour);
          await world.close();
          expect(injected.hits, "the fault struck").to.equal(1);
          expect(journey.most, "databases at any time").to.equal(1);
          expect(journey.left, "databases left").to.equal(0);
          expect(journey.stuck, journey.told.join("\n")).to.deep.equal([]);
          expect(journey.requests).to.be.at.most(plain + extraRequests);
          for (const message of journey.told) expectReadable(message, world);
          if (reads.has(operationId) && isPassing(fault)) {
            expect(journey.told, "a read is repeated without a word").to.deep.equal([]);
          }
          expect(world.emulator.violations).to.deep.equal([]);
        });
      }
    }
  });
}

/** False for what is no trouble of the moment: asking again would bring the same. */
function isPassing({ kind }: Kind): boolean {
  return kind !== "redirect" && kind !== "big-body";
}

/** What failed, on which add-on, and nothing that only programmers or thieves can use. */
function expectReadable(message: string, world: Harness): void {
  expect(message).to.match(/(?:Miget|Northflank) \w+ add-on "[^"]+" of (?:app|project)/u);
  expect(message).not.to.match(
    /\n\s+at |\[object|undefined|password-[0-9a-f]+|ECONN(?!RESET|REFUSED)/u,
  );
  for (const token of [...world.emulator.miget.tokens, ...world.emulator.northflank.tokens]) {
    expect(message).not.to.contain(token);
  }
}
