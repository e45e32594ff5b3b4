import { at, withAt } from "../../src/fields/values";
import type { Fault } from "../emulator/index";
import { type Declared, urnOf } from "../support/engine-state";
import { allAddons, type Facts, type Side, sideOf, sides } from "./platforms";
import { doorOf, providerOf, type World } from "./world";

/** Two numbers decide what an action is about; what they mean depends on what there is. */
export type Perform = (world: World, which: number, value: number) => unknown;

const pick = <T>(items: readonly T[], number: number): T | undefined =>
  items[number % Math.max(1, items.length)];

/** Does something with one resource of the program, if it has any. */
function onOne(
  world: World,
  which: number,
  change: (declared: Declared) => [Declared, string] | undefined,
): void {
  const index = which % Math.max(1, world.program.length);
  const declared = world.program[index];
  if (declared === undefined) return;
  const changed = change(declared);
  if (changed === undefined) return;
  world.replaceAt(index, changed[0], `${declared.name}: ${changed[1]}`);
}

const withArg = (declared: Declared, path: string, value: unknown): Declared => ({
  ...declared,
  args: withAt(declared.args, path, value),
});

const titles = ["db-0", "db-1", "db-2"];

const titleOf = ({ type, args }: Declared) => args[sideOf(type).titleField];

/** Gives an input of one resource another value; answers which. */
function change(world: World, which: number, value: number): [Declared, string] | undefined {
  let changed: [Declared, string] | undefined;
  onOne(world, which, (declared) => {
    const { values } = sideOf(declared.type);
    const paths = Object.keys(values);
    const path = pick(paths, value);
    if (path === undefined) return undefined;
    const next = pick(values[path] ?? [], Math.floor(value / paths.length));
    changed = [declared, path];
    return [withArg(declared, path, next), `${path} = ${JSON.stringify(next)}`];
  });
  return changed;
}

/** Required by every resource, or chosen by the actions of their own. */
const lasting = ["version", "billing.deploymentPlan", "billing.storage", "billing.replicas"];

export const edits: Readonly<Record<string, Perform>> = {
  add: (world, which, value) => {
    const side = pick(Object.values(sides), which);
    const title = pick(titles, value);
    if (side === undefined || title === undefined) return;
    const isTaken = world.program.some(
      (each) => each.type === side.name && titleOf(each) === title,
    );
    if (isTaken && value % 10 > 0) return;
    const name = world.freshName();
    const args = side.base(title);
    const provider = providerOf(world.door, "");
    const declared = { name, type: side.name, aliases: [], provider, args };
    world.edit([...world.program, declared], `add ${name}, ${side.name} ${title}`);
  },
  remove: (world, which) => {
    const gone = pick(world.program, which);
    if (gone === undefined) return;
    world.edit(
      world.program.filter((each) => each !== gone),
      `remove ${gone.name}`,
    );
  },
  rename: (world, which, value) => {
    onOne(world, which, (declared) => {
      const name = world.freshName();
      const aliases = value % 2 === 0 ? [] : [...declared.aliases, urnOf(declared)];
      return [
        { ...declared, name, aliases },
        `rename to ${name}${aliases.length > 0 ? " with alias" : ""}`,
      ];
    });
  },
  move: (world, which, value) => {
    onOne(world, which, (declared) => {
      const parent = declared.parent === undefined ? "Part" : undefined;
      const aliases = value % 2 === 0 ? [] : [...declared.aliases, urnOf(declared)];
      const moved = { ...declared, parent, aliases };
      // Back to where it was: its own former name is no alias.
      const known = aliases.filter((urn) => urn !== urnOf(moved));
      return [
        { ...moved, aliases: known },
        `move to ${parent ?? "the stack"}${known.length > 0 ? " with alias" : ""}`,
      ];
    });
  },
  provider: (world, which) => {
    onOne(world, which, (declared) => {
      const name = declared.provider.endsWith("other") ? "" : "other";
      const provider = providerOf(doorOf(declared), name);
      return [{ ...declared, provider }, `provider "${provider}"`];
    });
  },
  door: (world, which) => {
    onOne(world, which, (declared) => {
      const name = declared.provider.endsWith("other") ? "other" : "";
      const provider = providerOf(doorOf(declared) === "native" ? "dynamic" : "native", name);
      return [{ ...declared, provider }, `provider "${provider}"`];
    });
  },
  change: (world, which, value) => change(world, which, value),
  unset: (world, which, value) => {
    onOne(world, which, (declared) => {
      const paths = Object.keys(sideOf(declared.type).values).filter(
        (path) =>
          at(declared.args, path) !== undefined &&
          !lasting.includes(path) &&
          path !== "postgresVersion",
      );
      const path = pick(paths, value);
      return path === undefined
        ? undefined
        : [withArg(declared, path, undefined), `without ${path}`];
    });
  },
  revert: (world, which) => {
    const earlier = world.earlier.at(-1 - (which % 3));
    if (earlier !== undefined)
      world.edit(earlier, `back to [${earlier.map(({ name }) => name).join(", ")}]`);
  },
  adopt: (world, which, value) => {
    onOne(world, which, (declared) => {
      const side = sideOf(declared.type);
      const seen = side.addons(world.harness.emulator);
      const key = pick(seen, value)?.id.split("/")[1];
      const next = pick([true, true, undefined, key], value);
      return [withArg(declared, "adopt", next), `adopt = ${JSON.stringify(next)}`];
    });
  },
  allowReplace: (world, which, value) => {
    onOne(world, which, (declared) => {
      const next = value % 3 > 0 ? true : undefined;
      return [withArg(declared, "allowReplace", next), `allowReplace = ${JSON.stringify(next)}`];
    });
  },
  waitForReady: (world, which, value) => {
    onOne(world, which, (declared) => {
      const next = value % 2 > 0 ? false : undefined;
      return [withArg(declared, "waitForReady", next), `waitForReady = ${JSON.stringify(next)}`];
    });
  },
  timeouts: (world, which, value) => {
    onOne(world, which, (declared) => {
      const next = value % 2 > 0 ? { create: "10s", update: "10s", delete: "10s" } : undefined;
      return [
        withArg(declared, "customTimeouts", next),
        `customTimeouts = ${JSON.stringify(next)}`,
      ];
    });
  },
};

