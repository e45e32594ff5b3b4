// Written by `npm run generate`; a change here would be lost.

import type * as pulumi from "@pulumi/pulumi";

/** What an add-on costs and how large it is. */
export interface NorthflankBilling {
  /** Plan that gives CPU and memory. A change is made in place. */
  deploymentPlan: pulumi.Input<
    | "nf-compute-10"
    | "nf-compute-20"
    | "nf-compute-50"
    | "nf-compute-100-1"
    | "nf-compute-100-2"
    | "nf-compute-100-4"
    | "nf-compute-200"
    | "nf-compute-200-4"
    | "nf-compute-200-8"
    | "nf-compute-200-16"
    | "nf-compute-400"
    | "nf-compute-400-16"
    | "nf-compute-800-8"
    | "nf-compute-800-16"
    | "nf-compute-800-24"
    | "nf-compute-800-32"
    | "nf-compute-800-40"
    | (string & {})
  >;
  /**
   * Disk of each replica, in MB. It can only grow. A change is made in place, but a disk can only
   * grow.
   */
  storage: pulumi.Input<number>;
  /**
   * Number of replicas. It can only grow. A change is made in place, but the number of replicas can
   * only grow.
   */
  replicas: pulumi.Input<number>;
  /** Kind of disk, for accounts that have the choice. A change is made in place. */
  storageClass?: pulumi.Input<"nvme" | "ssd" | "hdd" | (string & {})> | undefined;
  /**
   * Lets the platform enlarge the disk; a disk that grew so is no drift. Default:
   * `{"enabled":false}`. A change is made in place.
   */
  diskAutoscaling?:
    | pulumi.Input<{
        /** Whether it does. */
        enabled: pulumi.Input<boolean>;
        /** Use in percent at which the disk grows. */
        thresholdPercent?: pulumi.Input<75 | 90> | undefined;
        /** Upper bound in MiB. */
        maxSizeMib?: pulumi.Input<number> | undefined;
      }>
    | undefined;
  /** Spread over zones. A change needs a replacement: the API takes it at creation only. */
  zonalRedundancy?:
    | pulumi.Input<{
        /** Whether several zones are required. */
        type?: pulumi.Input<"required" | "disabled"> | undefined;
        /** How many zones there must be, where they are required. */
        minZones?: pulumi.Input<number> | undefined;
      }>
    | undefined;
}

/** Settings of one database type. Some are fixed when the add-on is created. */
export interface NorthflankTypeSettings {
  /**
   * What Redis drops when its memory is full. A change needs a replacement: the setting is fixed
   * when the add-on is created.
   */
  redisMaxMemoryPolicy?:
    | pulumi.Input<
        | "noeviction"
        | "allkeys-lru"
        | "allkeys-lfu"
        | "volatile-lru"
        | "volatile-lfu"
        | "allkeys-random"
        | "volatile-random"
        | "volatile-ttl"
        | "volatile-lrm"
        | "allkeys-lrm"
      >
    | undefined;
  /**
   * Redis Sentinel; needs 3 replicas or more. A change needs a replacement: the setting is fixed
   * when the add-on is created.
   */
  redisSentinelEnabled?: pulumi.Input<boolean> | undefined;
  /**
   * PostgreSQL's WAL level. A change needs a replacement: the setting is fixed when the add-on is
   * created.
   */
  postgresqlWalLevel?: pulumi.Input<"replica" | "logical"> | undefined;
  /**
   * Supabase's extensions. A change needs a replacement: the setting is fixed when the add-on is
   * created.
   */
  postgresqlSupabaseMode?: pulumi.Input<boolean> | undefined;
  /**
   * EDB mode; PostgreSQL 18 or newer. A change needs a replacement: the setting is fixed when the
   * add-on is created.
   */
  postgresqlEdbMode?: pulumi.Input<boolean> | undefined;
  /** Connection pooler. Default: `false`. A change is made in place. */
  postgresqlConnectionPoolerEnabled?: pulumi.Input<boolean> | undefined;
  /** Replicas of the pooler. A change is made in place. */
  postgresqlConnectionPoolerReplicas?: pulumi.Input<number> | undefined;
  /** Connection pooler for reads. Default: `false`. A change is made in place. */
  postgresqlReadConnectionPoolerEnabled?: pulumi.Input<boolean> | undefined;
  /** Replicas of the pooler for reads. A change is made in place. */
  postgresqlReadConnectionPoolerReplicas?: pulumi.Input<number> | undefined;
  /** Import mode. Default: `false`. A change is made in place. */
  postgresqlImportMode?: pulumi.Input<boolean> | undefined;
  /**
   * MySQL high availability; needs 3 replicas. A change needs a replacement: the setting is fixed
   * when the add-on is created.
   */
  mysqlHaModeEnabled?: pulumi.Input<boolean> | undefined;
  /** MySQL router. Default: `false`. A change is made in place. */
  mysqlHaRouterEnabled?: pulumi.Input<boolean> | undefined;
  /** Replicas of the MySQL router. A change is made in place. */
  mysqlRouterReplicas?: pulumi.Input<number> | undefined;
}

