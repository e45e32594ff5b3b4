import { expect } from "chai";
import type { Fault } from "../emulator/index";
import { Resource } from "../support/resource";
import { Harness } from "../support/harness";
import { tours } from "./tours";

const createAddon = { operationId: "createAddon" } as const;
const before: Fault = { ...createAddon, kind: "status", status: 503 };
const after: Fault = { ...createAddon, kind: "reset-after" };
const unreadable: Fault = { ...createAddon, kind: "truncated-json" };
/** For longer than anybody looks. */
const stale: Fault = { kind: "stale-list", ms: 600_000, times: 1000, operationId: "listAddons" };
const noLists: Fault = {
  kind: "status",
  status: 500,
  times: 1000,
  skip: 1,
  operationId: "listAddons",
};

interface Case {
  readonly name: string;
  readonly faults: readonly Fault[];
  /** What the first `up` ends with, and how many databases there are then. */
  readonly miget: { readonly outcome: "created" | RegExp; readonly left: number };
  readonly northflank: { readonly outcome: "created" | RegExp; readonly left: number };
}

const created = { outcome: "created", left: 1 } as const;
const unknown = /not known whether the add-on was created.*Run `pulumi up` again/su;

const cases: readonly Case[] = [
  { name: "had its effect", faults: [after], miget: created, northflank: created },
  {
    name: "had its effect and cannot be read",
    faults: [unreadable],
    miget: created,
    northflank: created,
  },
  {
    // Nothing proves to Miget's user that it had none; Northflank's names cannot be taken twice.
    name: "had no effect",
    faults: [before],
    miget: { outcome: unknown, left: 0 },
    northflank: created,
  },
  {
    name: "had its effect, and the lists lag",
    faults: [after, stale],
    miget: { outcome: unknown, left: 1 },
    northflank: created,
  },
  {
    name: "had its effect, and the lists fail",
    faults: [after, noLists],
    miget: { outcome: unknown, left: 1 },
    northflank: created,
  },
  {
    name: "is lost every time",
    faults: [{ ...before, times: 100 }],
    miget: { outcome: unknown, left: 0 },
    northflank: { outcome: unknown, left: 0 },
  },
];

for (const { platform, programs } of tours) {
  describe(`a ${platform} create call whose answer is lost`, () => {
    for (const { name, faults, ...expected } of cases) {
      it(`and that ${name}, never makes two`, async () => {
        const world = await Harness.start({ provisioningMs: 60_000 });
        const existing = () => world.emulator[platform].addons();
        const program = programs[0] ?? {};
        try {
          for (const fault of faults) world.emulator.faults.add({ ...fault, platform });
          const resource = new Resource(world, platform);
          const { outcome, left } = expected[platform];
          if (outcome === "created") expect(await resource.up(program)).to.equal("created");
          else expect((await world.failure(resource.up(program))).message).to.match(outcome);
          expect(existing()).to.have.length(left);
          if (outcome === "created") return;

          // What the message says to do leads to one add-on, which the state knows.
          world.emulator.faults.clear();
          const next = resource.inNewProcess();
          if (left > 0) {
            const taken = await world.failure(next.up(program));
            const id = /PAAS_ADDONS_ADOPT=(\S+)/u.exec(taken.message)?.[1] ?? "";
            world.env = { ...world.env, PAAS_ADDONS_ADOPT: id };
          }
          const last = next.inNewProcess();
          expect(await last.up(program)).to.equal("created");
          expect(existing()).to.have.length(1);
        } finally {
          await world.close();
        }
      });
    }
  });
}
