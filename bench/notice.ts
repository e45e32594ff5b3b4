import { DEFAULT_PROJECT } from "../test/emulator/index";
import { Random } from "../test/emulator/random";
import { Harness } from "../test/support/harness";
import { median } from "./median";

export interface NoticeFigures {
  /** Median milliseconds from ready on the platform to the end of the create here. */
  readonly noticeMs: number;
  /** Requests per add-on, all calls counted. */
  readonly requests: number;
}

/** Milliseconds of each answer of the platform. */
const latencyMs = 50;
/** Seconds that add-ons take to be ready, give or take a quarter. */
const provisioning = [20, 60, 120, 180];
/** Each of them so often for one add-on, and as much less often as there are more. */
const samples = 16;

/**
 * How soon it is noticed that add-ons are ready while so many are waited for at once, in virtual
 * time: the figures are the same on every machine.
 */
export async function measureNotice(
  waiting: number,
  lasting: readonly number[] = provisioning,
): Promise<NoticeFigures> {
  const delays: number[] = [];
  let requests = 0;
  let addons = 0;
  for (const seconds of lasting) {
    for (let sample = 0; sample < Math.max(1, samples / waiting); sample += 1) {
      const one = await createAll(waiting, seconds * 1000, sample + 1);
      delays.push(...one.delays);
      requests += one.requests;
      addons += waiting;
    }
  }
  return { noticeMs: median(delays), requests: requests / addons };
}

async function createAll(waiting: number, lasting: number, seed: number) {
  const random = new Random(seed);
  const world = await Harness.start({
    latencyMs,
    provisioningMs: () => lasting * (0.75 + random.next() / 2),
  });
  try {
    const { clock, emulator } = world;
    const provider = world.northflank();
    const ended = new Map<string, number>();
    const create = async (name: string) => {
      await provider.create({
        projectId: DEFAULT_PROJECT,
        type: "postgresql",
        version: "16-latest",
        name,
        billing: { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 },
      });
      ended.set(name, clock.now());
    };
    const names = Array.from({ length: waiting }, (_, index) => `db-${index}`);
    await world.run(Promise.all(names.map(create)));
    const delays = emulator.northflank.addons().map(({ name, statuses }) => {
      const ready = statuses.at(-1)?.at ?? Number.NaN;
      return (ended.get(name) ?? Number.NaN) - ready;
    });
    return { delays, requests: emulator.requests.length };
  } finally {
    await world.close();
  }
}
