import {
  type EngineFigures,
  type EngineLoad,
  measureEngine,
  type Operation,
  operations,
} from "./engine";
import { type LoadFigures, measureLoading } from "./load";
import { describeMachine } from "./machine";
import { median } from "./median";
import type { BenchOptions } from "./options";
import type { BenchResult, Saved } from "./result";
import { measureSettings } from "./settings";
import type { WithProvider } from "./variants";
import { noticeFigures, type PlatformRequests, requestFigures, requestTable } from "./virtual";

/** Milliseconds until an add-on is ready. */
const provisioningMs = 3000;
/** More than there are add-ons: the engine's own default is four for each core. */
const parallel = 1000;
/** New processes in which each entry point is loaded. */
const loads = 15;

/** So many runs that the medians stand still, and all of it is done in about ten minutes. */
function loadOf(addons: number, runs: number | undefined): EngineLoad {
  const byItself = addons > 100 ? 1 : 2;
  return {
    addons,
    provisioningMs,
    parallel,
    runs: runs ?? byItself,
    repeats: addons > 100 ? 2 : 3,
  };
}

export interface Measured {
  readonly saved: Saved;
  /** The requests in virtual time, with how long they took there. */
  readonly counted: PlatformRequests;
}

/** Measures everything. */
export async function measure(
  options: BenchOptions,
  tell: (line: string) => void,
): Promise<Measured> {
  const began = Date.now();
  const machine = await describeMachine();
  const loading = await measureLoading(loads);
  tell("the package was loaded");
  const notices = await noticeFigures();
  const counted = await requestFigures();
  const requests = requestTable(counted);
  tell("requests were counted");

  const loadsBySize = options.sizes.map((addons) => loadOf(addons, options.runs));
  const engine = new Map<number, EngineFigures>();
  for (const load of loadsBySize) engine.set(load.addons, await measureEngine(load, tell));
  const settings = options.settings ? await measureSettings(provisioningMs, tell) : [];

  const bySize = <T>(value: (figures: EngineFigures) => T): Record<string, T> =>
    Object.fromEntries([...engine].map(([addons, figures]) => [String(addons), value(figures)]));
  const largest = [...engine.values()].at(-1);
  const result: BenchResult = {
    machine: {
      ...machine,
      provisioningSeconds: provisioningMs / 1000,
      parallel,
      runs: Object.fromEntries(loadsBySize.map(({ addons, runs }) => [addons, runs])),
      repeats: Object.fromEntries(loadsBySize.map(({ addons, repeats }) => [addons, repeats])),
      minutes: rounded((Date.now() - began) / 60_000),
    },
    requests: { ...requests, engine: bySize(requestMedians) },
    seconds: perOperation((operation) =>
      bySize(({ seconds: { [operation]: values } }) => ({
        ...medians(values),
        floor: rounded(median(values.floor)),
      })),
    ),
    bareProviderSeconds: bySize(({ bareSeconds }) => rounded(median(bareSeconds))),
    state: bySize(stateOf),
    pluginMemoryMiB: bySize(({ pluginMemoryMiB }) => medians(pluginMemoryMiB)),
    loadMs: {
      program: rounded(median(loading.program)),
      sdkAlone: rounded(median(loading.sdkAlone)),
      plugin: rounded(median(loading.plugin.northflank)),
    },
    noticeMs: Object.fromEntries(
      Object.entries(notices).map(([count, { noticeMs }]) => [count, Math.round(noticeMs)]),
    ),
  };
  const details = {
    properties: largest?.stateBytes.ours?.properties ?? {},
    plugin: byPlatform(loading.plugin),
    firstCheck: byPlatform(loading.firstCheck),
    modules: moduleCounts(loading),
    settings,
  };
  return { saved: { result, details }, counted };
}

export function moduleCounts({ modules }: LoadFigures): Record<string, number> {
  return Object.fromEntries(Object.entries(modules).map(([entry, files]) => [entry, files.length]));
}

function requestMedians({ requests }: EngineFigures): BenchResult["requests"]["engine"][string] {
  return perOperation((operation) => medians(requests[operation]));
}

function stateOf({ stateBytes: { ours, ordinary } }: EngineFigures): BenchResult["state"][string] {
  if (ours === undefined || ordinary === undefined) throw new Error("no state was seen");
  return {
    ours: Math.round(ours.all),
    ordinary: Math.round(ordinary.all),
    withoutProvider: Math.round(ours.withoutProvider),
  };
}

function perOperation<T>(value: (operation: Operation) => T): Record<Operation, T> {
  const [upCreate, previewNoop, upNoop, refresh, destroy] = operations;
  return {
    upCreate: value(upCreate),
    previewNoop: value(previewNoop),
    upNoop: value(upNoop),
    refresh: value(refresh),
    destroy: value(destroy),
  };
}

function medians({ ours, ordinary }: Readonly<Record<WithProvider, readonly number[]>>) {
  return { ours: rounded(median(ours)), ordinary: rounded(median(ordinary)) };
}

function byPlatform({ miget, northflank }: LoadFigures["plugin"]) {
  return { miget: rounded(median(miget)), northflank: rounded(median(northflank)) };
}

/** Three digits after the point. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
