import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Recorder, type Lane, type RecorderOptions } from "./recorder";
import type { Recording } from "./recording";
import { judge, patchOf, reportOf, type Item } from "./report";
import { LaneRun, type RunOptions } from "./run";
import type { LaneName, LanePlan } from "./steps";
import { migetLanes } from "../../test/acceptance/steps/miget";
import { northflankLanes } from "../../test/acceptance/steps/northflank";
import { leftovers, sweep } from "./sweep";
import { offerOf, runName, settingsOf, type Offer, type Target } from "./target";

export interface AcceptanceOptions extends RunOptions, Pick<RecorderOptions, "transport"> {
  readonly target: Target;
  readonly token: string;
  /** Default: the platform's own. */
  readonly baseUrl?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly lanes: readonly LaneName[];
  /** Where report, patch and recording go. */
  readonly folder: string;
  readonly now: Date;
  /** Whether to go on, asked with what will be made and what it costs. */
  readonly agrees: (question: string) => Promise<boolean>;
}

/** Hours after which a run is certainly over, for the cost. */
const hoursAtMost = 3;

/** The lanes of a platform; `run` begins the name of all that they make. */
export function lanesFor(target: Target, offer: Offer, run: string): LanePlan[] {
  const lanes = target.platform === "miget" ? migetLanes : northflankLanes;
  return lanes(target, offer, run);
}

/** The whole run: undefined where its user did not agree. */
export async function accept(options: AcceptanceOptions): Promise<Item[] | undefined> {
  const { target, signal, now, tell } = options;
  return await within(options, async (recorder, lane) => {
    lane.step = "catalogue";
    const offer = await offerOf(target, lane);
    const name = runName(now);
    const lanes = lanesFor(target, offer, name).filter((each) => options.lanes.includes(each.lane));
    if (!(await options.agrees(announcement(target, offer, lanes, name)))) return undefined;
    const runs = lanes.map((plan) => new LaneRun(target, plan, recorder.lane(plan.lane), options));
    const done = await Promise.allSettled(runs.map((run) => run.take()));
    recorder.endLanes();
    const cleaner = recorder.lane("sweep");
    const deleted = await sweep(target, cleaner, options, name);
    tell(`deleted in the end: ${deleted.join(", ") || "nothing, all was gone"}`);
    for (const each of done) if (each.status === "rejected") throw each.reason;
    // What the CLI printed may hold what is secret or belongs to the account.
    const told = (texts: readonly Readonly<Record<string, string>>[]) =>
      Object.fromEntries(
        texts
          .flatMap(Object.entries<string>)
          .map(([name, text]) => [name, recorder.anonymiser.message(text)]),
      );
    const recording: Recording = {
      platform: target.platform,
      surprises: told(runs.map(({ surprises }) => surprises)),
      connections: told(runs.map(({ connections }) => connections)),
      exchanges: recorder.exchanges,
    };
    const items = judge(recording);
    if (!signal.aborted) save(options.folder, recording, items);
    return items;
  });
}

/** Deletes what earlier runs have left; undefined where its user did not agree. */
export async function sweepAll(options: AcceptanceOptions): Promise<string[] | undefined> {
  const { target } = options;
  return await within(options, async (_recorder, lane) => {
    const names = (await leftovers(target, lane)).map(({ name }) => name);
    const agreed =
      names.length === 0 ||
      (await options.agrees(`This deletes ${names.join(", ")}, with their data.`));
    return agreed ? await sweep(target, lane, options) : undefined;
  });
}

async function within<T>(
  { target, token, baseUrl, headers, transport }: AcceptanceOptions,
  work: (recorder: Recorder, lane: Lane) => Promise<T>,
): Promise<T> {
  const { platform } = target;
  const upstream = baseUrl ?? settingsOf[platform].baseUrl.default;
  const recorder = new Recorder({
    platform,
    upstream,
    token,
    headers,
    ...(transport && { transport }),
  });
  for (const text of [token, target.home, target.team]) recorder.anonymiser.replaces(text);
  await recorder.listen();
  try {
    return await work(recorder, recorder.lane("run"));
  } finally {
    recorder.close();
  }
}

function announcement(
  { platform, home }: Target,
  { perHour, currency, plan, larger, types }: Offer,
  lanes: readonly LanePlan[],
  run: string,
): string {
  const where = platform === "miget" ? "the app" : "the project";
  // Miget's calls make a second one for a while.
  const most = lanes.length + (platform === "miget" ? 1 : 0);
  const cost =
    perHour === undefined
      ? "The platform tells no prices here; the add-ons use the resources of their app."
      : `At most ${(perHour * most * hoursAtMost).toFixed(2)} ${currency ?? ""} for the plans ${plan} and ${larger}, ${most} add-ons at once for ${hoursAtMost} hours; disks come on top.`;
  return [
    `This makes add-ons in ${where} ${home}, ${most} at once, with names that begin with ${run}, and deletes them again.`,
    `Types: ${types.map(({ type }) => type).join(", ")}; one to two hours.`,
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
