import type * as pulumi from "@pulumi/pulumi";
import type { AddonConnection } from "../connection";
import { AddonResource, type ResourceKind } from "../resource";

type In<T> = pulumi.Input<T> | undefined;

/** What an add-on costs and how large it is. */
export interface NorthflankBilling {
  /** Plan that gives CPU and memory, such as `nf-compute-20`. */
  deploymentPlan: pulumi.Input<string>;
  /** Disk of each replica in MB. It can grow; a smaller one needs a replacement. */
  storage: pulumi.Input<number>;
  /** Number of replicas. It can grow; fewer need a replacement. */
  replicas: pulumi.Input<number>;
  /** Kind of disk, for accounts that have the choice. */
  storageClass?: In<string>;
  /** Lets the platform enlarge the disk by itself. A disk that grew so is no drift. */
  diskAutoscaling?: In<{
    enabled: pulumi.Input<boolean>;
    /** Use in percent at which the disk grows. */
    thresholdPercent?: In<75 | 90>;
    /** Upper bound in MiB. */
    maxSizeMib?: In<number>;
  }>;
  /** Spread over zones. Changing it replaces the add-on. */
  zonalRedundancy?: In<{ type?: In<"required" | "disabled">; minZones?: In<number> }>;
}

/** Who may, or may not, connect from outside. */
export interface NorthflankIpPolicy {
  /** IPv4 or IPv6 addresses or CIDR ranges. */
  addresses: pulumi.Input<pulumi.Input<string>[]>;
  action: pulumi.Input<"ALLOW" | "DENY">;
}

/** When backups are made and how long they are kept. */
export interface NorthflankBackupSchedule {
  scheduling: pulumi.Input<{
    interval: pulumi.Input<"hourly" | "daily" | "weekly">;
    minute: pulumi.Input<pulumi.Input<number>[]>;
    /** For `daily` and `weekly`. */
    hour?: In<pulumi.Input<number>[]>;
    /** For `weekly`; 0 is Monday. */
    day?: In<pulumi.Input<number>[]>;
  }>;
  backupType: pulumi.Input<"dump" | "snapshot">;
  /** Days. */
  retentionTime: pulumi.Input<number>;
  /** Dumps only. */
  compressionType?: In<"gz" | "zstd">;
  /** Dumps only. */
  customDestinationId?: In<string>;
  /** Snapshots only. */
  additionalDestinations?: In<
    pulumi.Input<{
      destinationId: pulumi.Input<string>;
      type: pulumi.Input<"custom">;
      /** Days. */
      retentionTime?: In<number>;
    }>[]
  >;
}

/** Settings of one database type. Some are fixed when the add-on is created. */
export interface NorthflankTypeSettings {
  /** Fixed at creation. */
  redisMaxMemoryPolicy?: In<string>;
  /** Fixed at creation; needs 3 replicas or more. */
  redisSentinelEnabled?: In<boolean>;
  /** Fixed at creation. */
  postgresqlWalLevel?: In<"replica" | "logical">;
  /** Fixed at creation. */
  postgresqlSupabaseMode?: In<boolean>;
  /** Fixed at creation; PostgreSQL 18 or newer. */
  postgresqlEdbMode?: In<boolean>;
  postgresqlConnectionPoolerEnabled?: In<boolean>;
  postgresqlConnectionPoolerReplicas?: In<number>;
  postgresqlReadConnectionPoolerEnabled?: In<boolean>;
  postgresqlReadConnectionPoolerReplicas?: In<number>;
  postgresqlImportMode?: In<boolean>;
  /** Fixed at creation; needs 3 replicas. */
  mysqlHaModeEnabled?: In<boolean>;
  mysqlHaRouterEnabled?: In<boolean>;
  mysqlRouterReplicas?: In<number>;
}

