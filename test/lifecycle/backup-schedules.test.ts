import { expect } from "chai";
import { isRecord } from "../../src/fields/values";
import type { JsonObject } from "../contract/json";
import type { Harness } from "../support/harness";
import type { Resource } from "../support/resource";
import {
  always,
  count,
  created,
  expectSettled,
  killedUp,
  northflank,
  refusal,
  scenario,
  spoil,
  writes,
} from "./scene";

type Schedule = JsonObject;

const daily = (hour: number): Schedule => ({
  scheduling: { interval: "daily", minute: [0], hour: [hour] },
  backupType: "dump",
  retentionTime: 7,
});
const weekly = (hour: number): Schedule => ({
  scheduling: { interval: "weekly", minute: [0], hour: [hour], day: [1] },
  backupType: "dump",
  retentionTime: 30,
});
const snapshot = (hour: number): Schedule => ({ ...daily(hour), backupType: "snapshot" });

const program = (...backupSchedules: Schedule[]) => ({ ...northflank.program, backupSchedules });

/** `daily dump at 3`, of what the platform has. */
function there(world: Harness): string[] {
  return world.emulator.northflank.get("orders").schedules.map(describeSchedule).sort();
}

function declared({ outs }: Resource): string[] {
  const list: unknown[] = Array.isArray(outs.backupSchedules) ? outs.backupSchedules : [];
  return list.map(describeSchedule).sort();
}

function describeSchedule(schedule: unknown): string {
  const { scheduling, backupType } = isRecord(schedule) ? schedule : {};
  const { interval, hour } = isRecord(scheduling) ? scheduling : {};
  return `${String(interval)} ${String(backupType)} at ${String(hour)}`;
}

const refuse = (world: Harness, times: number, skip = 0) =>
  spoil(world, {
    operationId: "createAddonBackupSchedule",
    kind: "status",
    status: 400,
    times,
    skip,
  });

describe("a backup schedule that is changed, where the new one is refused", () => {
  const before = ["daily dump at 3"];

  it("stays as it was, on the platform and in the state", () =>
    scenario({}, async (world) => {
      const resource = await created(world, northflank, program(daily(3)));
      refuse(world, 1);
      const message = await refusal(world, resource.up(program(daily(4))));
      expect(message).to.contain("Injected 400");
      expect(there(world)).to.deep.equal(before);
      expect(declared(resource)).to.deep.equal(before);
    }));

  it("is changed by the next up, once that is possible", () =>
    scenario({}, async (world) => {
      const resource = await created(world, northflank, program(daily(3)));
      refuse(world, 1);
      await refusal(world, resource.up(program(daily(4))));
      expect(await resource.inNewProcess().up(program(daily(4)))).to.equal("updated");
      expect(there(world)).to.deep.equal(["daily dump at 4"]);
    }));

  for (const refreshed of [false, true]) {
    const way = refreshed ? "after a refresh" : "at the next up";

    for (const times of [1, 2, always]) {
      const often = times === 1 ? "once" : times === 2 ? "twice" : "for as long as the run lasts";
      it(`is there ${way} if the program is put back, though creations fail ${often}`, () =>
        scenario({}, async (world) => {
          const resource = await created(world, northflank, program(daily(3)));
          refuse(world, times);
          await refusal(world, resource.up(program(daily(4))));
          world.emulator.faults.clear();
          // Whatever could not be put back is not in the state as if it were there.
          expect(declared(resource)).to.deep.equal(there(world));
          const next = resource.inNewProcess();
          if (refreshed) await next.refresh();
          await next.up(program(daily(3)));
          expect(there(world)).to.deep.equal(before);
          await expectSettled(next, program(daily(3)));
        }));
    }
  }

  it("is one of two: neither is lost", () =>
    scenario({}, async (world) => {
      const old = program(daily(3), weekly(3));
      const resource = await created(world, northflank, old);
      refuse(world, 1);
      await refusal(world, resource.up(program(daily(4), weekly(4))));
      expect(there(world)).to.have.lengthOf(2);
      expect(declared(resource)).to.deep.equal(there(world));
      const next = resource.inNewProcess();
      await next.up(old);
      expect(there(world)).to.deep.equal(["daily dump at 3", "weekly dump at 3"]);
      await expectSettled(next, old);
    }));

  it("is not the first of two: the one that was changed already stays changed or goes back", () =>
    scenario({}, async (world) => {
      const old = program(daily(3), snapshot(3));
      const resource = await created(world, northflank, old);
      refuse(world, 1, 1);
      await refusal(world, resource.up(program(daily(4), snapshot(4))));
      expect(there(world)).to.have.lengthOf(2);
      expect(declared(resource)).to.deep.equal(there(world));
      const next = resource.inNewProcess();
      await next.up(old);
      expect(there(world)).to.deep.equal(["daily dump at 3", "daily snapshot at 3"]);
      await expectSettled(next, old);
    }));
});

