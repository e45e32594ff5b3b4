import type { Field } from "../../src/fields/field";
import { fields as migetFields } from "../../src/miget/fields";
import { fields as northflankFields } from "../../src/northflank/fields";
import { DEFAULT_APP, DEFAULT_PROJECT, type Emulator } from "../emulator/index";
import type { JsonRecord } from "../support/json";

/** What these tests need to know of a row of a platform's table of inputs. */
export interface FieldRow {
  readonly change: "replace" | "update" | "record" | "none";
  readonly codec: Field<never>["codec"];
  readonly types?: readonly string[];
}

/** One provider, and inputs of an add-on that it can create. */
export interface PlatformCase {
  readonly title: "Miget" | "Northflank";
  readonly loader: string;
  readonly fields: Readonly<Record<string, FieldRow>>;
  /** The output with the add-on's id in the API. */
  readonly keyOutput: string;
  readonly scope: string;
  /** Inputs of a PostgreSQL add-on of that name. */
  readonly inputs: (name: string) => JsonRecord;
  /** An input that can be changed in place. */
  readonly change: JsonRecord;
  /** What the platform has of it. */
  readonly seen: (emulator: Emulator, key: string) => unknown;
  /** A name for an id that is no add-on's. */
  readonly missing: string;
  /** A word for a state that the next new add-on never leaves, and one for a failure. */
  readonly outcome: (emulator: Emulator, state: "working" | "failed") => void;
  readonly count: (emulator: Emulator) => number;
  readonly remove: (emulator: Emulator, key: string) => void;
  readonly operations: { readonly list: string; readonly create: string; readonly update: string };
  /** What check asks, once a run. */
  readonly looks: readonly string[];
  readonly setting: { readonly token: string; readonly variable: string };
}

export const platforms: readonly PlatformCase[] = [
  {
    title: "Miget",
    loader: 'exports.handler = () => require("pulumi-paas-addons/miget/provider");',
    fields: migetFields,
    keyOutput: "uuid",
    scope: DEFAULT_APP,
    inputs: (name) => ({ name, appUuid: DEFAULT_APP, type: "postgres", postgresVersion: "17" }),
    change: { label: "changed" },
    seen: ({ miget }, key) => miget.get(key).label,
    missing: "00000000-0000-4000-8000-00000000dead",
    outcome: ({ miget }, state) => miget.nextOutcome(state === "failed" ? "failed" : "processing"),
    count: ({ miget }) => miget.addons().length,
    remove: ({ miget }, key) => miget.remove(key),
    operations: { list: "listAddons", create: "createAddon", update: "updateAddon" },
    looks: ["listAddons"],
    setting: { token: "miget:apiToken", variable: "MIGET_API_TOKEN" },
  },
  {
    title: "Northflank",
    loader: 'exports.handler = () => require("pulumi-paas-addons/northflank/provider");',
    fields: northflankFields,
    keyOutput: "addonId",
    scope: DEFAULT_PROJECT,
    inputs: (name) => ({
      name,
      projectId: DEFAULT_PROJECT,
      type: "postgresql",
      version: "16-latest",
      billing: { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 },
    }),
    change: { description: "changed" },
    seen: ({ northflank }, key) => northflank.get(key).input.description,
    missing: "no-such-add-on",
    outcome: ({ northflank }, state) =>
      northflank.nextOutcome(state === "failed" ? "failed" : "allocating"),
    count: ({ northflank }) => northflank.addons().length,
    remove: ({ northflank }, key) => northflank.remove(key),
    operations: { list: "listAddons", create: "createAddon", update: "patchAddon" },
    looks: ["listAddonTypes", "listAddons", "listPlans"],
    setting: { token: "northflank:apiToken", variable: "NORTHFLANK_API_TOKEN" },
  },
];
