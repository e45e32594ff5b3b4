import * as pulumi from "@pulumi/pulumi";
import { lookUp, lookUpOutput, type LookupKind } from "../lookup";

/** An input that can be left out, also by giving it as `undefined`. */
type In<T> = pulumi.Input<T> | undefined;

/** Sizes that Northflank offers for add-ons of a type. */
export interface NorthflankSizeOptions {
  /** Ascending. */
  readonly options: readonly number[];
  /** The one that Northflank's console begins with. */
  readonly default: number | undefined;
}

/** A type of add-on that Northflank offers. */
export interface NorthflankAddonType {
  /** What a {@link NorthflankAddon} takes as `type`: `postgresql`. */
  readonly type: string;
  /** For people: `PostgreSQL`. */
  readonly name: string;
  /** Northflank's sentence about it. */
  readonly description: string | undefined;
  /** Exact versions, the newest first. None for a custom type. */
  readonly versions: readonly string[];
  /**
   * What add-ons of the type can do, in Northflank's words: `tls`, `externalAccess`, `scaleReplicas`,
   * `customDBName`, `forkAddon`, `backupsDump`, `importDump`, `importLive`.
   */
  readonly features: Readonly<Record<string, boolean>>;
  /** What `billing.storage` may be, in MB. Undefined for a custom type. */
  readonly storage: NorthflankSizeOptions | undefined;
  /** What `billing.replicas` may be. Undefined for a custom type. */
  readonly replicas: NorthflankSizeOptions | undefined;
}

/** What {@link getNorthflankAddonTypes} answers. */
export interface GetNorthflankAddonTypesResult {
  /** In the order of their `type`. */
  readonly addonTypes: readonly NorthflankAddonType[];
}

/** Arguments of {@link getNorthflankAddonVersions}. */
export interface GetNorthflankAddonVersionsArgs {
  /** Type of add-on, such as `postgresql`. */
  type: string;
  /** Only versions that this one stands for: `16-latest` for all of 16. Default: `latest`, which is all. */
  version?: string | undefined;
}

/** Arguments of {@link getNorthflankAddonVersionsOutput}. */
export interface GetNorthflankAddonVersionsOutputArgs {
  /** Type of add-on, such as `postgresql`. */
  type: pulumi.Input<string>;
  /** Only versions that this one stands for: `16-latest` for all of 16. Default: `latest`, which is all. */
  version?: In<string>;
}

/** What {@link getNorthflankAddonVersions} answers. */
export interface GetNorthflankAddonVersionsResult {
  /** Exact versions, the newest first; at least one. */
  readonly versions: readonly string[];
  /** The newest of them. */
  readonly latest: string;
}

/** Arguments of {@link getNorthflankPlans}. */
export interface GetNorthflankPlansArgs {
  /** Only plans with so much CPU at least, in vCPU. */
  minCpu?: number | undefined;
  /** Only plans with so much memory at least, in MB. */
  minMemory?: number | undefined;
}

/** Arguments of {@link getNorthflankPlansOutput}. */
export interface GetNorthflankPlansOutputArgs {
  /** Only plans with so much CPU at least, in vCPU. */
  minCpu?: In<number>;
  /** Only plans with so much memory at least, in MB. */
  minMemory?: In<number>;
}

/** A plan: what one replica of an add-on gets, and what it costs. */
export interface NorthflankPlan {
  /** What a {@link NorthflankAddon} takes as `billing.deploymentPlan`: `nf-compute-20`. */
  readonly id: string;
  /** For people; the id where Northflank gives none. */
  readonly name: string;
  /** vCPU. */
  readonly cpu: number | undefined;
  /** Memory in MB. */
  readonly memory: number | undefined;
  /** Of the prices: `usd`. */
  readonly currency: string | undefined;
  /** Price of 30 days. */
  readonly pricePerMonth: number | undefined;
  /** Price of an hour. */
  readonly pricePerHour: number | undefined;
}

/** What {@link getNorthflankPlans} answers. */
export interface GetNorthflankPlansResult {
  /** From small to large: by CPU, then memory, then price; at least one. */
  readonly plans: readonly NorthflankPlan[];
  /** The first of them. */
  readonly smallest: NorthflankPlan;
}

/** Arguments of {@link getNorthflankAddons}. */
export interface GetNorthflankAddonsArgs {
  /** The project's id. */
  projectId: string;
  /** Team that the project belongs to. Default: the configuration's `northflank:teamId`. */
  teamId?: string | undefined;
  /** Only add-ons of this type. */
  type?: string | undefined;
}

