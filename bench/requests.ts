import { DEFAULT_APP, DEFAULT_PROJECT } from "../test/emulator/index";
import { Harness } from "../test/support/harness";

/** Requests per add-on, all calls counted, and seconds of virtual time. */
export interface RequestFigures {
  readonly create: number;
  readonly refresh: number;
  readonly noop: number;
  readonly destroy: number;
  readonly createSeconds: number;
  readonly destroySeconds: number;
  /** 429 answers, which a client inside the limit never sees. */
  readonly refused: number;
}

export interface RequestLoad {
  readonly platform: "miget" | "northflank";
  readonly addons: number;
  /** Operations that the engine runs at once. */
  readonly parallel: number;
  readonly provisioningSeconds: number;
}

type Props = Record<string, unknown>;

const hour = 3_600_000;

/** Counts what a run of many add-ons in one project or app costs, in virtual time. */
export async function countRequests(load: RequestLoad): Promise<RequestFigures> {
  const world = await Harness.start({ provisioningMs: load.provisioningSeconds * 1000 });
  try {
    const provider = load.platform === "miget" ? world.miget() : world.northflank();
    const programs = Array.from({ length: load.addons }, (_, index) =>
      program(load.platform, index),
    );
    const inputs: Props[] = [];

    const measure = async <T>(work: (index: number) => Promise<T>) => {
      world.emulator.clearLog();
      // Each kind of run has a rate limit window of its own.
      world.clock.advance(hour);
      const begin = world.clock.elapsed();
      const results = await world.run(inParallel(load.addons, load.parallel, work));
      const perAddon = world.emulator.requests.length / load.addons;
      const refused = world.emulator.requests.filter(({ status }) => status === 429).length;
      return { results, perAddon, refused, seconds: (world.clock.elapsed() - begin) / 1000 };
    };

    const created = await measure(async (index) => {
      // The preview's look at the catalogue counts too.
      const checked = await provider.check({}, programs[index] ?? {});
      inputs[index] = checked.inputs;
      return provider.create(checked.inputs);
    });
    const outs = (index: number): Props => created.results[index]?.outs ?? {};
    const id = (index: number) => created.results[index]?.id ?? "";
    const noop = await measure((index) =>
      provider.diff(id(index), outs(index), inputs[index] ?? {}),
    );
    const refreshed = await measure((index) => provider.read(id(index), outs(index)));
    const destroyed = await measure((index) => provider.delete(id(index), outs(index)));
    if (world.emulator.violations.length > 0) throw new Error(world.emulator.violations.join("\n"));
    return {
      create: created.perAddon,
      refresh: refreshed.perAddon,
      noop: noop.perAddon,
      destroy: destroyed.perAddon,
      createSeconds: created.seconds,
      destroySeconds: destroyed.seconds,
      refused: created.refused + refreshed.refused + destroyed.refused,
    };
  } finally {
    await world.close();
  }
}

function program(platform: "miget" | "northflank", index: number): Props {
  const name = `db-${index}`;
  return platform === "miget"
    ? { appUuid: DEFAULT_APP, type: "postgres", postgresVersion: "17", name }
    : {
        projectId: DEFAULT_PROJECT,
        type: "postgresql",
        version: "16-latest",
        name,
        billing: { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 },
      };
}

/** Keeps so many at once under way, as the engine does. */
async function inParallel<T>(
  count: number,
  width: number,
  work: (index: number) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < count; index = next++) results[index] = await work(index);
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
  return results;
}