describe("a backup schedule of another interval or type", () => {
  for (const [title, next, after] of [
    ["interval", weekly(3), "weekly dump at 3"],
    ["type", snapshot(3), "daily snapshot at 3"],
  ] as const) {
    it(`is added before the former one goes (${title})`, () =>
      scenario({}, async (world) => {
        const resource = await created(world, northflank, program(daily(3)));
        expect(await resource.up(program(next))).to.equal("updated");
        expect(there(world)).to.deep.equal([after]);
        expect(writes(world).map((line) => line.split(" ")[0])).to.deep.equal(["POST", "DELETE"]);
        await expectSettled(resource, program(next));
      }));

    it(`leaves the former one alone if it is refused (${title})`, () =>
      scenario({}, async (world) => {
        const resource = await created(world, northflank, program(daily(3)));
        refuse(world, always);
        await refusal(world, resource.up(program(next)));
        expect(there(world)).to.deep.equal(["daily dump at 3"]);
        expect(count(world, "deleteAddonBackupSchedule")).to.equal(0);
        world.emulator.faults.clear();
        await resource.up(program(daily(3)));
        await expectSettled(resource, program(daily(3)));
      }));
  }
});

describe("a backup schedule whose change is interrupted", () => {
  const wanted = program(daily(4), weekly(3));

  for (const fault of [
    { kind: "reset-after" },
    { kind: "status-after", status: 500 },
    { kind: "truncated-json" },
  ] as const) {
    for (const operationId of ["createAddonBackupSchedule", "deleteAddonBackupSchedule"] as const) {
      it(`ends as declared where the answer is lost (${operationId}, ${fault.kind})`, () =>
        scenario({}, async (world) => {
          const resource = await created(world, northflank, program(daily(3)));
          spoil(world, { operationId, ...fault });
          await world.run(resource.up(wanted).catch(() => undefined));
          const next = resource.inNewProcess();
          await next.up(wanted);
          expect(there(world)).to.deep.equal(["daily dump at 4", "weekly dump at 3"]);
          await expectSettled(next, wanted);
        }));
    }
  }

  for (const back of [false, true]) {
    // Without a refresh nothing tells the engine that a program which is put back needs a run.
    for (const refreshed of back ? [true] : [false, true]) {
      const end = back ? "the program is put back" : "the program stays";
      const way = refreshed ? "after a refresh" : "as it is";
      it(`by a kill at any request ends as declared where ${end}, ${way}`, () =>
        scenario({}, async (world) => {
          const old = program(daily(3));
          for (let nth = 1; nth < 30; nth += 1) {
            const resource = await created(world, northflank, old);
            const { isKilled, next } = await killedUp(world, resource, nth, wanted);
            const at = `cut off at request ${String(nth)}`;
            if (refreshed) await next.refresh();
            await next.up(back ? old : wanted);
            expect(there(world), at).to.deep.equal(
              back ? ["daily dump at 3"] : ["daily dump at 4", "weekly dump at 3"],
            );
            await expectSettled(next, back ? old : wanted);
            if (!isKilled) return;
            await next.destroy();
          }
          throw new Error("the change took too many requests");
        }));
    }
  }
});

describe("backup schedules that are not as declared any more", () => {
  const wanted = program(daily(3), weekly(3));
  const kept = (hour: number, retentionTime: number): Schedule => ({
    ...daily(hour),
    retentionTime,
  });
  for (const [title, elsewhere] of [
    ["deleted", []],
    ["one of them deleted", [daily(3)]],
    ["at another hour", [daily(5), weekly(3)]],
    ["kept for longer", [kept(3, 30), weekly(3)]],
    ["more of them", [daily(3), weekly(3), snapshot(3)]],
  ] as const) {
    it(`show in a refresh, for one request, and the next up puts them right: ${title}`, () =>
      scenario({}, async (world) => {
        const resource = await created(world, northflank, wanted);
        world.emulator.northflank.setSchedules("orders", [...elsewhere]);
        world.emulator.clearLog();
        await resource.refresh();
        expect(count(world, "listAddonBackupSchedules")).to.equal(1);
        expect(resource.outs.backupSchedules).to.have.deep.members([...elsewhere]);
        expect(await resource.up(wanted)).to.equal("updated");
        const { schedules } = world.emulator.northflank.get("orders");
        expect(schedules.map(({ retentionTime }) => retentionTime)).to.have.members([7, 30]);
        expect(there(world)).to.deep.equal(["daily dump at 3", "weekly dump at 3"]);
        await expectSettled(resource, wanted);
      }));
  }

  it("do not differ where a snapshot says how it is compressed, as the documentation's does", () =>
    scenario({}, async (world) => {
      const documented = program({ ...snapshot(3), compressionType: "gz" });
      const resource = await created(world, northflank, documented);
      expect(there(world)).to.deep.equal(["daily snapshot at 3"]);
      await expectSettled(resource, documented);
      expect(await resource.up(program({ ...snapshot(4), compressionType: "zstd" }))).to.equal(
        "updated",
      );
      expect(there(world)).to.deep.equal(["daily snapshot at 4"]);
    }));
});

describe("backup schedules that the program does not declare", () => {
  it("are left as they are, whatever else is changed", () =>
    scenario({}, async (world) => {
      const resource = await created(world, northflank);
      world.emulator.northflank.addSchedule("orders", {
        scheduling: { interval: "daily", minute: [0], hour: [5] },
        backupType: "dump",
        retentionTime: 7,
      });
      await resource.refresh();
      expect(await resource.up({ ...northflank.program, description: "new" })).to.equal("updated");
      expect(there(world)).to.deep.equal(["daily dump at 5"]);
    }));
});
