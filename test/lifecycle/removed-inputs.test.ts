import { expect } from "chai";
import { at, withAt } from "../../src/fields/values";
import type { JsonValue } from "../contract/json";
import type { Harness } from "../support/harness";
import type { Resource } from "../support/resource";
import { recordAt } from "../support/json";
import {
  always,
  created,
  expectSettled,
  miget,
  northflank,
  refusal,
  scenario,
  spoil,
  writes,
  type Inputs,
  type Subject,
} from "./scene";

/** An input whose absence means something, that a program had and has no more. */
interface Removed {
  readonly subject: Subject;
  readonly program: Inputs;
  readonly input: string;
  /** What the program had. */
  readonly value: JsonValue;
  /** What leaving it out means. */
  readonly none: unknown;
  /** What the platform has of it. */
  readonly seen: (world: Harness) => unknown;
  /** Which operations change it. */
  readonly writes: readonly string[];
  /** What an answer to them may hold when nothing is done. */
  readonly answer: { readonly status: number; readonly body: { data: Record<string, never> } };
}

const addon = (world: Harness) => world.emulator.northflank.get("orders").input;
const asked = { status: 200, body: { data: {} } };

const ofNorthflank = (
  input: string,
  value: JsonValue,
  none: unknown,
  more: Partial<Removed> = {},
): Removed => ({
  subject: northflank,
  program: northflank.program,
  input,
  value,
  none,
  seen: (world) => at(addon(world), input),
  writes: ["patchAddon"],
  answer: asked,
  ...more,
});

const daily = {
  scheduling: { interval: "daily", minute: [0], hour: [3] },
  backupType: "dump",
  retentionTime: 7,
};

const table: readonly Removed[] = [
  {
    subject: miget,
    program: miget.program,
    input: "publicAccess",
    value: true,
    none: false,
    seen: (world) => world.emulator.miget.addons()[0]?.publicAccess,
    writes: ["updateAddon"],
    answer: asked,
  },
  ofNorthflank("externalAccessEnabled", true, false),
  ofNorthflank("vpcAccessible", true, false),
  ofNorthflank("ipPolicies", [{ addresses: ["192.0.2.1"], action: "ALLOW" }], []),
  ofNorthflank("tags", ["one"], []),
  ofNorthflank("stageId", "staging", undefined),
  ofNorthflank("backupSchedules", [daily], [], {
    seen: (world) => world.emulator.northflank.get("orders").schedules.map(() => daily),
    writes: ["deleteAddonBackupSchedule"],
  }),
];

/** Settings that no answer shows: what was sent is all that is known. */
const hidden: readonly Removed[] = [
  ...[
    "postgresqlConnectionPoolerEnabled",
    "postgresqlReadConnectionPoolerEnabled",
    "postgresqlImportMode",
  ].map((name) => ofNorthflank(`typeSpecificSettings.${name}`, true, false)),
  ofNorthflank(
    "billing.diskAutoscaling",
    { enabled: true, maxSizeMib: 20_480 },
    { enabled: false },
  ),
];

for (const { subject, program, input, value, none, seen, ...row } of hidden) {
  const declared = withAt(program, input, value);

  describe(`${input} of ${subject.platform} that is taken out of the program`, () => {
    it("is switched off, once", () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject, declared);
        expect(await resource.up(program)).to.equal("updated");
        expect(seen(world)).to.deep.equal(none);
        expect(writes(world)).to.have.lengthOf(1);
        await expectSettled(resource, program);
      }));

    it("is switched off by the next up where the first one fails", () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject, declared);
        for (const operationId of row.writes) {
          spoil(world, { operationId, kind: "status", status: 403 });
        }
        await refusal(world, resource.up(program));
        expect(seen(world)).to.deep.equal(value);
        const next = resource.inNewProcess();
        expect(await next.up(program)).to.equal("updated");
        expect(seen(world)).to.deep.equal(none);
        await expectSettled(next, program);
      }));
  });
}

