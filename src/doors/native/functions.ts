import { isLeft } from "fp-ts/Either";
import * as t from "io-ts";
import type { Props } from "../../fields/values";
import type { miget } from "../../lookups/miget";
import { UserError } from "../../provider/state";

type Asking = Parameters<typeof miget>[0];
type Ask = (args: Props, asking: Asking) => Promise<object>;

/** A look-up as a function of the schema. */
export interface LookupFunction {
  readonly doc: string;
  /** Its arguments, with their types in the schema. */
  readonly args: Readonly<Record<string, { readonly type: string; readonly doc: string }>>;
  readonly required: readonly string[];
  /** What every answer has. */
  readonly answers: Readonly<Record<string, object>>;
  readonly ask: Ask;
}

const text = (doc: string) => ({ type: "string", doc });
const number = (doc: string) => ({ type: "number", doc });
const listOf = (type: string) => ({ type: "array", items: { $ref: `#/types/${type}` } });
const migetType = t.union([
  t.literal("postgres"),
  t.literal("mysql"),
  t.literal("valkey"),
  t.literal("storage"),
]);
const texts = { type: "array", items: { type: "string" } };
const northflank = async (asking: Asking) =>
  (await import("../../lookups/northflank.js")).northflank(asking);

/** The types of what look-ups answer. */
export const lookupTypes: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  NorthflankSizeOptions: {
    options: { type: "array", items: { type: "number" } },
    default: { type: "number" },
  },
  NorthflankAddonType: {
    type: { type: "string" },
    name: { type: "string" },
    description: { type: "string" },
    versions: texts,
    features: { type: "object", additionalProperties: { type: "boolean" } },
    storage: { $ref: "#/types/paas-addons:index:NorthflankSizeOptions" },
    replicas: { $ref: "#/types/paas-addons:index:NorthflankSizeOptions" },
  },
  NorthflankPlan: {
    id: { type: "string" },
    name: { type: "string" },
    cpu: { type: "number" },
    memory: { type: "number" },
    currency: { type: "string" },
    pricePerMonth: { type: "number" },
    pricePerHour: { type: "number" },
  },
  NorthflankAddonSummary: {
    id: { type: "string" },
    addonId: { type: "string" },
    name: { type: "string" },
    type: { type: "string" },
    state: { type: "string" },
    uid: { type: "string" },
  },
  MigetAddonSummary: {
    id: { type: "string" },
    uuid: { type: "string" },
    label: { type: "string" },
    assignedName: { type: "string" },
    type: { type: "string" },
    state: { type: "string" },
    role: { type: "string" },
  },
};

export const functions: Readonly<Record<string, LookupFunction>> = {
  getNorthflankAddonTypes: {
    doc: "The types of add-ons that Northflank offers, with their versions and sizes.",
    args: {},
    required: [],
    answers: { addonTypes: listOf("paas-addons:index:NorthflankAddonType") },
    ask: async (_args, asking) => (await northflank(asking)).addonTypes(asking),
  },
  getNorthflankAddonVersions: {
    doc: "The exact versions that Northflank offers for a type of add-on, the newest first.",
    args: {
      type: text("Type of add-on, such as `postgresql`."),
      version: text("Only versions that this one stands for: `16-latest` for all of 16."),
    },
    required: ["type"],
    answers: { versions: texts, latest: { type: "string" } },
    ask: async (args, asking) => {
      const known = decoded(
        t.intersection([t.type({ type: t.string }), t.partial({ version: t.string })]),
        args,
      );
      return (await northflank(asking)).addonVersions(known, asking);
    },
  },
  getNorthflankPlans: {
    doc: "Northflank's plans, from small to large.",
    args: {
      minCpu: number("Only plans with so much CPU at least, in vCPU."),
      minMemory: number("Only plans with so much memory at least, in MB."),
    },
    required: [],
    answers: {
      plans: listOf("paas-addons:index:NorthflankPlan"),
      smallest: { $ref: "#/types/paas-addons:index:NorthflankPlan" },
    },
    ask: async (args, asking) => {
      const known = decoded(t.partial({ minCpu: t.number, minMemory: t.number }), args);
      return (await northflank(asking)).plans(known, asking);
    },
  },
  getNorthflankAddons: {
    doc: "The add-ons that a Northflank project has, without their connection data.",
    args: {
      projectId: text("The project's id."),
      teamId: text("Team that the project belongs to. Default: the provider's `northflankTeamId`."),
      type: text("Only add-ons of this type."),
    },
    required: ["projectId"],
    answers: { addons: listOf("paas-addons:index:NorthflankAddonSummary") },
    ask: async (args, asking) => {
      const known = decoded(
        t.intersection([
          t.type({ projectId: t.string }),
          t.partial({ teamId: t.string, type: t.string }),
        ]),
        args,
      );
      return (await northflank(asking)).addons(known, asking);
    },
  },
  getMigetAddons: {
    doc: "The add-ons that a Miget app has, without their connection data.",
    args: {
      appUuid: text("UUID of the app."),
      workspaceId: text("Workspace to act in. Default: the provider's `migetWorkspaceId`."),
      type: text("Only add-ons of this type."),
    },
    required: ["appUuid"],
    answers: { addons: listOf("paas-addons:index:MigetAddonSummary") },
    ask: async (args, asking) => {
      const known = decoded(
        t.intersection([
          t.type({ appUuid: t.string }),
          t.partial({ workspaceId: t.string, type: migetType }),
        ]),
        args,
      );
      return (await import("../../lookups/miget.js")).miget(asking).addons(known, asking);
    },
  },
};

function decoded<A>(codec: t.Decoder<unknown, A>, args: Props): A {
  const result = codec.decode(args);
  if (!isLeft(result)) return result.right;
  const names = result.left.map(({ context }) => context.map(({ key }) => key).filter(Boolean));
  const wrong = [...new Set(names.map((path) => path.at(-1) ?? ""))].join(", ");
  throw new UserError(`these arguments are missing or of a wrong type: ${wrong}.`);
}
