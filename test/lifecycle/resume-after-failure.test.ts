import { expect } from "chai";
import { at, withAt } from "../../src/fields/values";
import type { Harness } from "../support/harness";
import type { Resource } from "../support/resource";
import { crashAt, untilDead } from "../support/crash";
import {
  always,
  connectionOf,
  count,
  created,
  expectSettled,
  miget,
  northflank,
  refusal,
  resourceOf,
  said,
  scenario,
  spoil,
  subjects,
  writes,
  type Inputs,
  type Subject,
} from "./scene";

/** An input of a platform with two values, and what the platform has of it. */
interface Change {
  readonly subject: Subject;
  readonly input: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly seen: (world: Harness) => unknown;
}

const addonOfMiget = (world: Harness) => {
  const [addon] = world.emulator.miget.addons();
  if (addon === undefined) throw new Error("there is no add-on on Miget");
  return addon;
};
const inputOfNorthflank = (world: Harness, input: string) =>
  at(world.emulator.northflank.get("orders").input, input);

const ofMiget = (
  input: string,
  before: unknown,
  after: unknown,
  seen: (world: Harness) => unknown,
): Change => ({ subject: miget, input, before, after, seen });
const ofNorthflank = (input: string, before: unknown, after: unknown): Change => ({
  subject: northflank,
  input,
  before,
  after,
  seen: (world) => inputOfNorthflank(world, input),
});

const from = (address: string) => [{ addresses: [address], action: "ALLOW" }];

const changes: readonly Change[] = [
  ofMiget("publicAccess", false, true, (world) => addonOfMiget(world).publicAccess),
  ofMiget("label", "before", "after", (world) => addonOfMiget(world).label),
  ofMiget("ramSize", 512, 256, (world) => addonOfMiget(world).ramMib),
  ofNorthflank("externalAccessEnabled", false, true),
  ofNorthflank("vpcAccessible", false, true),
  ofNorthflank("tlsEnabled", true, false),
  ofNorthflank("ipPolicies", from("192.0.2.1"), from("192.0.2.2")),
  ofNorthflank("tags", ["one"], ["two"]),
  ofNorthflank("description", "before", "after"),
  ofNorthflank("billing.deploymentPlan", "nf-compute-20", "nf-compute-50"),
];

const writeOf = ({ subject }: Change) => (subject === miget ? "updateAddon" : "patchAddon");

/** Ways in which a change has its effect on the platform, and the run that asked for it fails. */
const failures: readonly (readonly [string, (world: Harness, change: Change) => void])[] = [
  [
    "the reads after it are refused",
    (world, change) => {
      let sent = false;
      spoil(world, {
        operationId: "getAddon",
        kind: "forged",
        times: always,
        forge: (answer) => {
          sent ||= count(world, writeOf(change)) > 0;
          return sent ? { ...answer, status: 403, text: '{"error":"Forbidden"}' } : answer;
        },
      });
    },
  ],
  [
    "its own answer is an error, as often as it is sent",
    (world, change) => {
      const operationId = writeOf(change);
      spoil(world, { operationId, kind: "status-after", status: 500, times: always });
    },
  ],
];

