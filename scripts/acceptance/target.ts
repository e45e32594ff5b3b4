import {
  isJsonObject,
  numberAt,
  objectAt,
  objectsAt,
  stringAt,
  stringsAt,
  type JsonObject,
  type JsonValue,
} from "../../test/contract/json";
import type { Platform } from "../../test/contract/contract";
import { settings as migetSettings } from "../../src/miget/settings";
import { settings as northflankSettings } from "../../src/northflank/settings";
import { compareVersions } from "../../src/northflank/version";
import type { Api } from "./api";

/** Where a run makes its add-ons. */
export interface Target {
  readonly platform: Platform;
  /** Northflank's project, or Miget's app. */
  readonly home: string;
  readonly team?: string | undefined;
  readonly plan?: string | undefined;
}

/** What is to be had there: the cheapest plan and the sizes. */
export interface Offer {
  readonly plan: string;
  /** The next one, for a change of the plan. */
  readonly larger: string;
  /** Of the larger one. */
  readonly perHour: number | undefined;
  readonly currency: string;
  readonly types: readonly OfferedType[];
}

export interface OfferedType {
  readonly type: string;
  /** The newest first; empty where the platform does not tell. */
  readonly versions: readonly string[];
  /** In MB, the smallest first. */
  readonly storage: readonly number[];
}

export const settingsOf = { miget: migetSettings, northflank: northflankSettings } as const;

export function addonsPath({ platform, home, team }: Target): string {
  const id = encodeURIComponent(home);
  if (platform === "miget") return `/apps/${id}/addons`;
  const within = team === undefined ? "" : `/teams/${encodeURIComponent(team)}`;
  return `${within}/projects/${id}/addons`;
}

/** Miget has no catalogue, so its versions are those that its documentation lists. */
const migetOffer: Offer = {
  plan: "",
  larger: "",
  perHour: undefined,
  currency: "",
  types: [
    { type: "postgres", versions: ["17"], storage: [] },
    { type: "mysql", versions: ["8.2"], storage: [] },
    { type: "valkey", versions: ["7.2"], storage: [] },
    { type: "storage", versions: [], storage: [] },
  ],
};

const nativeTypes = ["postgresql", "mysql", "mongodb", "redis", "rabbitmq", "minio"];

export async function offerOf(target: Target, api: Api): Promise<Offer> {
  if (target.platform === "miget") return migetOffer;
  const plans = itemsIn((await api.call("GET /plans")).body, "plans");
  const types = itemsIn((await api.call("GET /addon-types")).body, "addonTypes");
  const price = (plan: JsonObject) => numberAt(plan, "amountPerHour") ?? Number.POSITIVE_INFINITY;
  const sorted = plans.sort((a, b) => price(a) - price(b));
  const start = target.plan === undefined ? 0 : sorted.findIndex(({ id }) => id === target.plan);
  const cheapest = sorted[start];
  if (cheapest === undefined) {
    throw new Error(
      `Northflank lists no plan${target.plan === undefined ? "" : ` ${target.plan}`}.`,
    );
  }
  const larger = sorted[start + 1] ?? cheapest;
  return {
    plan: stringAt(cheapest, "id") ?? "",
    larger: stringAt(larger, "id") ?? "",
    perHour: numberAt(larger, "amountPerHour"),
    currency: stringAt(cheapest, "currency") ?? "",
    types: types
      .filter((each) => nativeTypes.includes(stringAt(each, "type") ?? ""))
      .map((each) => ({
        type: stringAt(each, "type") ?? "",
        versions: stringsAt(each, "versions").sort((a, b) => compareVersions(b, a) ?? 0),
        storage: sizesIn(objectAt(objectAt(each, "resources"), "storage").options),
      })),
  };
}

/** The items of a list, whether they are in an envelope, under a name, or neither. */
export function itemsIn(body: JsonValue | undefined, name: string): JsonObject[] {
  if (Array.isArray(body)) return body.filter(isJsonObject);
  if (!isJsonObject(body)) return [];
  const found = objectsAt(body, name);
  return found.length > 0 ? found : itemsIn(body.data, name);
}

const sizesIn = (options: JsonValue | undefined): number[] =>
  Array.isArray(options)
    ? options.filter((size) => typeof size === "number").sort((a, b) => a - b)
    : [];