/** Arguments of {@link getNorthflankAddonsOutput}. */
export interface GetNorthflankAddonsOutputArgs {
  /** The project's id. */
  projectId: pulumi.Input<string>;
  /** Team that the project belongs to. Default: the configuration's `northflank:teamId`. */
  teamId?: In<string>;
  /** Only add-ons of this type. */
  type?: In<string>;
}

/** An add-on of a project, as the project's list shows it. */
export interface NorthflankAddonSummary {
  /** Its Pulumi id, `<projectId>/<addonId>`: what `NorthflankAddon.get` takes. */
  readonly id: string;
  /** Its id in the API, which is what `adopt` takes. */
  readonly addonId: string;
  /** Display name, of which the id was made. */
  readonly name: string;
  /** What a {@link NorthflankAddon} takes as `type`. */
  readonly type: string;
  /** The platform's own word, such as `running` or `paused`. */
  readonly state: string;
  /** The platform's unique id, where it gives one. */
  readonly uid: string | undefined;
}

/** What {@link getNorthflankAddons} answers. */
export interface GetNorthflankAddonsResult {
  /** In the order of their ids. */
  readonly addons: readonly NorthflankAddonSummary[];
}

// The code that asks is loaded by the first look-up: a program without any does not pay for it.
const load = () => import("../../lookups/northflank.js");

const addonTypes: LookupKind<object, GetNorthflankAddonTypesResult> = {
  name: "getNorthflankAddonTypes",
  token: "paas-addons:northflank:getAddonTypes",
  answers: ["addonTypes"],
  ask: async (_args, asking) => (await load()).northflank(asking).addonTypes(asking),
};

const addonVersions: LookupKind<GetNorthflankAddonVersionsArgs, GetNorthflankAddonVersionsResult> =
  {
    name: "getNorthflankAddonVersions",
    token: "paas-addons:northflank:getAddonVersions",
    answers: ["versions", "latest"],
    ask: async (args, asking) => (await load()).northflank(asking).addonVersions(args, asking),
  };

const plans: LookupKind<GetNorthflankPlansArgs, GetNorthflankPlansResult> = {
  name: "getNorthflankPlans",
  token: "paas-addons:northflank:getPlans",
  answers: ["plans", "smallest"],
  ask: async (args, asking) => (await load()).northflank(asking).plans(args, asking),
};

const addons: LookupKind<GetNorthflankAddonsArgs, GetNorthflankAddonsResult> = {
  name: "getNorthflankAddons",
  token: "paas-addons:northflank:getAddons",
  answers: ["addons"],
  ask: async (args, asking) => (await load()).northflank(asking).addons(args, asking),
};

/** @internal */
export const northflankLookups = [addonTypes, addonVersions, plans, addons] as const;

/**
 * The types of add-ons that Northflank offers, with their versions and sizes, as its endpoint
 * `/addon-types` answers. Asked for once in a run, in previews too.
 *
 * @example
 * ```ts
 * const { addonTypes } = await getNorthflankAddonTypes();
 * const withTls = addonTypes.filter(({ features }) => features.tls).map(({ type }) => type);
 * ```
 *
 * @param opts - Of no effect; there to be like other providers' functions.
 * @throws A readable error if the token is missing or refused, or Northflank cannot be asked within 5 minutes.
 */
export function getNorthflankAddonTypes(
  opts?: pulumi.InvokeOptions,
): Promise<GetNorthflankAddonTypesResult> {
  return lookUp(addonTypes, {}, opts);
}

/**
 * Like {@link getNorthflankAddonTypes}, as an Output.
 *
 * @example
 * ```ts
 * const sizes = getNorthflankAddonTypesOutput().addonTypes.apply(
 *   (types) => types.find(({ type }) => type === "redis")?.storage?.options ?? [],
 * );
 * ```
 *
 * @param opts - With `dependsOn`, asked again after those resources.
 */