describe("a change that took effect in a run that failed", () => {
  for (const change of changes) {
    const { subject, input, before, after, seen } = change;
    const old = withAt(subject.program, input, before);
    const next = withAt(subject.program, input, after);

    for (const [way, fail] of failures) {
      for (const refreshed of [false, true]) {
        const title = refreshed ? ", and a refresh" : "";
        it(`is taken back if the program is put back: ${subject.platform} ${input}, where ${way}${title}`, () =>
          scenario({}, async (world) => {
            const resource = await created(world, subject, old);
            fail(world, change);
            await refusal(world, resource.up(next));
            expect(seen(world), "the change had its effect").to.deep.equal(after);
            world.emulator.faults.clear();
            const later = resource.inNewProcess();
            if (refreshed) await later.refresh();
            await later.up(old);
            expect(seen(world), "what the platform has").to.deep.equal(before);
            expect(at(later.outs, input), "what the state has").to.deep.equal(before);
            await expectSettled(later, old);
          }));
      }

      it(`is finished by the next up: ${subject.platform} ${input}, where ${way}`, () =>
        scenario({}, async (world) => {
          const resource = await created(world, subject, old);
          fail(world, change);
          await refusal(world, resource.up(next));
          world.emulator.faults.clear();
          const later = resource.inNewProcess();
          await later.up(next);
          expect(seen(world)).to.deep.equal(after);
          await expectSettled(later, next);
        }));
    }
  }

  it("is changed once more if the program says a third thing (the engine keeps the old inputs)", () =>
    scenario({ actionMs: 1000 }, async (world) => {
      const program = (version: string): Inputs => ({ ...northflank.program, version });
      const resource = await created(world, northflank, program("16.4"));
      spoil(world, { operationId: "upgradeAddonVersion", kind: "status", status: 403 });
      await refusal(world, resource.up(program("17.2")));
      expect(resource.inputs.version).to.equal("16.4");
      expect(await resource.up(program("16.5"))).to.equal("updated");
      expect(resource.outs.resolvedVersion).to.equal("16.5");
    }));
});

describe("a database that is created paused", () => {
  for (const subject of subjects) {
    const { platform } = subject;
    const program = { ...subject.program, paused: true };
    const expectPaused = async (world: Harness, resource: Resource, connects = true) => {
      expect(subject.ids(world)).to.have.lengthOf(1);
      expect(subject.isPaused(world), "it is paused").to.equal(true);
      expect(resource.outs.state).to.equal(subject.words.paused);
      if (connects) expect(connectionOf(resource), "its connection").to.have.property("uri");
      await expectSettled(resource, program);
    };

    for (const refreshed of [false, true]) {
      const way = refreshed ? " and a refresh" : "";

      for (const ready of [true, false]) {
        const when = ready ? "it is ready" : "it is still being made";
        it(`is paused in the end on ${platform}, after a wait that was too short${way}; ${when}`, () =>
          scenario({ provisioningMs: 60_000 }, async (world) => {
            const resource = resourceOf(world, subject);
            const hasty = { ...program, customTimeouts: { create: "20s" } };
            await refusal(world, resource.up(hasty));
            expect(resource.id).not.to.equal("");
            if (ready) world.clock.advance(120_000);
            const next = resource.inNewProcess();
            if (refreshed) await next.refresh();
            const begun = world.clock.elapsed();
            expect(await next.up(program)).to.equal("updated");
            expect(world.clock.elapsed() - begun).to.be.lessThan(120_000);
            await expectPaused(world, next);
          }));
      }
    }

    it(`is paused in the end on ${platform}, cut off at any request and adopted while it is made`, () =>
      scenario({ provisioningMs: 60_000, rateLimit: 1_000_000 }, async (world) => {
        for (let nth = 1; nth < 120; nth += 1) {
          const life = crashAt(world.runtime(), nth);
          const doomed = resourceOf(world, subject).inNewProcess(life);
          await untilDead(life, doomed.up(program));
          if (!life.isDead()) return;
          const next = resourceOf(world, subject);
          world.lines.length = 0;
          await next.up({ ...program, adopt: true });
          // One that was paused already when it was adopted does not say how to connect to it.
          const showsNothing = said(world).includes("is paused, so");
          expect(showsNothing).to.equal(connectionOf(next).uri === undefined);
          await expectPaused(world, next, !showsNothing);
          await next.destroy();
        }
        throw new Error("the creation took too many requests");
      })).timeout(60_000);
  }
});

