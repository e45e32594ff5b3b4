import { isRight } from "fp-ts/Either";
import { isJsonObject, type JsonValue } from "../../test/contract/json";
import type { Platform } from "../../test/contract/contract";
import * as miget from "../../src/miget/codecs";
import { detailsOf as migetDetails } from "../../src/miget/connection";
import { settings as migetSettings } from "../../src/miget/settings";
import { phaseOf } from "../../src/miget/states";
import * as northflank from "../../src/northflank/codecs";
import { detailsOf as northflankDetails } from "../../src/northflank/connection";
import { engines } from "../../src/northflank/engines";
import { settings as northflankSettings } from "../../src/northflank/settings";
import { states } from "../../src/northflank/states";
import { compareVersions } from "../../src/northflank/version";
import type { Phase } from "../../src/provider/kind";
import type { Lane } from "./recorder";

/** Where a run makes its add-ons. */
export interface Target {
  readonly platform: Platform;
  /** Northflank's project, or Miget's app. */
  readonly home: string;
  readonly team?: string | undefined;
  readonly plan?: string | undefined;
}

/** What is to be had there. */
export interface Offer {
  /** The cheapest, and the next one. */
  readonly plan: string;
  readonly larger: string;
  /** Of the larger one. */
  readonly perHour?: number | undefined;
  readonly currency?: string | undefined;
  readonly types: readonly OfferedType[];
}

export interface OfferedType {
  readonly type: string;
  /** The newest first; empty where there are none. */
  readonly versions: readonly string[];
  /** In MB, the smallest first. */
  readonly storage: readonly number[];
}

export const settingsOf = { miget: migetSettings, northflank: northflankSettings } as const;

/** What every name begins with that a run gives, and no other: `--sweep` goes by it. */
export const prefix = "paas-acceptance";
const made = new RegExp(`^${prefix}-\\d{6}-\\d{6}-[a-z0-9-]+$`, "u");

/** The beginning of the names of one run, such as `paas-acceptance-261128-233015`. */
export function runName(now: Date): string {
  const [date = "", time = ""] = now.toISOString().replace(/[-:]/gu, "").slice(2, 15).split("T");
  return `${prefix}-${date}-${time}`;
}

/** Whether a run gave this name; Miget adds a suffix to it. */
export const isOurs = (name: unknown, run = prefix): name is string =>
  typeof name === "string" && made.test(name) && name.startsWith(`${run}-`);

export function homePath({ platform, home, team }: Target): string {
  const id = encodeURIComponent(home);
  if (platform === "miget") return `/apps/${id}`;
  return `${team === undefined ? "" : `/teams/${encodeURIComponent(team)}`}/projects/${id}`;
}

/** Miget has no catalogue, so its versions are those that its documentation lists. */
const migetOffer: Offer = {
  plan: "",
  larger: "",
  types: [
    { type: "postgres", versions: ["17"], storage: [] },
    { type: "mysql", versions: ["8.2"], storage: [] },
    { type: "valkey", versions: ["7.2"], storage: [] },
    { type: "storage", versions: [], storage: [] },
  ],
};

export async function offerOf(target: Target, lane: Lane): Promise<Offer> {
  if (target.platform === "miget") return migetOffer;
  const plans = northflank.PlanListAnswer.decode((await lane.call("GET /plans")).body);
  const types = northflank.AddonTypeListAnswer.decode((await lane.call("GET /addon-types")).body);
  if (!isRight(plans) || !isRight(types)) throw new Error("Northflank's catalogue cannot be read.");
  const price = ({ amountPerHour }: northflank.Plan) => amountPerHour ?? Number.POSITIVE_INFINITY;
  const sorted = [...plans.right.data.plans].sort((a, b) => price(a) - price(b));
  const start = target.plan === undefined ? 0 : sorted.findIndex(({ id }) => id === target.plan);
  const cheapest = sorted[start];
  if (cheapest === undefined) throw new Error(`Northflank lists no plan ${target.plan ?? ""}.`);
  const larger = sorted[start + 1] ?? cheapest;
  return {
    plan: cheapest.id,
    larger: larger.id,
    perHour: larger.amountPerHour ?? undefined,
    currency: cheapest.currency ?? undefined,
    // In the package's own order: what is done with the first one is for PostgreSQL.
    types: [...engines.keys()].flatMap((name) =>
      types.right.data.addonTypes
        .filter(({ type }) => type === name)
        .map(({ type, versions, resources }) => ({
          type,
          versions: (versions ?? [])
            .filter((each) => /^[\d.]+$/u.test(each))
            .sort((a, b) => compareVersions(b, a) ?? 0),
          storage: [...(resources?.storage?.options ?? [])].sort((a, b) => a - b),
        })),
    ),
  };
}

/** An add-on as an answer shows it, read as the package reads it. */
export interface Seen {
  readonly phase: Phase;
  /** Ready, and nothing is under way. */
  readonly isSettled: boolean;
}

export function seenIn(platform: Platform, body: JsonValue | undefined): Seen | undefined {
  if (platform === "miget") {
    const read = miget.AddonAnswer.decode(body);
    if (!isRight(read)) return undefined;
    const phase = phaseOf(read.right.state);
    return { phase, isSettled: phase === "ready" };
  }
  const read = northflank.AddonAnswer.decode(body);
  if (!isRight(read)) return undefined;
  const { state, pending, isBusy } = northflank.entityOf(read.right.data);
  const phase = states[state] ?? "pending";
  return { phase, isSettled: phase === "ready" && !pending && isBusy !== true };
}

/** What the package makes of an answer that may hold connection data. */
export function addressesIn(platform: Platform, type: string, body: JsonValue | undefined) {
  if (platform === "miget") {
    const read = miget.AddonAnswer.decode(body);
    return isRight(read) ? migetDetails(read.right, true).connection : undefined;
  }
  const read = northflank.CredentialsAnswer.decode(body);
  return isRight(read) ? northflankDetails(type, read.right.data, true).connection : undefined;
}

/** The items of a list, whether they are in an envelope, under a name, or neither. */
export function itemsIn(body: JsonValue | undefined, name: string) {
  const found = isJsonObject(body) ? (body[name] ?? body.data ?? {}) : body;
  const list = isJsonObject(found) ? found[name] : found;
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}