/** Who may, or may not, connect from outside. */
export interface NorthflankIpPolicy {
  /** IPv4 or IPv6 addresses or CIDR ranges. */
  addresses: pulumi.Input<pulumi.Input<string>[]>;
  /** Whether these may connect or may not. */
  action: pulumi.Input<"ALLOW" | "DENY">;
}

/** When backups are made and how long they are kept. */
export interface NorthflankBackupSchedule {
  /** When backups are made: how often, and at which minutes, hours and days. */
  scheduling: pulumi.Input<{
    /** How often. */
    interval: pulumi.Input<"hourly" | "daily" | "weekly">;
    /** Minutes of the hour, from 0 to 59. */
    minute: pulumi.Input<pulumi.Input<number>[]>;
    /** Hours of the day, from 0 to 23; for `daily` and `weekly`. */
    hour?: pulumi.Input<pulumi.Input<number>[]> | undefined;
    /** Days of the week, from 0 for Monday to 6; for `weekly`. */
    day?: pulumi.Input<pulumi.Input<number>[]> | undefined;
  }>;
  /** Kind of backup. There can be one schedule for each interval and kind. */
  backupType: pulumi.Input<"dump" | "snapshot">;
  /** Id of a destination of the account's own, where dumps go; for dumps only. */
  customDestinationId?: pulumi.Input<string> | undefined;
  /** Where snapshots go besides; for snapshots only. */
  additionalDestinations?:
    | pulumi.Input<
        pulumi.Input<{
          /** Id of the destination. */
          destinationId: pulumi.Input<string>;
          /** How many days a backup is kept there. */
          retentionTime?: pulumi.Input<number> | undefined;
          /** Kind of destination; there is one: `custom`. */
          type: pulumi.Input<"custom">;
        }>[]
      >
    | undefined;
  /** How a dump is packed; for dumps only. */
  compressionType?: pulumi.Input<"gz" | "zstd"> | undefined;
  /** How many days a backup is kept. */
  retentionTime: pulumi.Input<number>;
}

/**
 * Inputs of {@link NorthflankAddon}. What is left out and has no default, Northflank decides; after
 * that it is left alone. The facts about inputs are those of Northflank's API reference and guides.
 */
