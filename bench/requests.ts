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
  /** In so many projects or apps, as evenly as it goes; default: one. */
  readonly scopes?: number;
  /** True: the refresh comes in the hour of the creation, whose requests count against it. */
  readonly refreshAtOnce?: boolean;
}

type Props = Record<string, unknown>;

const hour = 3_600_000;

/** Counts what a run of many add-ons costs, in virtual time. */
export async function countRequests(load: RequestLoad): Promise<RequestFigures> {
  const world = await Harness.start({ provisioningMs: load.provisioningSeconds * 1000 });
  try {
    const provider = load.platform === "miget" ? world.miget() : world.northflank();
    const scopes = Array.from({ length: load.scopes ?? 1 }, (_, index) =>
      scope(world, load.platform, index),
    );
    const programs = Array.from({ length: load.addons }, (_, index) =>
      program(load.platform, index, scopes[index % scopes.length]),
    );
    const inputs: Props[] = [];

    /** Each kind of run has a rate limit window of its own, if not said otherwise. */
    const measure = async <T>(work: (index: number) => Promise<T>, sameHour = false) => {
      world.emulator.clearLog();
      if (!sameHour) world.clock.advance(hour);
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
    const noop = await measure(
      (index) => provider.diff(id(index), outs(index), inputs[index] ?? {}),
      true,
    );
    const refreshed = await measure(
      (index) => provider.read(id(index), outs(index)),
      load.refreshAtOnce,
    );
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

/** The default project or app, and others beside it. */
function scope({ emulator }: Harness, platform: RequestLoad["platform"], index: number): string {
  if (platform === "miget") return index === 0 ? DEFAULT_APP : emulator.miget.addApp();
  return index === 0 ? DEFAULT_PROJECT : emulator.northflank.addProject(`project-${index}`);
}

function program(
  platform: RequestLoad["platform"],
  index: number,
  scopeId: string | undefined,
): Props {
  const name = `db-${index}`;
  return platform === "miget"
    ? { appUuid: scopeId, type: "postgres", postgresVersion: "17", name }
    : {
        projectId: scopeId,
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
