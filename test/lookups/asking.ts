import { MigetQueries } from "../../src/lookups/miget";
import { NorthflankQueries } from "../../src/lookups/northflank";
import type { Asking } from "../../src/program/lookup";
import type { Harness } from "../support/harness";

/** What a program's look-up brings along; each is of a run of its own unless told otherwise. */
export function asking(more: Partial<Asking> = {}): Asking {
  return {
    config: () => undefined,
    run: {},
    log: () => undefined,
    anew: false,
    isSecret: false,
    ...more,
  };
}

/** The look-ups of a program's process, against the emulator in virtual time. */
export function queriesIn(world: Harness) {
  const runtime = world.runtime();
  return { northflank: new NorthflankQueries(runtime), miget: new MigetQueries(runtime) };
}
