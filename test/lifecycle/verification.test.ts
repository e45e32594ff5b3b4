import { expect } from "chai";
import { at, isRecord, withAt } from "../../src/fields/values";
import type { Harness } from "../support/harness";
import {
  always,
  connectionOf,
  count,
  created,
  expectSettled,
  miget,
  northflank,
  refusal,
  scenario,
  spoil,
  writes,
  type Subject,
} from "./scene";

/** A change that reads show only some time after the platform accepted it, ready all the while. */
interface Slow {
  readonly subject: Subject;
  readonly input: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly write: string;
}

const addon = (world: Harness) => world.emulator.miget.addons()[0];

const rows: readonly Slow[] = [
  { subject: miget, input: "ramSize", before: 256, after: 512, write: "updateAddon" },
  { subject: miget, input: "diskSize", before: 1, after: 4, write: "updateAddon" },
  { subject: miget, input: "label", before: "one", after: "two", write: "updateAddon" },
  { subject: miget, input: "publicAccess", before: false, after: true, write: "updateAddon" },
  {
    subject: northflank,
    input: "billing.storage",
    before: 6144,
    after: 12_288,
    write: "patchAddon",
  },
  {
    subject: northflank,
    input: "billing.deploymentPlan",
    before: "nf-compute-20",
    after: "nf-compute-50",
    write: "patchAddon",
  },
  { subject: northflank, input: "description", before: "one", after: "two", write: "patchAddon" },
  {
    subject: northflank,
    input: "version",
    before: "16.4",
    after: "16.5",
    write: "upgradeAddonVersion",
  },
  {
    subject: northflank,
    input: "externalAccessEnabled",
    before: false,
    after: true,
    write: "patchAddon",
  },
];

/** Reads answer for a while what they answered last before the change. */
function lag(world: Harness, write: string, lagMs: number): void {
  let former = "";
  let since: number | undefined;
  spoil(world, {
    operationId: "getAddon",
    kind: "forged",
    times: always,
    forge: (answer) => {
      if (count(world, write) === 0) former = answer.text;
      else since ??= world.clock.now();
      const isLate = since !== undefined && world.clock.now() - since < lagMs && former !== "";
      return isLate ? { ...answer, text: former } : answer;
    },
  });
}

for (const { subject, input, before, after, write } of rows) {
  const old = withAt(subject.program, input, before);
  const next = withAt(subject.program, input, after);

  describe(`a change of ${input} on ${subject.platform} that reads show late`, () => {
    for (const seconds of [8, 20, 50]) {
      it(`is done where it shows after ${String(seconds)} s`, () =>
        scenario({}, async (world) => {
          const resource = await created(world, subject, old);
          lag(world, write, seconds * 1000);
          expect(await resource.up(next)).to.equal("updated");
          expect(count(world, write), "the change was sent once").to.equal(1);
          expect(at(resource.outs, input)).to.deep.equal(after);
          await expectSettled(resource, next);
        }));
    }

    it("is an error where it never shows, and a difference until it does", () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject, old);
        lag(world, write, always * 60_000);
        const begun = world.clock.elapsed();
        const message = await refusal(world, resource.up(next));
        expect(message).to.contain(input);
        expect(world.clock.elapsed() - begun).to.be.within(55_000, 16 * 60_000);
        expect(at(resource.outs, input), "what the state has").to.deep.equal(before);
        await resource.refresh();
        expect(at(resource.inputs, input)).to.deep.equal(before);
        world.emulator.faults.clear();
        expect(await resource.up(next)).to.equal("updated");
        expect(at(resource.outs, input)).to.deep.equal(after);
        await expectSettled(resource, next);
      }));
  });
}

describe("an address on the internet that comes late", () => {
  for (const [subject, input] of [
    [miget, "publicAccess"],
    [northflank, "externalAccessEnabled"],
  ] as const) {
    const open = { ...subject.program, [input]: true };
    for (const seconds of [20, 90]) {
      it(`is in the outputs on ${subject.platform}, ${String(seconds)} s after the change`, () =>
        scenario({}, async (world) => {
          const resource = await created(world, subject, { ...subject.program, [input]: false });
          const write = subject.platform === "miget" ? "updateAddon" : "patchAddon";
          // On Miget the address is all that shows the switch.
          if (subject === miget) lag(world, write, seconds * 1000);
          spoil(world, {
            operationId: "getAddonCredentials",
            kind: "forged",
            times: always,
            forge: (answer) => {
              const [sent] = world.emulator.requests.filter((each) => each.operationId === write);
              const isLate = sent !== undefined && world.clock.now() - sent.at < seconds * 1000;
              if (!isLate) return answer;
              const text = answer.text.replace(/,"EXTERNAL_\w+":"[^"]*"/gu, "");
              return { ...answer, text };
            },
          });
          expect(await resource.up(open)).to.equal("updated");
          const { external } = connectionOf(resource);
          expect(isRecord(external) && typeof external.host === "string").to.equal(true);
          await resource.refresh();
          expect(await resource.up(open)).to.equal("same");
          expect(count(world, write)).to.equal(1);
        }));
    }
  }
});

describe("what the program does not declare", () => {
  it("is neither sent nor put back on Miget, whatever moves", () =>
    scenario({}, async (world) => {
      const { program } = miget;
      const resource = await created(world, miget, program);
      world.emulator.faults.add({
        operationId: "getAddon",
        kind: "forged",
        times: always,
        forge: (answer) =>
          // More memory takes it off the small plan, so it gets more cores as well.
          addon(world)?.ramMib === 1024
            ? { ...answer, text: answer.text.replace(/"cpu_size":[\d.]+/u, '"cpu_size":0.5') }
            : answer,
      });
      expect(await resource.up({ ...program, ramSize: 1024 })).to.equal("updated");
      expect(writes(world)).to.have.lengthOf(1);
      const bodies = world.emulator.requests.filter(({ method }) => method !== "GET");
      expect(JSON.stringify(bodies.map(({ body }) => body))).not.to.contain("cpu_size");
      await expectSettled(resource, { ...program, ramSize: 1024 });
    }));

  for (const [input, theirs, mine] of [
    ["description", "theirs", { tags: ["one"] }],
    ["tags", ["theirs"], { description: "mine" }],
  ] as const) {
    it(`is neither sent nor put back on Northflank: ${input}`, () => {
      const worlds: Harness[] = [];
      const onServed = ({ operationId }: { readonly operationId: string | undefined }) => {
        if (operationId !== "patchAddon") return;
        worlds[0]?.emulator.northflank.change("orders", {
          [input]: typeof theirs === "string" ? theirs : [...theirs],
        });
      };
      return scenario({ onServed }, async (world) => {
        const resource = await created(world, northflank);
        worlds.push(world);
        const next = { ...northflank.program, ...mine };
        expect(await resource.up(next)).to.equal("updated");
        expect(count(world, "patchAddon")).to.equal(1);
        expect(world.emulator.northflank.get("orders").input[input]).to.deep.equal(theirs);
        await expectSettled(resource, next);
      });
    });
  }
});