/** Inputs of {@link NorthflankAddon}. */
export interface NorthflankAddonArgs {
  /** Project that holds the add-on. Changing it replaces the add-on. */
  projectId: pulumi.Input<string>;
  /** Team whose paths are used. Default: the configuration's `northflank:teamId`. */
  teamId?: In<string>;
  /** Display name, 3 to 39 characters. Default: the Pulumi resource name. Changing it replaces the add-on. */
  name?: In<string>;
  /** `postgresql`, `mysql`, `mongodb`, `redis`, `minio`, `rabbitmq` or another. Changing it replaces the add-on. */
  type: pulumi.Input<string>;
  /** Exact (`16.4`) or a selector (`latest`, `16-latest`). A higher one upgrades in place; a lower one needs a replacement. */
  version: pulumi.Input<string>;
  billing: pulumi.Input<NorthflankBilling>;
  /** Processor architecture. Changing it replaces the add-on. */
  infrastructure?: In<{ architecture?: In<"x86" | "arm"> }>;
  /** Backup to start from: `addonId` and `backupId`, or `backupUid`. Changing it replaces the add-on. */
  source?: In<{
    projectId?: In<string>;
    addonId?: In<string>;
    backupId?: In<string>;
    backupType?: In<"snapshot" | "global">;
    backupUid?: In<string>;
  }>;
  /** Name of the database or vhost. Changing it replaces the add-on. */
  customCredentials?: In<{ dbName?: In<string> }>;
  /** Short free text, at most 200 characters. */
  description?: In<string>;
  /** Tags, which must exist already. */
  tags?: In<pulumi.Input<string>[]>;
  /** Environment of the add-on. */
  stageId?: In<string>;
  metadata?: In<{
    labels?: In<Record<string, unknown>>;
    annotations?: In<Record<string, unknown>>;
  }>;
  /** TLS. Of a MySQL add-on it is fixed at creation. */
  tlsEnabled?: In<boolean>;
  /** Public endpoint. Needs TLS, excludes `vpcAccessible`. */
  externalAccessEnabled?: In<boolean>;
  /** Endpoint on the private load balancer. Needs TLS, excludes `externalAccessEnabled`. */
  vpcAccessible?: In<boolean>;
  /** Order and spelling of addresses do not matter. */
  ipPolicies?: In<pulumi.Input<NorthflankIpPolicy>[]>;
  typeSpecificSettings?: In<NorthflankTypeSettings>;
  backupSchedules?: In<pulumi.Input<NorthflankBackupSchedule>[]>;
  /** Pause the add-on; it keeps its data. Default: false. */
  paused?: In<boolean>;
  /** Any new value rotates the credentials. Set at creation it rotates nothing. */
  passwordVersion?: In<string>;
  /** The former credentials stay valid until this is false. Default: true. */
  keepOldPassword?: In<boolean>;
  /** Take over an existing add-on: `true` for the one whose id follows from this name, or its id. Looked at when creating only. */
  adopt?: In<boolean | string>;
  /** Allow changes that delete the add-on with its data and create a new one. Default: false. */
  allowReplace?: In<boolean>;
  /** Wait until the add-on serves. Default: true. */
  waitForReady?: In<boolean>;
}

/** @internal */
export const northflankAddonKind = {
  type: "northflank:Addon",
  providerModule: "pulumi-paas-addons/northflank/provider",
  inputs: [
    "projectId",
    "teamId",
    "name",
    "type",
    "version",
    "billing",
    "infrastructure",
    "source",
    "customCredentials",
    "description",
    "tags",
    "stageId",
    "metadata",
    "tlsEnabled",
    "externalAccessEnabled",
    "vpcAccessible",
    "ipPolicies",
    "typeSpecificSettings",
    "backupSchedules",
    "paused",
    "passwordVersion",
    "keepOldPassword",
    "adopt",
    "allowReplace",
    "waitForReady",
  ],
  outputs: [
    "addonId",
    "appId",
    "uid",
    "state",
    "resolvedVersion",
    "vars",
    "credentials",
    "connection",
    "region",
    "cluster",
    "createdAt",
    "storage",
    "replicas",
  ],
  secretInputs: [],
  secretOutputs: ["vars", "credentials", "connection"],
} as const satisfies ResourceKind;

/**
 * A managed database, cache, queue or object store of a Northflank project. Its Pulumi id is
 * `<projectId>/<addonId>`.
 *
 * @example
 * ```ts
 * const orders = new NorthflankAddon("orders-db", {
 *   projectId: "demo-project",
 *   type: "postgresql",
 *   version: "16-latest",
 *   billing: { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 },
 *   tlsEnabled: true,
 * });
 * export const databaseUrl = orders.connection.uri;
 * ```
 */