export interface NorthflankAddonArgs {
  /**
   * Project that holds the add-on. A change needs a replacement: an add-on cannot move to another
   * project.
   */
  projectId: pulumi.Input<string>;
  /**
   * Team whose paths are used; needed with tokens of an organisation. Default: the configuration's
   * `northflank:teamId`. A change makes no call.
   */
  teamId?: pulumi.Input<string> | undefined;
  /**
   * Display name, 3 to 39 characters. The server makes the add-on's id of it; names that differ
   * only in case, spaces or hyphens collide. Default: the Pulumi resource name. A change needs a
   * replacement: an add-on cannot be renamed.
   */
  name?: pulumi.Input<string> | undefined;
  /**
   * Add-on type, such as `postgresql`, `mysql`, `mongodb`, `redis`, `minio`, `rabbitmq`. The list
   * is open. A change needs a replacement: the type of an add-on is fixed.
   */
  type: pulumi.Input<
    "postgresql" | "mysql" | "mongodb" | "redis" | "minio" | "rabbitmq" | (string & {})
  >;
  /**
   * Exact version (`16.4`) or a selector (`latest`, `16-latest`). Raising it upgrades in place. A
   * change is made in place, but a version cannot go down.
   */
  version: pulumi.Input<"latest" | (string & {})>;
  /** Short free text, at most 200 characters. A change is made in place. */
  description?: pulumi.Input<string> | undefined;
  /**
   * Tags, which must exist already. Neither their order nor how often one stands there matters.
   * Default: `[]`. A change is made in place.
   */
  tags?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** Environment of the add-on. Default: none. A change is made in place. */
  stageId?: pulumi.Input<string> | undefined;
  /** Plan, disk and replicas. Most of it is changed in place; disk and replicas can only grow. */
  billing: pulumi.Input<NorthflankBilling>;
  /** Processor architecture. A change needs a replacement: the API takes it at creation only. */
  infrastructure?:
    | pulumi.Input<{
        /** Of the processors that the add-on runs on. */
        architecture?: pulumi.Input<"x86" | "arm"> | undefined;
      }>
    | undefined;
  /**
   * Backup that the new add-on starts from: of another add-on by `addonId` and `backupId`, or by
   * `backupUid`. A change needs a replacement: the API takes it at creation only.
   */
  source?:
    | pulumi.Input<{
        /** Project of that add-on, if it is another one. */
        projectId?: pulumi.Input<string> | undefined;
        /** Id of the add-on that the backup is of. */
        addonId?: pulumi.Input<string> | undefined;
        /** Id of the backup, or `latest`. */
        backupId?: pulumi.Input<string> | undefined;
        /** Which kind of backup `latest` means. */
        backupType?: pulumi.Input<"snapshot" | "global"> | undefined;
        /** The backup's UUID, in place of all others. */
        backupUid?: pulumi.Input<string> | undefined;
      }>
    | undefined;
  /**
   * Name of the database, or of the vhost, where the type allows to choose it. A change needs a
   * replacement: the API takes it at creation only.
   */
  customCredentials?:
    | pulumi.Input<{
        /** The name. Without it the platform gives one. */
        dbName?: pulumi.Input<string> | undefined;
      }>
    | undefined;
  /** Labels and annotations. A change is made in place. */
  metadata?:
    | pulumi.Input<{
        /** Labels by their names. */
        labels?: pulumi.Input<Record<string, unknown>> | undefined;
        /** Annotations by their names. */
        annotations?: pulumi.Input<Record<string, unknown>> | undefined;
      }>
    | undefined;
  /**
   * TLS, where the type has it. Default: `false`. A change is made in place, but a MySQL add-on
   * cannot change TLS.
   */
  tlsEnabled?: pulumi.Input<boolean> | undefined;
  /**
   * Public endpoint. Needs `tlsEnabled`, excludes `vpcAccessible`. Default: `false`. A change is
   * made in place.
   */
  externalAccessEnabled?: pulumi.Input<boolean> | undefined;
  /**
   * Endpoint on the private load balancer. Needs `tlsEnabled`, excludes `externalAccessEnabled`.
   * Default: `false`. A change is made in place.
   */
  vpcAccessible?: pulumi.Input<boolean> | undefined;
  /**
   * Who may connect from outside. Order and spelling of addresses do not matter. Default: `[]`. A
   * change is made in place.
   */
  ipPolicies?: pulumi.Input<pulumi.Input<NorthflankIpPolicy>[]> | undefined;
  /** Settings that only add-ons of one type have. */
  typeSpecificSettings?: pulumi.Input<NorthflankTypeSettings> | undefined;
  /**
   * When backups are made and how many days they are kept. At most three, one per interval and
   * type. Default: `[]`. A change is made in place.
   */
  backupSchedules?: pulumi.Input<pulumi.Input<NorthflankBackupSchedule>[]> | undefined;
  /** Pause the add-on; it keeps its data. Default: `false`. A change is made in place. */
  paused?: pulumi.Input<boolean> | undefined;
  /**
   * Any new value rotates the credentials. Set at creation it rotates nothing. A change is made in
   * place.
   */
  passwordVersion?: pulumi.Input<string> | undefined;
  /**
   * The former credentials stay valid until this is false. Default: `true`. A change is made in
   * place.
   */
  keepOldPassword?: pulumi.Input<boolean> | undefined;
  /**
   * Take over an existing add-on instead of creating one: `true` for the one with this natural key,
   * a string for the one with that API id. It counts only at creation. Default: `false`. A change
   * makes no call.
   */
  adopt?: pulumi.Input<boolean | string> | undefined;
  /**
   * Allow a change that deletes the add-on with its data and creates a new one. Default: `false`. A
   * change makes no call.
   */
  allowReplace?: pulumi.Input<boolean> | undefined;
  /**
   * Refuse to delete the add-on while this is true in the state: by `pulumi destroy`, by removal
   * from the program, and by a replacement. Taking it down needs two runs: set it to `false`,
   * `pulumi up`, then delete. Default: `false`. A change makes no call.
   */
  deletionProtection?: pulumi.Input<boolean> | undefined;
  /**
   * Wait until the add-on serves. With `false`, outputs that are not there yet come with the next
   * refresh or update. Default: `true`. A change makes no call.
   */
  waitForReady?: pulumi.Input<boolean> | undefined;
}
