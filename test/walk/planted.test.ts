import { expect } from "chai";
import { changesOf } from "../../src/provider/diff";
import { fields as migetFields } from "../../src/miget/fields";
import { fields as northflankFields } from "../../src/northflank/fields";
import { PartialFailure } from "../../src/provider/state";
import { userProps } from "../../src/fields/common";
import { withAt } from "../../src/fields/values";
import type { EmulatorOptions } from "../emulator/index";
import type { Declared, Props } from "../support/engine-state";
import { sides, type PlatformName } from "./platforms";
import { settle } from "./settle";
import { Broken, type Sabotage, World } from "./world";

interface Case {
  readonly title: string;
  readonly options?: EmulatorOptions;
  /** What leads to the fault. */
  readonly story: (world: World) => Promise<void>;
  readonly planted: Sabotage;
  /** What is said of it. */
  readonly broken: RegExp;
}

const declare = (world: World, type: PlatformName, args: Props = {}, name = "db"): void => {
  const base = sides[type].base("orders");
  const declared: Declared = { name, type, aliases: [], provider: "", args: { ...base, ...args } };
  world.edit([...world.program, declared], `add ${name}`);
};

const set = (world: World, path: string, value: unknown): void => {
  const [first, ...rest] = world.program;
  if (first === undefined) throw new Error("no resource");
  world.edit([{ ...first, args: withAt(first.args, path, value) }, ...rest], path);
};

const fault = (world: World, ...args: Parameters<World["harness"]["emulator"]["faults"]["add"]>) =>
  world.harness.emulator.faults.add(...args);

/** Nothing is done where the state and the program agree, whatever is on the platform. */
const trustsTheState: Sabotage = (calls, type) => ({
  ...inherit(calls),
  update: async (id, olds, news) => {
    const [before, after] = [userProps(olds), userProps(news)];
    const changes =
      type === "miget"
        ? changesOf(migetFields, before, after)
        : changesOf(northflankFields, before, after);
    return changes.length === 0 ? { outs: { ...olds, ...news } } : calls.update(id, olds, news);
  },
});

/** The calls as functions of their own: a provider is an object of a class. */
function inherit(calls: Parameters<Sabotage>[0]): Parameters<Sabotage>[0] {
  return {
    check: (olds, news) => calls.check(olds, news),
    diff: (id, olds, news) => calls.diff(id, olds, news),
    create: (props) => calls.create(props),
    read: (id, props) => calls.read(id, props),
    update: (id, olds, news) => calls.update(id, olds, news),
    delete: (id, props) => calls.delete(id, props),
  };
}

const daily = (hour: number) => [
  {
    scheduling: { interval: "daily", minute: [0], hour: [hour] },
    backupType: "dump",
    retentionTime: 7,
  },
];

const bothPlatforms: readonly PlatformName[] = ["miget", "northflank"];

