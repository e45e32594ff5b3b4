import { at, withAt } from "../../src/fields/values";
import { type Declared, urnOf } from "../support/engine-state";
import type { Failure } from "../support/engine-model";
import { identityOf } from "./ledger";
import { allAddons, sideOf, sides } from "./platforms";
import { Broken, type RunSettings, type World } from "./world";

/** Runs in a row that may fail without saying what to do. */
const patience = 2;
const mostRuns = 12;

/**
 * Once nothing fails any more, two ordinary runs end as declared, or say what to do; a user does
 * that, and no more.
 */
export async function settle(world: World): Promise<void> {
  world.calm();
  world.say("faults end, and the platforms recover");
  const { emulator, clock } = world.harness;
  for (const facts of allAddons(emulator)) {
    if (!facts.state.includes("fail")) continue;
    world.ledger.of(facts.identity).stale = true;
    sides[facts.platform].setState(emulator, facts, "ready");
  }
  clock.advance(120_000);
  let helpless = 0;
  let settings: RunSettings = {};
  // What was said of the same program before, and followed, has not helped.
  const heard = new Set<string>();
  for (let run = 0; run < mostRuns; run += 1) {
    const { ok, errors } = await world.run("up", settings);
    if (ok) return;
    settings = {};
    const advice: Advice[] = [];
    for (const failure of errors) {
      const found = adviceOf(world, failure);
      if (found !== undefined) advice.push(found);
    }
    const said = JSON.stringify([errors, world.program]);
    if (advice.length === 0 || heard.has(said)) {
      helpless += 1;
      if (helpless >= patience) break;
      if (advice.length === 0) continue;
    }
    heard.add(said);
    for (const each of advice) {
      world.say(`the user: ${each.what}`);
      if (each.program !== undefined) world.edit(each.program(world.program), each.what);
      if (each.refresh === true) await world.run("refresh");
      if (each.left !== undefined) deleteLeft(world, each.left);
      if (each.adopt !== undefined) {
        settings = { adopt: [settings.adopt, each.adopt].filter(Boolean).join(",") };
      }
    }
  }
  throw new Broken(
    `without faults, the runs do not end as declared, nor say what would help: ${JSON.stringify(world.last?.errors)}`,
  );
}

function deleteLeft(world: World, urn: string): void {
  const addons = allAddons(world.harness.emulator);
  for (const entry of world.stack.entries.filter((each) => each.urn === urn && each.delete)) {
    const facts = addons.find(({ identity }) => identity === identityOf(entry, addons));
    if (facts === undefined) continue;
    world.ledger.lost(facts);
    sides[facts.platform].remove(world.harness.emulator, facts);
  }
}

interface Advice {
  readonly what: string;
  readonly adopt?: string;
  readonly refresh?: true;
  /** The URN of an entry that a replacement has left, and whose add-on is deleted elsewhere. */
  readonly left?: string;
  readonly program?: (program: readonly Declared[]) => Declared[];
}

/** What a message says is to be done. */
function adviceOf(world: World, { urn, message }: Failure): Advice | undefined {
  const own = world.program.find((each) => urnOf(each) === urn);
  const withArg = (path: string, value: unknown): Advice => ({
    what: `sets ${path} of ${own?.name ?? urn} to ${JSON.stringify(value)}`,
    program: (program) =>
      program.map((each) =>
        urnOf(each) === urn ? { ...each, args: withAt(each.args, path, value) } : each,
      ),
  });
  if (own === undefined) return leftBehind(world, urn, message);
  if (message.includes("A replacement has left it"))
    return { what: "deletes what is left", left: urn };
  const undone = /^(\S+) needs a replacement.* deletionProtection/u.exec(message)?.[1];
  if (undone !== undefined) {
    const entry = world.stack.find([urn, ...own.aliases]);
    return withArg(undone, at(entry?.inputs ?? {}, undone));
  }
  const adopt = /PAAS_ADDONS_ADOPT=(\S+)/u.exec(message)?.[1];
  const holder = holderOf(world, own, adopt);
  if (message.includes("alias") && holder !== undefined && !own.aliases.includes(holder)) {
    return {
      what: `gives ${own.name} the alias ${holder}`,
      program: (program) =>
        program.map((each) =>
          urnOf(each) === urn ? { ...each, aliases: [...each.aliases, holder] } : each,
        ),
    };
  }
  if (adopt !== undefined) return { what: `adopts ${adopt}`, adopt };
  if (/another resource of this program|declares the same add-on/u.test(message)) {
    return {
      what: `takes ${own.name} out of the program`,
      program: (program) => program.filter((each) => each !== own && urnOf(each) !== urn),
    };
  }
  if (message.includes("Set keepOldPassword: false")) return withArg("keepOldPassword", false);
  if (message.includes("paused: false")) return withArg("paused", false);
  if (message.includes("longer customTimeouts")) return withArg("customTimeouts", undefined);
  const existing = existingValue(message);
  if (existing !== undefined) return withArg(...existing);
  if (message.includes("deletionProtection")) return withArg("deletionProtection", false);
  if (message.includes("allowReplace")) return withArg("allowReplace", true);
  const refreshes = message.includes("pulumi refresh");
  if (message.includes("set adopt: true")) {
    return { ...withArg("adopt", true), ...(refreshes && { refresh: true }) };
  }
  if (/remove `?adopt|without `?adopt/iu.test(message)) return withArg("adopt", undefined);
  if (refreshes) return { what: "refreshes", refresh: true };
  const skips = /cannot (?:skip|go down|be skipped)|skip a major|is lower/u.test(message);
  if (skips && own.type === "northflank") return withArg("version", runningVersion(world, own));
  return undefined;
}

/** The value that a refused change could be taken back to. */
function existingValue(message: string): [string, unknown] | undefined {
  const found =
    /(\S+) is (\S+) there and \S+ here/u.exec(message) ??
    /(\S+) cannot change in place from (\S+) to/u.exec(message);
  const [, path, text] = found ?? [];
  if (path === undefined || text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return [path, value];
  } catch {
    return undefined;
  }
}

/** An entry that the program lacks could not be deleted: it is taken back into the program. */
function leftBehind(world: World, urn: string, message: string): Advice | undefined {
  if (message.includes("pulumi refresh")) return { what: "refreshes", refresh: true };
  if (!/deletionProtection|allowReplace|retainOnDelete|state delete/u.test(message))
    return undefined;
  const entry = world.stack.entries.find((each) => each.urn === urn);
  if (entry === undefined) return undefined;
  return {
    what: `forgets ${urn} with pulumi state delete`,
    program: (program) => {
      world.stack.remove(entry);
      return [...program];
    },
  };
}

/** The URN of the entry that has the add-on which a resource declares. */
function holderOf(world: World, own: Declared, id: string | undefined): string | undefined {
  const side = sideOf(own.type);
  const title = String(own.args[side.titleField]);
  const addons = side.addons(world.harness.emulator);
  const facts = addons.find((each) =>
    id === undefined ? each.title === title : id.includes(each.id),
  );
  const declared = new Set(world.program.map(urnOf));
  const entry = world.stack.entries.find(
    (each) =>
      identityOf(each, addons) === facts?.identity && !declared.has(each.urn) && !each.delete,
  );
  return entry?.urn;
}

function runningVersion(world: World, own: Declared): unknown {
  const title = String(own.args.name);
  const facts = sides.northflank
    .addons(world.harness.emulator)
    .find((each) => each.title === title);
  return facts?.inputs.version ?? own.args.version;
}
