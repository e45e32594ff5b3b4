import { createProject, type EngineProject, type Verb } from "../test/support/engine";
import { textOf } from "../test/support/json";
import { EmulatorProcess } from "./emulator-process";
import { PluginMemory } from "./memory";
import { type StateBytes, stateBytes } from "./state-bytes";
import {
  type Contender,
  projectFiles,
  type Variant,
  variants,
  type WithProvider,
} from "./variants";

/** What is done with the engine, in this order. */
export const operations = ["upCreate", "previewNoop", "upNoop", "refresh", "destroy"] as const;
export type Operation = (typeof operations)[number];

/** What was measured with one number of add-ons, every value of every run. */
export interface EngineFigures {
  readonly seconds: Readonly<Record<Operation, Readonly<Record<Variant, number[]>>>>;
  /** Seconds of previews without a change, with a dynamic provider that does nothing. */
  readonly bareSeconds: number[];
  /** Requests per add-on. */
  readonly requests: Readonly<Record<Operation, Readonly<Record<WithProvider, number[]>>>>;
  readonly pluginMemoryMiB: Readonly<Record<WithProvider, number[]>>;
  readonly stateBytes: { ours?: StateBytes; ordinary?: StateBytes };
}

export interface EngineLoad {
  readonly addons: number;
  /** Each run creates, looks at and destroys everything once, with all variants. */
  readonly runs: number;
  /** Previews and updates without a change are short, so each run has this many of them. */
  readonly repeats: number;
  /** Milliseconds until an add-on is ready. */
  readonly provisioningMs: number;
  /** Operations that the engine may run at once. */
  readonly parallel: number;
}

/** One variant: its project, and the emulator that its add-ons are on. */
interface Contestant {
  readonly variant: Contender;
  readonly project: EngineProject;
  readonly emulator: EmulatorProcess | undefined;
}

const verbs: Readonly<Record<Operation, Verb>> = {
  upCreate: "up",
  previewNoop: "preview",
  upNoop: "up",
  refresh: "refresh",
  destroy: "destroy",
};

/**
 * Times the real engine. The variants take turns at every step, and who begins changes from run to
 * run, so that a machine that slows down or speeds up does so for all of them.
 */
export async function measureEngine(
  load: EngineLoad,
  tell: (line: string) => void,
): Promise<EngineFigures> {
  const figures: EngineFigures = {
    seconds: perOperation(() => ({ ours: [], ordinary: [], floor: [] })),
    bareSeconds: [],
    requests: perOperation(() => ({ ours: [], ordinary: [] })),
    pluginMemoryMiB: { ours: [], ordinary: [] },
    stateBytes: {},
  };
  const contestants: Contestant[] = [];
  try {
    for (const variant of [...variants, "bare"] as const)
      contestants.push(await enter(variant, load));
    for (let run = 0; run < load.runs; run += 1) {
      const turn = run % contestants.length;
      const order = [...contestants.slice(turn), ...contestants.slice(0, turn)];
      await oneRun(load, order, figures);
      tell(`${load.addons} add-ons: run ${run + 1} of ${load.runs}`);
    }
    return figures;
  } finally {
    for (const { project, emulator } of contestants) {
      project.dispose();
      await emulator?.close();
    }
  }
}

async function enter(variant: Contender, load: EngineLoad): Promise<Contestant> {
  const hasPlatform = variant === "ours" || variant === "ordinary";
  const emulator = hasPlatform ? await EmulatorProcess.start(load.provisioningMs) : undefined;
  const project = await createProject({
    ...projectFiles(variant, load.addons),
    config: {
      "northflank:apiToken": { secret: textOf(emulator?.env.NORTHFLANK_API_TOKEN) || "none" },
      "northflank:baseUrl": textOf(emulator?.env.NORTHFLANK_BASE_URL) || "none",
    },
  });
  return { variant, project, emulator };
}

async function oneRun(
  load: EngineLoad,
  order: readonly Contestant[],
  figures: EngineFigures,
): Promise<void> {
  const peaks: Record<WithProvider, number> = { ours: 0, ordinary: 0 };
  for (const operation of operations) {
    const repeated = operation === "previewNoop" || operation === "upNoop";
    for (let repeat = 0; repeat < (repeated ? load.repeats : 1); repeat += 1) {
      for (const { variant, project, emulator } of order) {
        const options = { parallel: load.parallel, eventLog: false, timeout: 600_000 };
        if (variant === "bare") {
          // Beside previews, only what they need.
          if (operation !== "upCreate" && operation !== "previewNoop") continue;
          const { milliseconds } = await project[verbs[operation]](options);
          if (operation === "previewNoop") figures.bareSeconds.push(milliseconds / 1000);
          continue;
        }
        await emulator?.clearLog();
        const memory = variant === "floor" ? undefined : new PluginMemory(project);
        const { milliseconds } = await project[verbs[operation]](options);
        figures.seconds[operation][variant].push(milliseconds / 1000);
        if (variant === "floor" || emulator === undefined) continue;
        peaks[variant] = Math.max(peaks[variant], memory?.stop() ?? 0);
        figures.requests[operation][variant].push((await emulator.requests()) / load.addons);
        if (operation === "refresh") {
          figures.stateBytes[variant] = stateBytes(project.stateFiles(), load.addons);
        }
      }
    }
  }
  figures.pluginMemoryMiB.ours.push(peaks.ours);
  figures.pluginMemoryMiB.ordinary.push(peaks.ordinary);
}

function perOperation<T>(make: () => T): Record<Operation, T> {
  return {
    upCreate: make(),
    previewNoop: make(),
    upNoop: make(),
    refresh: make(),
    destroy: make(),
  };
}
