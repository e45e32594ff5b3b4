import { createProject, type EngineProject, type Verb } from "../test/support/engine";
import { textOf } from "../test/support/json";
import { EmulatorProcess } from "./emulator-process";
import type { Operation, Row } from "./figures";
import { median } from "./median";
import { stateBytes, type StateBytes } from "./state-bytes";
import { allVariants, projectFiles, type Variant } from "./variants";

export interface EngineLoad {
  readonly addons: number;
  /** Each run creates, looks at and destroys everything once, with all variants. */
  readonly runs: number;
  /** Milliseconds until an add-on is ready. */
  readonly provisioningMs: number;
}

/** One variant: its project, and the emulator that its add-ons are on. */
interface Contestant {
  readonly variant: Variant;
  readonly project: EngineProject;
  readonly emulator: EmulatorProcess;
}

interface Measured {
  readonly operation: Operation;
  readonly variant: Variant;
  readonly seconds: number;
  /** Per add-on. */
  readonly requests: number;
}

export interface EngineFigures {
  readonly rows: readonly Row[];
  readonly stateBytes: Readonly<Partial<Record<Variant, StateBytes>>>;
}

const verbs: Readonly<Record<Operation, Verb>> = {
  upCreate: "up",
  previewNoop: "preview",
  upNoop: "up",
  refresh: "refresh",
  destroy: "destroy",
};
const steps = Object.keys(verbs) as Operation[];

/**
 * Times the real engine. The variants take turns at every step, and which one begins changes from run
 * to run, so that a machine that slows down or speeds up does so for all of them.
 */
export async function measureEngine(
  load: EngineLoad,
  tell: (line: string) => void,
): Promise<EngineFigures> {
  const measured: Measured[] = [];
  const bytes: Partial<Record<Variant, StateBytes>> = {};
  const contestants: Contestant[] = [];
  try {
    for (const variant of allVariants) contestants.push(await enter(variant, load));
    for (let run = 0; run < load.runs; run += 1) {
      const turn = run % contestants.length;
      const order = [...contestants.slice(turn), ...contestants.slice(0, turn)];
      for (const operation of steps) {
        for (const { variant, project, emulator } of order) {
          await emulator.clearLog();
          const { milliseconds } = await project[verbs[operation]]({
            parallel: 1000,
            eventLog: false,
            timeout: 600_000,
          });
          const requests = (await emulator.requests()) / load.addons;
          measured.push({ operation, variant, seconds: milliseconds / 1000, requests });
          if (operation === "refresh" && variant !== "floor") {
            bytes[variant] = stateBytes(project.stateFiles(), load.addons);
          }
        }
      }
      tell(`${load.addons} add-ons: run ${run + 1} of ${load.runs}`);
    }
  } finally {
    for (const { project, emulator } of contestants) {
      project.dispose();
      await emulator.close();
    }
  }
  return { rows: rowsOf(measured, load.addons), stateBytes: bytes };
}

function rowsOf(measured: readonly Measured[], addons: number): Row[] {
  return steps.map((operation) => {
    const values = measured.filter((one) => one.operation === operation);
    const of = (figure: "seconds" | "requests", among: readonly Variant[]) =>
      Object.fromEntries(
        among.map((variant) => {
          const own = values.filter((one) => one.variant === variant);
          return [variant, Math.round(median(own.map((one) => one[figure])) * 1000) / 1000];
        }),
      );
    return {
      operation,
      addons,
      seconds: of("seconds", allVariants),
      requests: of(
        "requests",
        allVariants.filter((variant) => variant !== "floor"),
      ),
    };
  });
}

async function enter(variant: Variant, load: EngineLoad): Promise<Contestant> {
  const emulator = await EmulatorProcess.start(load.provisioningMs);
  const [token, baseUrl] =
    variant === "native"
      ? (["paas-addons:northflankApiToken", "paas-addons:northflankBaseUrl"] as const)
      : (["northflank:apiToken", "northflank:baseUrl"] as const);
  const project = await createProject({
    ...projectFiles(variant, load.addons),
    config: {
      [token]: { secret: textOf(emulator.env.NORTHFLANK_API_TOKEN) },
      [baseUrl]: textOf(emulator.env.NORTHFLANK_BASE_URL),
    },
  });
  return { variant, project, emulator };
}