/** Does something with one add-on, behind the program's back. */
function elsewhere(
  work: (world: World, facts: Facts, value: number) => string | undefined,
): Perform {
  return (world, which, value) => {
    const facts = pick(allAddons(world.harness.emulator), which);
    if (facts === undefined) return;
    const what = work(world, facts, value);
    if (what !== undefined) world.say(`elsewhere: ${what} of ${facts.platform} ${facts.title}`);
  };
}

export const accidents: Readonly<Record<string, Perform>> = {
  deleteElsewhere: elsewhere(({ harness, ledger }, facts) => {
    ledger.lost(facts);
    sides[facts.platform].remove(harness.emulator, facts);
    return "deletion";
  }),
  recreateElsewhere: elsewhere(({ harness, ledger }, facts) => {
    ledger.lost(facts);
    sides[facts.platform].recreate(harness.emulator, facts);
    return "deletion and creation";
  }),
  driftElsewhere: elsewhere(({ harness, ledger }, facts, value) => {
    const side = sides[facts.platform];
    const path = pick(Object.keys(side.values), value);
    const next =
      path === undefined ? undefined : pick(side.values[path] ?? [], Math.floor(value / 16));
    if (path === undefined || next === undefined) return undefined;
    side.drift(harness.emulator, facts, path, next);
    ledger.touched(facts, path);
    return `${path} = ${JSON.stringify(next)}`;
  }),
  failElsewhere: elsewhere(({ harness, ledger }, facts) => {
    ledger.of(facts.identity).stale = true;
    sides[facts.platform].setState(harness.emulator, facts, "failed");
    return "failure";
  }),
  readyElsewhere: elsewhere(({ harness, ledger }, facts) => {
    ledger.of(facts.identity).stale = true;
    sides[facts.platform].setState(harness.emulator, facts, "ready");
    return "recovery";
  }),
  seedElsewhere: (world, which, value) => {
    const side = pick(Object.values(sides), which);
    const title = pick(titles, value);
    const { emulator } = world.harness;
    if (side === undefined || title === undefined) return;
    if (side.addons(emulator).some((each) => each.title === title)) return;
    side.seed(emulator, title);
    world.say(`elsewhere: creation of ${side.name} ${title}`);
  },
};