export class NorthflankAddon extends AddonResource {
  declare readonly projectId: pulumi.Output<string>;
  declare readonly teamId: pulumi.Output<string | undefined>;
  declare readonly name: pulumi.Output<string>;
  declare readonly type: pulumi.Output<string>;
  declare readonly version: pulumi.Output<string>;
  declare readonly billing: pulumi.Output<pulumi.Unwrap<NorthflankBilling>>;
  declare readonly infrastructure: pulumi.Output<{ architecture?: "x86" | "arm" } | undefined>;
  declare readonly source: pulumi.Output<Readonly<Record<string, string>> | undefined>;
  declare readonly customCredentials: pulumi.Output<{ dbName?: string } | undefined>;
  declare readonly description: pulumi.Output<string | undefined>;
  declare readonly tags: pulumi.Output<string[] | undefined>;
  declare readonly stageId: pulumi.Output<string | undefined>;
  declare readonly metadata: pulumi.Output<Readonly<Record<string, unknown>> | undefined>;
  declare readonly tlsEnabled: pulumi.Output<boolean | undefined>;
  declare readonly externalAccessEnabled: pulumi.Output<boolean | undefined>;
  declare readonly vpcAccessible: pulumi.Output<boolean | undefined>;
  declare readonly ipPolicies: pulumi.Output<pulumi.Unwrap<NorthflankIpPolicy>[] | undefined>;
  declare readonly typeSpecificSettings: pulumi.Output<
    pulumi.Unwrap<NorthflankTypeSettings> | undefined
  >;
  declare readonly backupSchedules: pulumi.Output<
    pulumi.Unwrap<NorthflankBackupSchedule>[] | undefined
  >;
  declare readonly paused: pulumi.Output<boolean>;
  declare readonly passwordVersion: pulumi.Output<string | undefined>;
  declare readonly keepOldPassword: pulumi.Output<boolean>;
  declare readonly adopt: pulumi.Output<boolean | string>;
  declare readonly allowReplace: pulumi.Output<boolean>;
  declare readonly waitForReady: pulumi.Output<boolean>;

  /** The add-on's id in the API: a slug of its name. */
  declare readonly addonId: pulumi.Output<string>;
  /** Full identifier, `/team/project/addon`. */
  declare readonly appId: pulumi.Output<string>;
  /** The platform's unique id, where it gives one; it differs when an add-on is made anew. */
  declare readonly uid: pulumi.Output<string | undefined>;
  /** The platform's own word, such as `running` or `paused`. */
  declare readonly state: pulumi.Output<string>;
  /** The exact version that runs. */
  declare readonly resolvedVersion: pulumi.Output<string | undefined>;
  /** All credentials, `envs` and `secrets` merged. Secret. */
  declare readonly vars: pulumi.Output<Readonly<Record<string, string>>>;
  /** The credentials as the API returns them. Secret. */
  declare readonly credentials: pulumi.Output<{
    readonly envs?: Readonly<Record<string, unknown>>;
    readonly secrets?: Readonly<Record<string, unknown>>;
  }>;
  /** How to connect. Secret. */
  declare readonly connection: pulumi.Output<AddonConnection>;
  /** Region of the project. */
  declare readonly region: pulumi.Output<string | undefined>;
  /** Id of the cluster that it runs in. */
  declare readonly cluster: pulumi.Output<string | undefined>;
  /** ISO 8601. */
  declare readonly createdAt: pulumi.Output<string | undefined>;
  /** Actual disk of each replica in MB. */
  declare readonly storage: pulumi.Output<number | undefined>;
  /** Actual number of replicas. */
  declare readonly replicas: pulumi.Output<number | undefined>;

  /**
   * Declares an add-on. What is wrong with the inputs is said in the preview, all of it together.
   *
   * @param name - Name of the Pulumi resource, and the add-on's `name` unless that is given.
   */
  constructor(name: string, args: NorthflankAddonArgs, opts?: pulumi.CustomResourceOptions);
  /** @internal */
  constructor(name: string, args: undefined, opts: pulumi.CustomResourceOptions);
  constructor(
    name: string,
    args: NorthflankAddonArgs | undefined,
    opts?: pulumi.CustomResourceOptions,
  ) {
    super(northflankAddonKind, name, args, opts);
  }

  /**
   * Reads an existing add-on, without managing it. Fails if there is none.
   *
   * @param id - `<projectId>/<addonId>`.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    opts?: pulumi.CustomResourceOptions,
  ): NorthflankAddon {
    return new NorthflankAddon(name, undefined, { ...opts, id });
  }
}
