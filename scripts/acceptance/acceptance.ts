import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Api } from "./api";
import { leftovers, sweep } from "./cleanup";
import type { Recording } from "./exchange";
import { runName } from "./names";
import { Recorder } from "./recorder";
import { judge, patchOf, reportOf, type Item } from "./report";
import { Run, type RunOptions } from "./run";
import { planFor, type Plan } from "./steps";
import { offerOf, settingsOf, type Offer, type Target } from "./target";

export interface AcceptanceOptions extends RunOptions {
  readonly target: Target;
  readonly token: string;
  /** Default: the platform's own. */
  readonly baseUrl?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** Where report, patch and recording go. */
  readonly folder: string;
  readonly now: Date;
  /** Whether to go on, asked with what will be made and what it costs. */
  readonly agrees: (question: string) => Promise<boolean>;
}

/** Hours after which a run is certainly over, for the cost. */
const hoursAtMost = 3;

/** The whole run: undefined where its user did not agree. */
export async function accept(options: AcceptanceOptions): Promise<Item[] | undefined> {
  const { target, signal, now, folder, tell } = options;
  return await within(options, async (recorder, api) => {
    recorder.step = "catalogue";
    const offer = await offerOf(target, api);
    const run = runName(now);
    const plan = planFor(target, offer, run);
    if (!(await options.agrees(announcement(options, offer, plan, run)))) return undefined;
    const taken = new Run(target, plan, recorder, api, options);
    try {
      await taken.take();
    } finally {
      recorder.step = "clean up";
      const deleted = await sweep(target, api, options, run);
      tell(`deleted in the end: ${deleted.join(", ") || "nothing, all was gone"}`);
    }
    const { surprises, connections } = taken;
    const recording: Recording = {
      platform: target.platform,
      surprises,
      connections,
      exchanges: recorder.exchanges,
    };
    const items = judge(recording);
    if (!signal.aborted) save(folder, recording, items);
    return items;
  });
}

/** Deletes what earlier runs have left. */
export async function sweepAll(options: AcceptanceOptions): Promise<string[] | undefined> {
  const { target } = options;
  return await within(options, async (_recorder, api) => {
    const left = await leftovers(target, api);
    const names = left.map(({ name }) => name).join(", ");
    if (left.length > 0 && !(await options.agrees(`This deletes ${names}, with their data.`)))
      return undefined;
    return await sweep(target, api, options);
  });
}

async function within<T>(
  { target, token, baseUrl, headers }: AcceptanceOptions,
  work: (recorder: Recorder, api: Api) => Promise<T>,
): Promise<T> {
  const { platform } = target;
  const upstream = baseUrl ?? settingsOf[platform].baseUrl.default;
  const recorder = new Recorder({ platform, upstream, token, headers });
  recorder.anonymiser.replaces(token, "token");
  recorder.anonymiser.replaces(target.home, platform === "miget" ? "app" : "project");
  recorder.anonymiser.replaces(target.team, "team");
  await recorder.listen();
  try {
    return await work(recorder, new Api(recorder));
  } finally {
    recorder.close();
  }
}

function announcement(
  { target }: AcceptanceOptions,
  offer: Offer,
  plan: Plan,
  run: string,
): string {
  const { perHour, currency } = offer;
  const where = target.platform === "miget" ? "the app" : "the project";
  const cost =
    perHour === undefined
      ? "The platform tells no prices here; the add-ons use the resources of their app."
      : `At most ${(perHour * 2 * hoursAtMost).toFixed(2)} ${currency} for the plans ${offer.plan} and ${offer.larger}, of which two add-ons are in use at once for ${hoursAtMost} hours at most; disks come on top.`;
  return [
    `This makes ${plan.addons} add-ons in ${where} ${target.home}, one or two at a time, with names that begin with ${run}, and deletes them again.`,
    `Types: ${offer.types.map(({ type }) => type).join(", ")}; ${plan.steps.length} steps, one to two hours.`,
    cost,
  ].join("\n");
}

function save(folder: string, recording: Recording, items: readonly Item[]): void {
  mkdirSync(folder, { recursive: true });
  const { platform } = recording;
  const files = {
    [`${platform}.md`]: reportOf(recording, items),
    [`${platform}.patch`]: patchOf(recording, items),
    [`${platform}.json`]: `${JSON.stringify(recording, undefined, 1)}\n`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}