const kinds = [
  { kind: "reset-before" },
  { kind: "reset-after" },
  { kind: "status-after", status: 504 },
  { kind: "status", status: 503 },
  { kind: "status", status: 500 },
  { kind: "status", status: 400 },
  { kind: "status", status: 403 },
  { kind: "status", status: 429, headers: { "retry-after": "3" } },
  { kind: "truncated-json" },
  { kind: "hang" },
  { kind: "hang-after" },
] as const;

/** Breaks some requests of an operation. */
function spoil(world: World, side: Side, operationId: string, value: number): void {
  const every = [...kinds, { kind: "status", status: 200, body: side.nothingDone } as const];
  const kind = pick(every, value);
  if (kind === undefined) return;
  const extent = Math.floor(value / every.length);
  const counts = { times: [1, 1, 3, 9][extent % 4] ?? 1, skip: Math.floor(extent / 4) % 3 };
  const isChange = !/^(?:list|get)/u.test(operationId);
  if ("body" in kind && !isChange) return;
  const fault = { platform: side.name, operationId, ...counts, ...kind } as Fault;
  world.faults.push(world.harness.emulator.faults.add(fault));
  world.say(`fault: ${JSON.stringify(fault)}`);
}

export const faults: Readonly<Record<string, Perform>> = {
  fault: (world, which, value) => {
    const side = pick(Object.values(sides), which);
    const operationId = pick(side?.operations ?? [], Math.floor(which / 2));
    if (side !== undefined && operationId !== undefined) spoil(world, side, operationId, value);
  },
  troubled: async (world, which, value) => {
    const changed = change(world, which, value);
    if (changed === undefined) return;
    const [{ type }, path] = changed;
    const side = sideOf(type);
    const operations = [...(side.carriedOutBy[path] ?? []), "getAddon"];
    const operationId = pick(operations, Math.floor(which / 7));
    if (operationId !== undefined) spoil(world, side, operationId, which * 31 + value * 7);
    await world.run("up");
  },
  staleLists: (world, which, value) => {
    const side = pick(Object.values(sides), which);
    if (side === undefined) return;
    const fault: Fault = {
      platform: side.name,
      operationId: "listAddons",
      kind: "stale-list",
      // Not for longer than a user takes to run it again: then nothing could tell.
      ms: 1000 * (value % 10),
      times: 5,
    };
    world.faults.push(world.harness.emulator.faults.add(fault));
    world.say(`fault: ${JSON.stringify(fault)}`);
  },
  calm: (world) => {
    world.calm();
    world.say("faults end");
  },
};

/** The command of the last message that names one. */
export function adoptAdvice(world: World): string | undefined {
  const messages = (world.last?.errors ?? []).map(({ message }) => message);
  return (
    messages.flatMap((text) => /PAAS_ADDONS_ADOPT=(\S+)/u.exec(text)?.[1] ?? []).join(",") ||
    undefined
  );
}

export const runs: Readonly<Record<string, Perform>> = {
  up: (world) => world.run("up"),
  upRefresh: (world) => world.run("up", { refresh: true }),
  upContinue: (world) => world.run("up", { continueOnError: true }),
  upAdopt: async (world) => {
    const adopt = adoptAdvice(world);
    await world.run("up", adopt === undefined ? {} : { adopt });
  },
  upReplace: async (world, which) => {
    if (world.program.length > 0) await world.run("up", { replace: which % world.program.length });
  },
  killed: async (world, which, value) => {
    const victim = value % 3 === 0 ? "plugin" : "cli";
    const refresh = value % 5 === 0;
    await world.run("up", { killAt: 1 + (which % 14), victim, ...(refresh && { refresh }) });
  },
  refresh: (world) => world.run("refresh"),
  destroy: (world) => world.run("destroy"),
  destroyRefresh: (world) => world.run("destroy", { refresh: true }),
  wait: (world, _which, value) => {
    world.harness.clock.advance(1000 * (value % 120));
    world.say(`${value % 120} s pass`);
  },
};

export const actions = { ...edits, ...accidents, ...faults, ...runs };
export type ActionName = keyof typeof actions;
