import type { NorthflankAddonType, NorthflankPlan } from "../../program/northflank/lookups";
import type { Choice } from "../prompts";
import type { Offer, Question } from "./offers";

/** What Northflank's catalogue has, as questions; types without versions are charts of one's own. */
export function northflankOffers(
  types: readonly NorthflankAddonType[],
  plans: readonly NorthflankPlan[],
): Offer[] {
  return types
    .filter(({ versions }) => versions.length > 0)
    .map(({ type, name, versions, storage, replicas, features }) => ({
      type,
      label: name,
      questions: [
        {
          input: "version",
          option: "addonVersion",
          message: "Which version?",
          choices: majorsOf(versions),
        },
        {
          input: "billing.deploymentPlan",
          option: "plan",
          message: "Which plan?",
          choices: plans.map((plan) => ({ value: plan.id, label: sayingOf(plan) })),
        },
        diskQuestion(storage),
      ],
      inputs: {
        billing: { replicas: replicas?.default ?? 1 },
        ...(features.tls === true ? { tlsEnabled: true } : {}),
      },
    }));
}

function diskQuestion(storage: NorthflankAddonType["storage"]): Question {
  const options = storage?.options ?? [];
  const initial = storage?.default ?? options[0];
  return {
    input: "billing.storage",
    option: "disk",
    message: "How much disk, in MB? It can only grow.",
    choices: options.map((size) => ({ value: String(size), label: `${size} MB` })),
    ...(initial === undefined ? {} : { initial: String(initial) }),
    isNumber: true,
  };
}

/** The newest of each major version. Of newest first, the first of a major is its newest. */
function majorsOf(versions: readonly string[]): Choice[] {
  const majors = new Map<string, string>();
  for (const version of versions) {
    const [major = version] = version.split(".");
    if (!majors.has(major)) majors.set(major, version);
  }
  return [...majors].map(([major, newest]) => ({
    value: `${major}-latest`,
    label: major,
    hint: `now ${newest}`,
  }));
}

/** `nf-compute-20: 0.2 vCPU, 512 MB, 2.00 USD a month` */
function sayingOf({ id, cpu, memory, pricePerMonth, currency = "" }: NorthflankPlan): string {
  const facts = [
    ...(cpu === undefined ? [] : [`${cpu} vCPU`]),
    ...(memory === undefined ? [] : [`${memory} MB`]),
    ...(pricePerMonth === undefined
      ? []
      : [`${pricePerMonth.toFixed(2)} ${currency.toUpperCase()} a month`.replace("  ", " ")]),
  ];
  return facts.length === 0 ? id : `${id}: ${facts.join(", ")}`;
}