describe("an input that is neither a switch nor a list", () => {
  const rows = [
    [miget, "ramSize", 512, "label"],
    [northflank, "description", "mine", "tags"],
    [northflank, "typeSpecificSettings.postgresqlConnectionPoolerReplicas", 2, "description"],
  ] as const;
  for (const [subject, input, value, other] of rows) {
    it(`is left as it is when the program drops it, and is never sent again: ${input}`, () =>
      scenario({}, async (world) => {
        const declared = withAt(subject.program, input, value);
        const program = Object.fromEntries(
          Object.entries(subject.program).filter(([name]) => name !== input),
        );
        const resource = await created(world, subject, declared);
        expect(await resource.up(program)).to.equal("same");
        const next = other === "tags" ? ["one"] : "other";
        expect(await resource.up({ ...program, [other]: next })).to.equal("updated");
        const sent = world.emulator.requests.filter(({ method }) => method !== "GET");
        expect(sent.map(({ body }) => Object.keys(recordAt(body)))).to.deep.equal([[other]]);
      }));
  }
});

for (const { subject, program, input, value, none, seen, answer, ...row } of table) {
  const declared = withAt(program, input, value);
  const ignored = (world: Harness) => {
    for (const operationId of row.writes) {
      spoil(world, { operationId, kind: "status", times: always, ...answer });
    }
  };
  const expectThere = (world: Harness, resource: Resource) => {
    expect(seen(world), "what the platform has").to.deep.equal(value);
    expect(at(resource.outs, input), "what the state has").to.deep.equal(value);
  };

  describe(`${input} of ${subject.platform} that is taken out of the program`, () => {
    it("goes, and the next up has nothing to do", () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject, declared);
        expect(await resource.up(program)).to.equal("updated");
        expect(seen(world)).to.deep.equal(none);
        expect(at(resource.outs, input) ?? none, "what the state has").to.deep.equal(none);
        await expectSettled(resource, program);
      }));

    it("is an error where the platform accepts that and does nothing, at each up, until it goes", () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject, declared);
        ignored(world);
        expect(await refusal(world, resource.up(program))).to.contain(input);
        expectThere(world, resource);
        const next = resource.inNewProcess();
        expect(await refusal(world, next.up(program))).to.contain(input);
        expectThere(world, next);
        world.emulator.faults.clear();
        expect(await next.up(program)).to.equal("updated");
        expect(seen(world)).to.deep.equal(none);
        await expectSettled(next, program);
      }));

    it("is a difference after a refresh too, as long as it is there", () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject, declared);
        ignored(world);
        await refusal(world, resource.up(program));
        await resource.refresh();
        expectThere(world, resource);
        world.emulator.faults.clear();
        expect(await resource.up(program)).to.equal("updated");
        expect(seen(world)).to.deep.equal(none);
        await expectSettled(resource, program);
      }));

    it("is an error as well where its removal was tried in other words before", () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject, declared);
        ignored(world);
        await refusal(world, resource.up(withAt(program, input, none)));
        await refusal(world, resource.up(program));
        expectThere(world, resource);
        world.emulator.faults.clear();
        expect(await resource.up(program)).to.equal("updated");
        expect(seen(world)).to.deep.equal(none);
      }));

    it("is free from then on: what others set is not touched", () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject, declared);
        await resource.up(program);
        if (subject.platform === "miget") {
          const [there] = world.emulator.miget.addons();
          world.emulator.miget.change(there?.uuid ?? "", { public_access: "1" });
        } else if (input !== "backupSchedules") {
          world.emulator.northflank.change("orders", { [input]: value });
        } else {
          world.emulator.northflank.addSchedule("orders", daily);
        }
        await resource.refresh();
        expect(await resource.up(program)).to.equal("same");
        const other = subject.platform === "miget" ? { ramSize: 512 } : { description: "other" };
        expect(await resource.up({ ...program, ...other })).to.equal("updated");
        expect(seen(world)).to.deep.equal(value);
      }));
  });
}
