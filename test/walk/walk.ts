import fc from "fast-check";
import type { EmulatorOptions } from "../emulator/index";
import type { DoorName } from "../support/door";
import { actions, type ActionName } from "./actions";
import { settle } from "./settle";
import { Broken, World } from "./world";

/** One action; the numbers say what it is about. */
export interface Move {
  readonly name: ActionName;
  readonly which: number;
  readonly value: number;
}

const weights: Readonly<Partial<Record<string, number>>> = {
  up: 20,
  troubled: 16,
  upRefresh: 5,
  upContinue: 2,
  upAdopt: 3,
  upReplace: 1,
  killed: 5,
  refresh: 3,
  destroy: 1,
  destroyRefresh: 1,
  wait: 2,
  add: 5,
  remove: 3,
  rename: 4,
  move: 3,
  provider: 1,
  door: 3,
  change: 14,
  unset: 4,
  revert: 3,
  adopt: 4,
  allowReplace: 2,
  fault: 8,
  staleLists: 1,
  calm: 2,
  driftElsewhere: 4,
};

const names = Object.keys(actions).map((name) => ({
  weight: weights[name] ?? 1,
  arbitrary: fc.constant(name),
}));

const move: fc.Arbitrary<Move> = fc.record({
  name: fc.oneof(...names),
  which: fc.nat(99),
  value: fc.nat(999),
});

/** Whatever may be different about the platforms from walk to walk. */
export const platformOptions: fc.Arbitrary<EmulatorOptions> = fc.record({
  seed: fc.nat(999),
  provisioningMs: fc.constantFrom(1500, 0, 25_000),
  credentialsDelayMs: fc.constantFrom(300, 0, 5000),
  actionMs: fc.constantFrom(300, 0, 8000),
  deletionMs: fc.constantFrom(300, 5000),
  passwords: fc.constantFrom("plain", "special"),
  rateLimit: fc.constant(100_000),
  northflankStrictState: fc.boolean(),
  migetUpdateAnswer: fc.constantFrom("entity", "message", "empty"),
});

export interface Walk {
  readonly options: EmulatorOptions;
  readonly door: DoorName;
  readonly moves: readonly Move[];
}

/** A program with something in it, and what happens then. */
export const walks = (maxLength: number): fc.Arbitrary<Walk> =>
  fc
    .record({
      options: platformOptions,
      door: fc.constantFrom<DoorName>("dynamic", "native"),
      first: fc.nat(99),
      moves: fc.array(move, { minLength: 3, maxLength, size: "max" }),
    })
    .map(({ options, door, first, moves }) => ({
      options,
      door,
      moves: [{ name: "add", which: first, value: first }, ...moves],
    }));

export interface Totals {
  walks: number;
  programs: number;
  runs: number;
  kills: number;
  faults: number;
  requests: number;
}

export const noTotals = (): Totals => ({
  walks: 0,
  programs: 0,
  runs: 0,
  kills: 0,
  faults: 0,
  requests: 0,
});

/** Takes the walk; fails with a trace where a promise is broken. */
export async function take({ options, door, moves }: Walk, totals = noTotals()): Promise<World> {
  const world = await World.start(options, undefined, door);
  try {
    for (const { name, which, value } of moves) {
      await actions[name]?.(world, which, value);
    }
    await settle(world);
    return world;
  } catch (error) {
    const what =
      error instanceof Broken
        ? error.message
        : String(error instanceof Error ? error.stack : error);
    throw new Error(`${what}\n\n${world.trace.join("\n")}\n`, { cause: error });
  } finally {
    totals.walks += 1;
    const { programs, runs, kills, faults, requests } = world.counts;
    totals.programs += programs;
    totals.runs += runs;
    totals.kills += kills;
    totals.faults += faults;
    totals.requests += requests;
    await world.close();
  }
}
