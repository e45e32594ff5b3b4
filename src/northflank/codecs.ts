import * as t from "io-ts";
import {
  optional,
  optionalFlag,
  optionalList,
  optionalNumber,
  optionalRecord,
  optionalText,
} from "../http/codecs";
import type { RemoteAddon, ListedAddon } from "../provider/kind";

/**
 * io-ts codecs of what the Northflank API answers. POST and PATCH answer a flat body that echoes
 * the request, GET a nested one with other names; both become one entity. Unknown fields pass.
 */

const Cluster = optional(t.partial({ id: optionalText, name: optionalText }));

const Common = t.intersection([
  t.type({ id: t.string, name: t.string, status: t.string }),
  t.partial({
    uid: optionalText,
    appId: optionalText,
    description: optionalText,
    stageId: optionalText,
    tags: optional(t.array(t.string)),
    createdAt: optionalText,
    cluster: Cluster,
  }),
]);

const FlatPolicy = t.type({ addresses: t.array(t.string), action: t.string });
const NestedPolicy = t.type({ address: t.string, action: t.string });

const Networking = t.partial({
  tlsEnabled: optionalFlag,
  externalAccessEnabled: optionalFlag,
  vpcAccessible: optionalFlag,
});

export const FlatAddon = t.intersection([
  Common,
  t.type({ type: t.string }),
  Networking,
  t.partial({
    billing: optional(
      t.partial({
        deploymentPlan: optionalText,
        storageClass: optionalText,
        storage: optionalNumber,
        replicas: optionalNumber,
      }),
    ),
    ipPolicies: optional(t.array(FlatPolicy)),
  }),
]);

const Config = t.partial({
  versionTag: optionalText,
  lifecycleStatus: optionalText,
  deployment: optional(
    t.partial({
      replicas: optionalNumber,
      storageClass: optionalText,
      storageSize: optionalNumber,
      planId: optionalText,
      region: optionalText,
    }),
  ),
  networking: optional(
    t.intersection([Networking, t.partial({ ipPolicies: optional(t.array(NestedPolicy)) })]),
  ),
  typeSpecificSettings: optionalRecord,
  secretRotation: optional(t.partial({ status: optionalText, startedAt: optionalText })),
});

export const NestedAddon = t.intersection([
  Common,
  t.type({
    spec: t.intersection([
      t.type({ type: t.string }),
      t.partial({
        config: optional(Config),
        pendingActions: optionalList,
      }),
    ]),
  }),
]);

export const AddonAnswer = t.type({ data: t.union([NestedAddon, FlatAddon]) });
type AddonBody = t.TypeOf<typeof NestedAddon> | t.TypeOf<typeof FlatAddon>;

const Pagination = optional(t.partial({ hasNextPage: optionalFlag, cursor: optionalText }));
export interface Page {
  pagination?: t.TypeOf<typeof Pagination>;
}
export const AddonListAnswer = t.intersection([
  t.type({
    data: t.type({
      addons: t.array(
        t.intersection([
          t.type({
            id: t.string,
            name: t.string,
            status: t.string,
            spec: t.type({ type: t.string }),
          }),
          t.partial({ uid: optionalText }),
        ]),
      ),
    }),
  }),
  t.partial({ pagination: Pagination }),
]);

const keyed = t.record(t.string, t.union([t.string, t.number, t.boolean, t.null]));
export const CredentialMaps = t.partial({ envs: optional(keyed), secrets: optional(keyed) });
export type Credentials = t.TypeOf<typeof CredentialMaps>;
export const CredentialsAnswer = t.type({ data: CredentialMaps });

export const VersionAnswer = t.type({
  data: t.intersection([
    t.type({ version: t.string }),
    t.partial({
      upgradeTo: optional(
        t.array(t.intersection([t.type({ version: t.string }), t.partial({ type: optionalText })])),
      ),
      discontinuedBy: optionalText,
    }),
  ]),
});
export type Versions = t.TypeOf<typeof VersionAnswer>["data"];