describe("a creation that was not waited for to its end", () => {
  for (const subject of subjects) {
    const { platform } = subject;
    // It stays so: a time limit that is changed is a difference of its own.
    const program = { ...subject.program, customTimeouts: { create: "3s" } };

    const begun = async (world: Harness): Promise<Resource> => {
      const resource = resourceOf(world, subject);
      const message = await refusal(world, resource.up(program));
      expect(message).to.contain("run `pulumi up` again");
      return resource.inNewProcess();
    };
    const expectWhole = async (world: Harness, resource: Resource, posts = 1) => {
      expect(connectionOf(resource)).to.have.property("uri");
      expect(resource.outs.state).to.equal(subject.words.ready);
      expect(writes(world).filter((line) => line.endsWith("/addons"))).to.have.lengthOf(posts);
      await expectSettled(resource, program);
    };

    it(`goes on at the next up on ${platform}`, () =>
      scenario({ provisioningMs: 60_000 }, async (world) => {
        const resource = await begun(world);
        expect(await resource.up(program)).to.equal("updated");
        await expectWhole(world, resource);
      }));

    for (const refreshes of [1, 2]) {
      it(`goes on at the next up on ${platform}, after ${String(refreshes)} refreshes`, () =>
        scenario({ provisioningMs: 60_000 }, async (world) => {
          const resource = await begun(world);
          for (let turn = 0; turn < refreshes; turn += 1) await resource.refresh();
          expect(await resource.up(program)).to.equal("updated");
          await expectWhole(world, resource);
        }));
    }

    it(`is finished by a refresh on ${platform}, where the platform is`, () =>
      scenario({ provisioningMs: 60_000 }, async (world) => {
        const resource = await begun(world);
        world.clock.advance(120_000);
        await resource.refresh();
        expect(connectionOf(resource)).to.have.property("uri");
        await resource.up(program);
        await expectWhole(world, resource);
      }));

    it(`goes on on ${platform} after an up that was too hasty as well`, () =>
      scenario({ provisioningMs: 60_000 }, async (world) => {
        const resource = await begun(world);
        await resource.refresh();
        const hasty = { ...subject.program, customTimeouts: { create: "3s", update: "2s" } };
        await refusal(world, resource.up(hasty));
        await resource.refresh();
        expect(await resource.up(program)).to.equal("updated");
        await expectWhole(world, resource);
      }));

    it(`fails at the next up on ${platform} where the platform has given it up meanwhile`, () =>
      scenario({ provisioningMs: 60_000 }, async (world) => {
        const resource = await begun(world);
        subject.setState(world, subject.words.failed);
        await resource.refresh();
        const start = world.clock.elapsed();
        const message = await refusal(world, resource.up(program));
        expect(message).to.contain(`"${subject.words.failed}"`);
        expect(world.clock.elapsed() - start).to.be.lessThan(60_000);
        expect(subject.ids(world)).to.have.lengthOf(1);
      }));

    it(`is not gone on with on ${platform} where the program does not wait`, () =>
      scenario({ provisioningMs: 60_000 }, async (world) => {
        const hasty = { ...program, waitForReady: false };
        const resource = await created(world, subject, hasty);
        expect(await resource.up(hasty)).to.equal("same");
        await resource.refresh();
        expect(await resource.up(hasty)).to.equal("same");
        // Who waits from now on waits for the end.
        expect(await resource.up(program)).to.equal("updated");
        // The log begins after the creation.
        await expectWhole(world, resource, 0);
      }));
  }
});

describe("a database that was ready once", () => {
  for (const subject of subjects) {
    const { platform, program, words } = subject;
    for (const state of [platform === "miget" ? "restarting-somehow" : "scaling", words.failed]) {
      it(`and is ${state} later on ${platform} is told by refresh, and is no change`, () =>
        scenario({}, async (world) => {
          const resource = await created(world, subject);
          const connection = connectionOf(resource);
          subject.setState(world, state);
          await resource.refresh();
          expect(await resource.up(program)).to.equal("same");
          expect(connectionOf(resource)).to.deep.equal(connection);
          expect(said(world)).to.match(new RegExp(`warning: .*${state}`, "u"));
        }));
    }
  }

  it("and never showed connection data is not waited for again", () =>
    scenario({ migetConnection: "never" }, async (world) => {
      const { appUuid, name } = miget.program;
      const mysql = { appUuid, name, type: "mysql", mysqlVersion: "8.2" };
      const resource = await created(world, miget, mysql);
      expect(resource.outs.connection).to.deep.equal({});
      await expectSettled(resource, mysql);
      const begun = world.clock.elapsed();
      expect(await resource.up({ ...mysql, label: "Other" })).to.equal("updated");
      expect(world.clock.elapsed() - begun, "time of the update").to.be.lessThan(30_000);
    }));
});
