import { closest } from "fastest-levenshtein";
import { at, isRecord, isUnknown, type Props, same, inspect } from "../fields/values";
import type { Cost } from "../provider/kind";
import type { AddonType, Plan } from "./codecs";
import { bestMatch, nearestVersion } from "./version";

/** What Northflank offers at present. */
export interface Catalogue {
  readonly types: readonly AddonType[];
  readonly plans: readonly Plan[];
}

/** Inputs whose change makes a look at the catalogue worth its requests. */
const watched = ["type", "version", "billing"];

export function concernsCatalogue(olds: Props, news: Props): boolean {
  return watched.some((name) => !same(olds[name], news[name]));
}

/**
 * What is not in the catalogue, with the nearest match. These are warnings: an account can have
 * what the catalogue does not show. Values that are not known yet are passed over.
 */
export function doubts({ types, plans }: Catalogue, inputs: Props): string[] {
  return [...planDoubts(plans, at(inputs, "billing.deploymentPlan")), ...typeDoubts(types, inputs)];
}

function planDoubts(plans: readonly Plan[], plan: unknown): string[] {
  const ids = plans.map(({ id }) => id);
  if (typeof plan !== "string" || isUnknown(plan) || ids.length === 0 || ids.includes(plan))
    return [];
  return [
    `billing.deploymentPlan ${inspect(plan)} is not among the plans; the nearest is ${inspect(closest(plan, ids))}`,
  ];
}

function typeDoubts(types: readonly AddonType[], inputs: Props): string[] {
  const { type, version } = inputs;
  if (typeof type !== "string" || isUnknown(type) || types.length === 0) return [];
  const offer = types.find((candidate) => candidate.type === type);
  if (offer === undefined) {
    const names = types.map((candidate) => candidate.type);
    return [
      `type ${inspect(type)} is not among the add-on types; the nearest is ${inspect(closest(type, names))}`,
    ];
  }
  return [
    ...versionDoubts(offer, version),
    ...sizeDoubts(offer, "storage", "MB", at(inputs, "billing.storage")),
    ...sizeDoubts(offer, "replicas", "", at(inputs, "billing.replicas")),
    ...featureDoubts(offer, inputs),
  ];
}

function versionDoubts({ type, versions }: AddonType, version: unknown): string[] {
  const offered = versions ?? [];
  if (typeof version !== "string" || isUnknown(version) || offered.length === 0) return [];
  if (bestMatch(offered, version) !== undefined) return [];
  return [
    `version ${inspect(version)} is not offered for ${type}; the nearest is ${inspect(nearestVersion(offered, version) ?? closest(version, [...offered]))}, and there are ${offered.join(", ")}`,
  ];
}

function sizeDoubts(
  offer: AddonType,
  name: "storage" | "replicas",
  unit: string,
  size: unknown,
): string[] {
  const options = offer.resources?.[name]?.options ?? [];
  if (typeof size !== "number" || options.length === 0 || options.includes(size)) return [];
  // What is too small can be made larger later, and never smaller.
  const enough = options.filter((option) => option > size);
  const nearest = enough.length > 0 ? Math.min(...enough) : Math.max(...options);
  const list = options.join(", ");
  return [
    `billing.${name} ${size} is not among the sizes of ${offer.type}; the nearest is ${nearest}, and there are ${list}${unit === "" ? "" : ` ${unit}`}`,
  ];
}

/** What the plan costs a month, for all replicas; nothing where the catalogue has no price. */
export function costOf(catalogue: Catalogue, olds: Props, inputs: Props): Cost | undefined {
  const price = priceOf(catalogue, inputs);
  if (price === undefined) return undefined;
  const { id, each, replicas, amount, currency } = price;
  const isNew = Object.keys(olds).length === 0;
  const before = isNew ? 0 : priceOf(catalogue, olds)?.amount;
  const parts = replicas === 1 ? "" : ` (${replicas} replicas, ${each.toFixed(2)} each)`;
  const total = `${amount.toFixed(2)} ${currency}`.trim();
  return {
    ...{ amount, before, currency },
    text: `its plan ${id} costs ${total} a month${parts}; storage is not counted`,
  };
}

function priceOf({ plans }: Catalogue, inputs: Props) {
  const plan = plans.find(({ id }) => id === at(inputs, "billing.deploymentPlan"));
  const replicas = at(inputs, "billing.replicas");
  const each = plan?.amountPerMonth;
  if (plan === undefined || typeof each !== "number" || typeof replicas !== "number") return;
  const currency = plan.currency?.toUpperCase() ?? "";
  return { id: plan.id, each, replicas, amount: each * replicas, currency };
}

function featureDoubts({ type, features }: AddonType, inputs: Props): string[] {
  const wishes: readonly (readonly [string, boolean, string])[] = [
    ["tls", inputs.tlsEnabled === true, "tlsEnabled"],
    ["externalAccess", inputs.externalAccessEnabled === true, "externalAccessEnabled"],
    [
      "customDBName",
      at(inputs, "customCredentials.dbName") !== undefined,
      "customCredentials.dbName",
    ],
    ["forkAddon", isRecord(inputs.source), "source"],
  ];
  return wishes
    .filter(([feature, wished]) => wished && features?.[feature] === false)
    .map(([, , input]) => `${input} is not offered for ${type}`);
}
