import * as codec from "../fields/codecs";
import { commonFields } from "../fields/common";
import type { Field, FieldTable, Setting } from "../fields/field";
import { isRecord, type Props, same } from "../fields/values";
import { samePolicies } from "./addresses";
import type { RemoteNorthflankAddon } from "./codecs";
import { ipPolicy, resourceId, schedule, slug } from "./input-codecs";
import { isFormerValid } from "./states";
import { asInput, sameSchedules, writtenSchedules } from "./schedules";
import { typeSettings } from "./type-settings";
import { compareVersions, isSelector, satisfies } from "./version";

/** The team whose paths are used. */
export const team: Setting = { key: "northflank:teamId", variables: ["NORTHFLANK_TEAM_ID"] };

type Row = Field<RemoteNorthflankAddon>;

/** A switch that compares as off where it is left out. */
function toggle(
  doc: string,
  name: "tlsEnabled" | "externalAccessEnabled" | "vpcAccessible",
  rest: Partial<Row> = {},
): Row {
  return {
    doc,
    codec: codec.flag,
    whenRemoved: false,
    change: "update",
    step: "settings",
    api: name,
    observe: (entity) => entity[name],
    ...rest,
  };
}

function shrinks(what: string): Required<Pick<Row, "replaceWhen">> {
  return {
    replaceWhen: ({ old, next }) =>
      typeof old === "number" && typeof next === "number" && next < old
        ? `${what} can only grow`
        : undefined,
  };
}

const fixedAtCreation = {
  change: "replace" as const,
  replaceReason: "the API takes it at creation only",
};

/** What is known to be on offer; the catalogue has more. */
export const types = ["postgresql", "mysql", "mongodb", "redis", "minio", "rabbitmq"] as const;
const plans = [
  ...["nf-compute-10", "nf-compute-20", "nf-compute-50", "nf-compute-100-1", "nf-compute-100-2"],
  ...["nf-compute-100-4", "nf-compute-200", "nf-compute-200-4", "nf-compute-200-8"],
  ...["nf-compute-200-16", "nf-compute-400", "nf-compute-400-16", "nf-compute-800-8"],
  ...["nf-compute-800-16", "nf-compute-800-24", "nf-compute-800-32", "nf-compute-800-40"],
];