const Project = t.intersection([
  t.type({ id: t.string }),
  t.partial({ name: optionalText, lifecycleStatus: optionalText }),
]);
export type Project = t.TypeOf<typeof Project>;
export const ProjectListAnswer = t.intersection([
  t.type({ data: t.type({ projects: t.array(Project) }) }),
  t.partial({ pagination: Pagination }),
]);

const Options = optional(
  t.partial({ options: optional(t.array(t.number)), default: optionalNumber }),
);
const AddonType = t.intersection([
  t.type({ type: t.string }),
  t.partial({
    name: optionalText,
    description: optionalText,
    versions: optional(t.array(t.string)),
    features: optionalRecord,
    resources: optional(t.partial({ storage: Options, replicas: Options })),
  }),
]);
export type AddonType = t.TypeOf<typeof AddonType>;
export const AddonTypeListAnswer = t.type({ data: t.type({ addonTypes: t.array(AddonType) }) });

const Plan = t.intersection([
  t.type({ id: t.string }),
  t.partial({
    name: optionalText,
    currency: optionalText,
    amountPerMonth: optionalNumber,
    amountPerHour: optionalNumber,
    cpuResource: optionalNumber,
    ramResource: optionalNumber,
  }),
]);
export type Plan = t.TypeOf<typeof Plan>;
export const PlanListAnswer = t.type({ data: t.type({ plans: t.array(Plan) }) });

const Schedule = t.intersection([
  t.type({ id: t.string, backupType: t.string, scheduling: t.record(t.string, t.unknown) }),
  t.partial({
    retentionTime: optionalNumber,
    backupCompressionType: optionalText,
    customDestinationId: optionalText,
    additionalDestinations: optionalList,
  }),
]);
export type Schedule = t.TypeOf<typeof Schedule>;
export const ScheduleListAnswer = t.intersection([
  t.type({ data: t.partial({ schedules: optional(t.array(Schedule)) }) }),
  t.partial({ pagination: Pagination }),
]);

export interface IpPolicy {
  readonly addresses: readonly string[];
  readonly action: string;
}

/** An add-on as the life cycle sees it, whichever form it came in. What was not stated is undefined. */
export interface RemoteNorthflankAddon extends RemoteAddon {
  readonly name: string;
  readonly uid: string | undefined;
  readonly appId: string | undefined;
  readonly createdAt: string | undefined;
  readonly description: string | undefined;
  readonly stageId: string | undefined;
  readonly tags: readonly string[] | undefined;
  readonly cluster: string | undefined;
  readonly region: string | undefined;
  readonly versionTag: string | undefined;
  /** Support of the version that runs: `active`, `deprecated` or `discontinued`. */
  readonly lifecycleStatus: string | undefined;
  readonly planId: string | undefined;
  readonly storage: number | undefined;
  readonly storageClass: string | undefined;
  readonly replicas: number | undefined;
  readonly tlsEnabled: boolean | undefined;
  readonly externalAccessEnabled: boolean | undefined;
  readonly vpcAccessible: boolean | undefined;
  readonly ipPolicies: readonly IpPolicy[] | undefined;
  readonly typeSpecificSettings: Readonly<Record<string, unknown>>;
  /** The last rotation of the credentials: its status, and when it began. */
  readonly rotation:
    { readonly status: string; readonly startedAt: string | undefined } | undefined;
  /** True while the platform has something to do with it that its status does not show. */
  readonly pending: boolean;
  /** Of a version that is not active: what it can be upgraded to, and when its support ends. */
  readonly upgrades?: readonly string[];
  readonly discontinuedBy?: string | undefined;
  /** Undefined where they were not asked for. */
  readonly backupSchedules?: readonly Schedule[];
}