const cases: readonly Case[] = [
  ...bothPlatforms.map((type): Case => ({
    title: `a rename that deletes the database (${type})`,
    story: async (world) => {
      declare(world, type, { adopt: true });
      await world.run("up");
      const [first] = world.program;
      if (first !== undefined) world.edit([{ ...first, name: "renamed" }], "rename");
      await world.run("up");
    },
    // Each deletion takes place in a run of its own, which knows of no owners.
    planted: (calls, _type, harness) => ({
      ...inherit(calls),
      delete: (id, props) =>
        (type === "miget" ? harness.miget() : harness.northflank()).delete(id, props),
    }),
    broken: /deleted .* orders/u,
  })),
  {
    title: "an upgrade whose answer was lost, sent again for a newer version",
    story: async (world) => {
      declare(world, "northflank", { version: "15-latest" });
      await world.run("up");
      set(world, "version", "latest");
      fault(world, { operationId: "upgradeAddonVersion", kind: "reset-after" });
      await world.run("up");
    },
    planted: (calls, _type, { emulator }) => ({
      ...inherit(calls),
      update: async (id, olds, news) => {
        const result = await calls.update(id, olds, news);
        const headers = {
          authorization: `Bearer ${[...emulator.northflank.tokens][0] ?? ""}`,
          "content-type": "application/json",
        };
        const url = `${emulator.origin}/v1/projects/demo-project/addons/orders/version`;
        const body = JSON.stringify({ version: "17.2" });
        await fetch(url, { method: "POST", headers, body });
        return result;
      },
    }),
    broken: /upgraded orders 2 times, asked 1 times/u,
  },
  {
    title: "a backup schedule that was lost when its successor was refused",
    story: async (world) => {
      declare(world, "northflank", { backupSchedules: daily(3) });
      await world.run("up");
      set(world, "backupSchedules", daily(4));
      fault(world, { operationId: "createAddonBackupSchedule", kind: "status", status: 400 });
      await world.run("up");
      set(world, "backupSchedules", daily(3));
      await world.run("up");
    },
    planted: (calls, type, harness) => ({
      ...inherit(calls),
      update: async (id, olds, news) => {
        try {
          return await trustsTheState(calls, type, harness).update(id, olds, news);
        } catch (error) {
          const { northflank } = harness.emulator;
          const record = northflank.records().find((each) => each.id === "orders");
          if (record !== undefined) northflank.restore({ ...record, schedules: [] });
          throw error;
        }
      },
    }),
    broken: /on the platform db: backupSchedules is \[\]/u,
  },
  ...bothPlatforms.map((type): Case => ({
    title: `access that was opened, could not be confirmed, and was never closed (${type})`,
    story: async (world) => {
      const { exposure } = sides[type];
      declare(world, type, { [exposure]: false });
      await world.run("up");
      fault(world, { operationId: "getAddon", kind: "status", status: 403, skip: 1, times: 3 });
      set(world, exposure, true);
      await world.run("up");
      world.calm();
      set(world, exposure, false);
      await world.run("up");
    },
    // What could not be confirmed is not in the state, and the state is all that is compared.
    planted: (calls, type, harness) => ({
      ...inherit(calls),
      update: (id, olds, news) =>
        trustsTheState(calls, type, harness)
          .update(id, olds, news)
          .catch(() => {
            throw new PartialFailure(id, "it could not be confirmed", olds);
          }),
    }),
    broken: /open to the internet/u,
  })),
  {
    title: "a switch that was removed and stays on",
    story: async (world) => {
      declare(world, "miget", { publicAccess: true });
      await world.run("up");
      const ok = { kind: "status", status: 200, body: { message: "ok" }, times: 99 } as const;
      fault(world, { operationId: "updateAddon", ...ok });
      set(world, "publicAccess", undefined);
      await world.run("up");
      await world.run("up");
    },
    planted: (calls) => ({
      ...inherit(calls),
      update: (id, olds, news) =>
        news.publicAccess === undefined
          ? Promise.resolve({ outs: { ...olds, publicAccess: undefined } })
          : calls.update(id, olds, news),
    }),
    broken: /publicAccess is true, not false/u,
  },
  ...bothPlatforms.map((type): Case => ({
    title: `a creation with a pause that is never finished (${type})`,
    options: { provisioningMs: 60_000 },
    story: async (world) => {
      declare(world, type, { paused: true, customTimeouts: { create: "20s" } });
      await world.run("up");
      await settle(world);
    },
    planted: (calls) => ({
      ...inherit(calls),
      update: (id, olds) => Promise.reject(new PartialFailure(id, "it is not paused yet", olds)),
    }),
    broken: /do not end as declared, nor say what would help/u,
  })),
  ...bothPlatforms.map((type): Case => ({
    title: `an unfinished creation that a refresh forgets (${type})`,
    options: { provisioningMs: 25_000 },
    story: async (world) => {
      declare(world, type, { customTimeouts: { create: "3s" } });
      await world.run("up");
      await world.run("refresh");
      await world.run("up");
    },
    planted: (calls, kind) => ({
      ...inherit(calls),
      diff: (_id, olds, news) => {
        const [before, after] = [userProps(olds), userProps(news)];
        const changes =
          kind === "miget"
            ? changesOf(migetFields, before, after)
            : changesOf(northflankFields, before, after);
        return Promise.resolve({ changes: changes.length > 0 });
      },
    }),
    broken: /db has no connection/u,
  })),
  {
    title: "many projects that spend the hour's requests on polling",
    options: { provisioningMs: 300_000 },
    story: async (world) => {
      const { northflank } = world.harness.emulator;
      for (let index = 0; index < 30; index += 1) {
        const projectId = northflank.addProject(`project-${index}`);
        declare(world, "northflank", { projectId }, `db-${index}`);
      }
      const before = world.counts.requests;
      await world.run("up", { parallel: 200 });
      const each = (world.counts.requests - before) / 30;
      if (each > 16) throw new Broken(`${each.toFixed(1)} requests for each add-on`);
      const { ok } = await world.run("refresh");
      if (!ok) throw new Broken("no requests are left for a refresh");
    },
    planted: (calls) => ({
      ...inherit(calls),
      create: async (props) => {
        const made = await calls.create(props);
        for (let times = 0; times < 20; times += 1) await calls.read(made.id, made.outs);
        return made;
      },
    }),
    broken: /requests for/u,
  },
];

async function outcomeOf({ options, story }: Case, planted?: Sabotage): Promise<string> {
  const world = await World.start(options, planted);
  try {
    await story(world);
    return "";
  } catch (error) {
    if (error instanceof Broken) return `${error.message}\n${world.trace.join("\n")}`;
    throw error;
  } finally {
    await world.close();
  }
}

describe("the model walk", () => {
  for (const each of cases) {
    it(`would find ${each.title}`, async () => {
      expect(await outcomeOf(each, each.planted)).to.match(each.broken);
    });

    it(`does not find ${each.title}`, async () => {
      expect(await outcomeOf(each)).to.equal("");
    });
  }
});