export function getNorthflankAddonTypesOutput(
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<GetNorthflankAddonTypesResult> {
  return lookUpOutput(addonTypes, pulumi.output({}), opts);
}

/**
 * The exact versions that Northflank offers for a type of add-on, the newest first, from its endpoint
 * `/addon-types`. Asked for once in a run, in previews too.
 *
 * A version that is looked up moves on its own: when a newer one is out, the next `pulumi up` upgrades
 * the add-on. Narrow it with `version` to stay within a major version.
 *
 * @example
 * ```ts
 * const { latest } = await getNorthflankAddonVersions({ type: "postgresql", version: "16-latest" });
 * ```
 *
 * @param args - Of which type, and which of its versions.
 * @param opts - Of no effect; there to be like other providers' functions.
 * @throws A readable error if there is no such type or version, the token is missing or refused, or
 * Northflank cannot be asked within 5 minutes.
 */
export function getNorthflankAddonVersions(
  args: GetNorthflankAddonVersionsArgs,
  opts?: pulumi.InvokeOptions,
): Promise<GetNorthflankAddonVersionsResult> {
  return lookUp(addonVersions, args, opts);
}

/**
 * Like {@link getNorthflankAddonVersions}, with and as Outputs. While an argument is unknown, so is the answer.
 *
 * @example
 * ```ts
 * const version = getNorthflankAddonVersionsOutput({ type: "redis" }).latest;
 * ```
 *
 * @param args - Of which type, and which of its versions.
 * @param opts - With `dependsOn`, asked again after those resources.
 */
export function getNorthflankAddonVersionsOutput(
  args: GetNorthflankAddonVersionsOutputArgs,
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<GetNorthflankAddonVersionsResult> {
  return lookUpOutput(addonVersions, pulumi.output(args), opts);
}

/**
 * Northflank's plans, from small to large, as its endpoint `/plans` answers. Asked for once in a run,
 * in previews too. Some types of add-ons refuse the smallest ones; which, Northflank does not say here.
 *
 * @example
 * ```ts
 * const { smallest } = await getNorthflankPlans({ minMemory: 1024 });
 * const billing = { deploymentPlan: smallest.id, storage: 6144, replicas: 1 };
 * ```
 *
 * @param args - How large they must be. Default: all plans.
 * @param opts - Of no effect; there to be like other providers' functions.
 * @throws A readable error if no plan is large enough, the token is missing or refused, or Northflank
 * cannot be asked within 5 minutes.
 */
export function getNorthflankPlans(
  args: GetNorthflankPlansArgs = {},
  opts?: pulumi.InvokeOptions,
): Promise<GetNorthflankPlansResult> {
  return lookUp(plans, args, opts);
}

/**
 * Like {@link getNorthflankPlans}, with and as Outputs. While an argument is unknown, so is the answer.
 *
 * @example
 * ```ts
 * const deploymentPlan = getNorthflankPlansOutput().smallest.id;
 * ```
 *
 * @param args - How large they must be. Default: all plans.
 * @param opts - With `dependsOn`, asked again after those resources.
 */
export function getNorthflankPlansOutput(
  args: GetNorthflankPlansOutputArgs = {},
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<GetNorthflankPlansResult> {
  return lookUpOutput(plans, pulumi.output(args), opts);
}

/**
 * The add-ons that a project has, also those made elsewhere. No connection data: `NorthflankAddon.get` reads
 * that of one of them, as secrets. Asked for once in a run for each project, in previews too; those that
 * the same run creates or deletes may be missing or still there.
 *
 * @example
 * ```ts
 * const { addons } = await getNorthflankAddons({ projectId: "my-project", type: "redis" });
 * const uris = addons.map(({ name, id }) => NorthflankAddon.get(name, id).connection.uri);
 * ```
 *
 * @param args - Of which project, and of which type.
 * @param opts - Of no effect; there to be like other providers' functions.
 * @throws A readable error if the token is missing or refused, there is no such project for it, or
 * Northflank cannot be asked within 5 minutes.
 */
export function getNorthflankAddons(
  args: GetNorthflankAddonsArgs,
  opts?: pulumi.InvokeOptions,
): Promise<GetNorthflankAddonsResult> {
  return lookUp(addons, args, opts);
}

/**
 * Like {@link getNorthflankAddons}, with and as Outputs. While an argument is unknown, so is the answer.
 *
 * @example
 * ```ts
 * const count = getNorthflankAddonsOutput(
 *   { projectId: sessions.projectId },
 *   { dependsOn: [sessions] },
 * ).addons.length;
 * ```
 *
 * @param args - Of which project, and of which type.
 * @param opts - With `dependsOn`, asked again after those resources.
 */
export function getNorthflankAddonsOutput(
  args: GetNorthflankAddonsOutputArgs,
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<GetNorthflankAddonsResult> {
  return lookUpOutput(addons, pulumi.output(args), opts);
}