/** Every input of NorthflankAddon. The facts are those of the API reference and the database guides. */
export const fields = {
  projectId: {
    doc: "Project that holds the add-on.",
    codec: codec.matching(
      /^[A-Za-z0-9-]+$/u,
      "must be a project's id: letters, digits and hyphens",
    ),
    required: true,
    change: "replace",
    replaceReason: "an add-on cannot move to another project",
  },
  teamId: {
    doc: "Team whose paths are used; needed with tokens of an organisation.",
    codec: codec.matching(/^[A-Za-z0-9-]+$/u, "must be a team's id: letters, digits and hyphens"),
    defaultFrom: { setting: team },
    change: "record",
  },
  name: {
    doc: "Display name, 3 to 39 characters. The server makes the add-on's id of it; names that differ only in case, spaces or hyphens collide.",
    codec: codec.matching(
      /^(?=.{3,39}$)[a-zA-Z]((-|\s)?[a-zA-Z0-9]+((-|\s)[a-zA-Z0-9]+)*)?$/u,
      "must be 3 to 39 letters, digits, and single hyphens or spaces between them, and begin with a letter",
    ),
    required: true,
    defaultFrom: "the Pulumi resource name",
    change: "replace",
    replaceReason: "an add-on cannot be renamed",
    api: "name",
    observe: ({ name }) => name,
  },
  type: {
    doc: "Add-on type, such as `postgresql`, `mysql`, `mongodb`, `redis`, `minio`, `rabbitmq`. The list is open.",
    codec: codec.knowing(codec.text, ...types),
    required: true,
    change: "replace",
    replaceReason: "the type of an add-on is fixed",
    api: "type",
    observe: ({ type }) => type,
  },
  version: {
    doc: "Exact version (`16.4`) or a selector (`latest`, `16-latest`). Raising it upgrades in place.",
    codec: codec.knowing(codec.text, "latest"),
    required: true,
    change: "update",
    replaceWhen: ({ old, next, olds }) => {
      const running = typeof olds.resolvedVersion === "string" ? olds.resolvedVersion : old;
      if (typeof running !== "string" || typeof next !== "string") return undefined;
      return (compareVersions(next, running) ?? 0) < 0 ? "a version cannot go down" : undefined;
    },
    step: "version",
    api: "version",
    observe: observedVersion,
    same: (a, b, { olds }) => sameVersion(a, b, olds.resolvedVersion),
  },
  description: {
    doc: "Short free text, at most 200 characters.",
    codec: codec.matching(
      /^(?=.{1,200}$)[a-zA-Z0-9.,?\s\\/'"()[\];`%^&*\-_:!]+$/su,
      "must be 1 to 200 letters, digits, spaces and common punctuation",
    ),
    change: "update",
    step: "settings",
    api: "description",
    observe: ({ description }) => description,
  },
  tags: {
    doc: "Tags, which must exist already. Neither their order nor how often one stands there matters.",
    codec: codec.list(resourceId),
    whenRemoved: [],
    change: "update",
    step: "settings",
    api: "tags",
    encode: (tags) => (Array.isArray(tags) ? [...new Set(tags)] : tags),
    observe: ({ tags }) => tags,
    same: sameTags,
  },
  stageId: {
    doc: "Environment of the add-on.",
    codec: resourceId,
    whenRemoved: null,
    change: "update",
    step: "settings",
    api: "stageId",
    observe: ({ stageId }) => stageId,
  },
  "billing.deploymentPlan": {
    doc: "Plan that gives CPU and memory.",
    codec: codec.knowing(resourceId, ...plans),
    required: true,
    change: "update",
    step: "billing",
    api: "billing.deploymentPlan",
    observe: ({ planId }) => planId,
  },
  "billing.storage": {
    doc: "Disk of each replica. It can only grow.",
    codec: codec.whole("MB", 1),
    required: true,
    change: "update",
    ...shrinks("a disk"),
    step: "billing",
    api: "billing.storage",
    observe: ({ storage }, declared, inputs) => {
      const grewByItself =
        autoscales(inputs) &&
        typeof declared === "number" &&
        storage !== undefined &&
        storage > declared;
      return grewByItself ? undefined : storage;
    },
  },
  "billing.replicas": {
    doc: "Number of replicas. It can only grow.",
    codec: codec.whole("", 1),
    required: true,
    change: "update",
    ...shrinks("the number of replicas"),
    step: "billing",
    api: "billing.replicas",
    observe: ({ replicas }) => replicas,
  },
  "billing.storageClass": {
    doc: "Kind of disk, for accounts that have the choice.",
    codec: codec.knowing(
      codec.matching(
        /^(?=.{3,39}$)[a-zA-Z](-?[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*)?$/u,
        "must be 3 to 39 letters, digits and single hyphens, and begin with a letter",
      ),
      "nvme",
      "ssd",
      "hdd",
    ),
    change: "update",
    step: "billing",
    api: "billing.storageClass",
    observe: ({ storageClass }) => storageClass,
  },
  "billing.diskAutoscaling": {
    doc: "Lets the platform enlarge the disk; a disk that grew so is no drift.",
    codec: codec.struct({
      enabled: [codec.flag, "Whether it does."],
      "thresholdPercent?": [codec.oneOf(75, 90), "Use in percent at which the disk grows."],
      "maxSizeMib?": [codec.whole("MiB", 1), "Upper bound in MiB."],
    }),
    whenRemoved: { enabled: false },
    change: "update",
    step: "billing",
    api: "billing.diskAutoscaling",
  },
  "billing.zonalRedundancy": {
    doc: "Spread over zones.",
    codec: codec.struct({
      "type?": [codec.oneOf("required", "disabled"), "Whether several zones are required."],
      "minZones?": [
        codec.whole("zones", 1),
        "How many zones there must be, where they are required.",
      ],
    }),
    ...fixedAtCreation,
    api: "billing.zonalRedundancy",
  },
  infrastructure: {
    doc: "Processor architecture.",
    codec: codec.struct({
      "architecture?": [codec.oneOf("x86", "arm"), "Of the processors that the add-on runs on."],
    }),
    ...fixedAtCreation,
    api: "infrastructure",
  },
  source: {
    doc: "Backup that the new add-on starts from: of another add-on by `addonId` and `backupId`, or by `backupUid`.",
    codec: codec.struct({
      "projectId?": [slug, "Project of that add-on, if it is another one."],
      "addonId?": [slug, "Id of the add-on that the backup is of."],
      "backupId?": [slug, "Id of the backup, or `latest`."],
      "backupType?": [codec.oneOf("snapshot", "global"), "Which kind of backup `latest` means."],
      "backupUid?": [
        codec.matching(
          /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu,
          "must be the UUID of a backup",
        ),
        "The backup's UUID, in place of all others.",
      ],
    }),
    readAs: "Readonly<Record<string, string>>",
    ...fixedAtCreation,
    api: "source",
  },
  customCredentials: {
    doc: "Name of the database, or of the vhost, where the type allows to choose it.",
    codec: codec.struct({
      "dbName?": [codec.text, "The name. Without it the platform gives one."],
    }),
    ...fixedAtCreation,
    api: "customCredentials",
  },
  metadata: {
    doc: "Labels and annotations.",
    codec: codec.struct({
      "labels?": [codec.freeObject, "Labels by their names."],
      "annotations?": [codec.freeObject, "Annotations by their names."],
    }),
    readAs: "Readonly<Record<string, unknown>>",
    change: "update",
    step: "settings",
    api: "metadata",
  },
  tlsEnabled: toggle("TLS, where the type has it.", "tlsEnabled", {
    replaceWhen: ({ news }) =>
      news.type === "mysql" ? "a MySQL add-on cannot change TLS" : undefined,
  }),
  externalAccessEnabled: toggle(
    "Public endpoint. Needs `tlsEnabled`, excludes `vpcAccessible`.",
    "externalAccessEnabled",
    { isSlow: true },
  ),
  vpcAccessible: toggle(
    "Endpoint on the private load balancer. Needs `tlsEnabled`, excludes `externalAccessEnabled`.",
    "vpcAccessible",
  ),
  ipPolicies: {
    doc: "Who may connect from outside. Order and spelling of addresses do not matter.",
    codec: codec.list(ipPolicy),
    whenRemoved: [],
    change: "update",
    step: "settings",
    api: "ipPolicies",
    observe: ({ ipPolicies }) => ipPolicies,
    same: samePolicies,
  },
  ...typeSettings,
  backupSchedules: {
    doc: "When backups are made and how many days they are kept. At most three, one per interval and type.",
    codec: codec.list(schedule),
    whenRemoved: [],
    change: "update",
    step: "schedules",
    api: "backupSchedules",
    encode: writtenSchedules,
    observe: ({ backupSchedules }) => backupSchedules?.map(asInput),
    same: sameSchedules,
  },
  paused: {
    doc: "Pause the add-on; it keeps its data.",
    codec: codec.flag,
    whenRemoved: false,
    change: "update",
    step: (next) => (next === true ? "pause" : "resume"),
    observe: ({ state }) => (state === "paused" ? true : state === "running" ? false : undefined),
  },
  passwordVersion: {
    doc: "Any new value rotates the credentials. Set at creation it rotates nothing.",
    codec: codec.text,
    change: "update",
    step: "rotate",
  },
  keepOldPassword: {
    doc: "The former credentials stay valid until this is false.",
    codec: codec.flag,
    whenRemoved: true,
    change: "update",
    step: "finalise",
    // Until a rotation is finalised the former credentials are valid; other answers do not say.
    observe: ({ rotation }) => (isFormerValid(rotation?.status) ? true : undefined),
  },
  ...commonFields,
} as const satisfies FieldTable<RemoteNorthflankAddon>;

/**
 * What runs, as the program writes it where that covers it. From another selector to `latest` is a
 * wish for something newer, as long as what runs is what the state knows: once it is another one, an
 * interrupted run has upgraded it already.
 */
function observedVersion(
  { versionTag }: RemoteNorthflankAddon,
  declared: unknown,
  _inputs: Props,
  known: Props,
): unknown {
  if (typeof declared !== "string" || versionTag === undefined) return versionTag;
  if (!satisfies(versionTag, declared)) return versionTag;
  const { version, resolvedVersion } = known;
  const isWish = declared === "latest" && typeof version === "string" && version !== declared;
  return isWish && isSelector(version) && resolvedVersion === versionTag ? version : declared;
}

function sameTags(a: unknown, b: unknown): boolean {
  const sorted = (tags: unknown) =>
    Array.isArray(tags) ? [...new Set(tags.map(String))].sort() : tags;
  return same(sorted(a), sorted(b));
}

function autoscales(inputs: Readonly<Record<string, unknown>>): boolean {
  const { billing } = inputs;
  return (
    isRecord(billing) &&
    isRecord(billing.diskAutoscaling) &&
    billing.diskAutoscaling.enabled === true
  );
}

/**
 * Whether a version in the program and the one before it mean the same. What runs decides, where it
 * is known: an exact version must be that one, and a selector must cover it. From another selector
 * to `latest` is a wish for something newer.
 */
function sameVersion(old: unknown, next: unknown, running: unknown): boolean {
  if (typeof old !== "string" || typeof next !== "string") return false;
  if (typeof running !== "string") return satisfies(old, next) || satisfies(next, old);
  return satisfies(running, next) && (next !== "latest" || !isSelector(old));
}
