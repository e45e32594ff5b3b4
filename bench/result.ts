import * as t from "io-ts";

/** By number of add-ons, or by name. */
const numbers = t.record(t.string, t.number);
const byVariant = t.type({ ours: t.number, ordinary: t.number, floor: t.number });
const byProvider = t.type({ ours: t.number, ordinary: t.number });
const perOperation = <C extends t.Mixed>(codec: C) =>
  t.type({ upCreate: codec, previewNoop: codec, upNoop: codec, refresh: codec, destroy: codec });

/** What the figures were measured on, and how. */
const Machine = t.type({
  date: t.string,
  cpu: t.string,
  cores: t.number,
  memoryGiB: t.number,
  system: t.string,
  node: t.string,
  pulumiCli: t.string,
  pulumiSdk: t.string,
  /** Before the run: what else the machine was doing. */
  loadAverage: t.number,
  provisioningSeconds: t.number,
  parallel: t.number,
  /** Creates and destroys behind each median, by number of add-ons. */
  runs: numbers,
  /** Previews and updates without a change in each run. */
  repeats: numbers,
  /** How long all of it took. */
  minutes: t.number,
});

export type Machine = t.TypeOf<typeof Machine>;

/** Requests per add-on, all calls counted. */
const Requests = t.type({
  /** A hundred add-ons that take a minute each, in virtual time, by platform. */
  northflank: numbers,
  miget: numbers,
  /** What the runs behind `seconds` sent, by number of add-ons. */
  engine: t.record(t.string, perOperation(byProvider)),
});

/** What `npm run bench -- --json` prints: medians, so that others can compare. */
export const BenchResult = t.type({
  machine: Machine,
  requests: Requests,
  seconds: perOperation(t.record(t.string, byVariant)),
  /** Previews without a change, with a dynamic provider that does nothing: the least that one costs. */
  bareProviderSeconds: numbers,
  /** Bytes per add-on; `withoutProvider`: ours, without `__provider`. */
  state: t.record(
    t.string,
    t.type({ ours: t.number, ordinary: t.number, withoutProvider: t.number }),
  ),
  pluginMemoryMiB: t.record(t.string, byProvider),
  /**
   * `program`: `@pulumi/pulumi` and this package; `plugin`: the provider of Northflank, in a process
   * that has loaded nothing else.
   */
  loadMs: t.type({ program: t.number, sdkAlone: t.number, plugin: t.number }),
  /** From ready on the platform to the end of the create, by the number of add-ons that wait. */
  noticeMs: numbers,
});
export type BenchResult = t.TypeOf<typeof BenchResult>;

/** What one of the engine's settings changes, for as many of our add-ons as `addons` says; seconds. */
const SettingFigures = t.type({
  setting: t.string,
  addons: t.number,
  upCreate: t.number,
  upNoop: t.number,
  destroy: t.number,
});
export type SettingFigures = t.TypeOf<typeof SettingFigures>;

const byPlatform = t.type({ miget: t.number, northflank: t.number });

/** The result, and what the page about performance shows beside it. */
export const Saved = t.type({
  result: BenchResult,
  details: t.type({
    /** Bytes of each property of one of our add-ons: `inputs.billing`. */
    properties: numbers,
    plugin: byPlatform,
    firstCheck: byPlatform,
    /** Files that each entry point loads. */
    modules: numbers,
    settings: t.array(SettingFigures),
  }),
});
export type Saved = t.TypeOf<typeof Saved>;