export function entityOf(body: AddonBody): RemoteNorthflankAddon {
  const common = {
    key: body.id,
    scope: projectIn(body.appId ?? ""),
    state: body.status,
    isBusy: body.status === "backup",
    name: body.name,
    uid: body.uid ?? undefined,
    appId: body.appId ?? undefined,
    createdAt: body.createdAt ?? undefined,
    description: body.description ?? undefined,
    stageId: body.stageId ?? undefined,
    tags: body.tags ?? undefined,
    cluster: body.cluster?.id ?? body.cluster?.name ?? undefined,
  };
  return "spec" in body ? { ...common, ...nested(body) } : { ...common, ...flat(body) };
}

/** `/entity/project/addon`; undefined for a text of another form. */
function projectIn(appId: string): string | undefined {
  return /^\/[^/]+\/([^/]+)\/[^/]+$/u.exec(appId)?.[1];
}

/** An add-on as the project's list shows it. */
export interface NorthflankListed extends ListedAddon {
  readonly uid: string | undefined;
}

export function listedOf(
  entry: t.TypeOf<typeof AddonListAnswer>["data"]["addons"][number],
): NorthflankListed {
  const { id: key, status: state, name: title, spec, uid } = entry;
  return { key, state, title, type: spec.type, uid: uid ?? undefined };
}

function flat(body: t.TypeOf<typeof FlatAddon>) {
  return {
    ...networking(body),
    type: body.type,
    region: undefined,
    // The flat body echoes the version that was asked for, which may be a selector.
    versionTag: undefined,
    lifecycleStatus: undefined,
    planId: body.billing?.deploymentPlan ?? undefined,
    storage: body.billing?.storage ?? undefined,
    storageClass: body.billing?.storageClass ?? undefined,
    replicas: body.billing?.replicas ?? undefined,
    ipPolicies: body.ipPolicies ?? undefined,
    typeSpecificSettings: {},
    rotation: undefined,
    pending: false,
  };
}

function nested({ spec }: t.TypeOf<typeof NestedAddon>) {
  const {
    deployment,
    versionTag,
    lifecycleStatus,
    typeSpecificSettings,
    secretRotation,
    ...config
  } = spec.config ?? {};
  return {
    ...networking(config.networking ?? {}),
    type: spec.type,
    region: deployment?.region ?? undefined,
    versionTag: versionTag ?? undefined,
    lifecycleStatus: lifecycleStatus ?? undefined,
    planId: deployment?.planId ?? undefined,
    storage: deployment?.storageSize ?? undefined,
    storageClass: deployment?.storageClass ?? undefined,
    replicas: deployment?.replicas ?? undefined,
    ipPolicies: grouped(config.networking?.ipPolicies ?? undefined),
    typeSpecificSettings: typeSpecificSettings ?? {},
    rotation:
      typeof secretRotation?.status === "string"
        ? { status: secretRotation.status, startedAt: secretRotation.startedAt ?? undefined }
        : undefined,
    pending: (spec.pendingActions ?? []).length > 0 || rotating(secretRotation?.status ?? ""),
  };
}

function networking(body: t.TypeOf<typeof Networking>) {
  return {
    tlsEnabled: body.tlsEnabled ?? undefined,
    externalAccessEnabled: body.externalAccessEnabled ?? undefined,
    vpcAccessible: body.vpcAccessible ?? undefined,
  };
}

function rotating(status: string): boolean {
  return ["scheduled", "rotating", "finalising"].includes(status);
}

/** One rule per address, as GET answers, put together again: neighbours with the same action are one. */
function grouped(
  rules: readonly t.TypeOf<typeof NestedPolicy>[] | undefined,
): IpPolicy[] | undefined {
  if (rules === undefined) return undefined;
  const groups: { addresses: string[]; action: string }[] = [];
  for (const { address, action } of rules) {
    const last = groups.at(-1);
    if (last?.action === action) last.addresses.push(address);
    else groups.push({ addresses: [address], action });
  }
  return groups;
}
