import { MigetQueries } from "../../src/miget/queries";
import { NorthflankQueries } from "../../src/northflank/queries";
import type { Asking } from "../../src/lookups/answers";
import type { World } from "../support/world";

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
export function queriesIn(world: World) {
  const runtime = world.runtime();
  return { northflank: new NorthflankQueries(runtime), miget: new MigetQueries(runtime) };
}
