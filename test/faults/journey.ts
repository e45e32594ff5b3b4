import { Resource } from "../support/resource";
import type { Harness } from "../support/harness";
import type { Tour } from "./tours";

/** What became of a tour, and what its user was told on the way. */
export interface Journey {
  /** Messages of failures, in the order in which the user saw them. */
  readonly told: string[];
  /** The most databases that there were at any time. */
  readonly most: number;
  /** Databases that there are at the end of it, after destroy. */
  readonly left: number;
  readonly requests: number;
  /** Steps that did not succeed however often the user tried. */
  readonly stuck: string[];
}

/** A user tries each step this often, doing what the messages say. */
const patience = 4;

/** Takes an ordinary user through the tour: runs `up` again after a failure, and adopts where told to. */
export async function travel(world: Harness, tour: Tour): Promise<Journey> {
  const told: string[] = [];
  const stuck: string[] = [];
  let most = 0;
  let resource = new Resource(world, tour.platform);
  const existing = () =>
    (tour.platform === "miget" ? world.emulator.miget : world.emulator.northflank).addons().length;

  const insist = async (what: string, step: () => Promise<unknown>) => {
    for (let turn = 1; turn <= patience; turn += 1) {
      try {
        await step();
        return;
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        told.push(message);
        const ids = /PAAS_ADDONS_ADOPT=(\S+)/u.exec(message)?.[1];
        if (ids !== undefined) world.env = { ...world.env, PAAS_ADDONS_ADOPT: ids };
        // Each command of the user's runs in a process of its own.
        resource = resource.inNewProcess();
      } finally {
        most = Math.max(most, existing());
      }
    }
    stuck.push(what);
  };

  for (const [index, program] of tour.programs.entries()) {
    await insist(`up ${index + 1}`, () => resource.up(program));
    await insist(`refresh ${index + 1}`, () => resource.refresh());
    await insist(`second up ${index + 1}`, () => resource.up(program));
  }
  await insist("destroy", () => resource.destroy());
  return { told, most, left: existing(), requests: world.emulator.requests.length, stuck };
}
