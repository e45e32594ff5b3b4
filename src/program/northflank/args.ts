import type * as pulumi from "@pulumi/pulumi";

/** An input that can be left out, also by giving it as `undefined`. */
type In<T> = pulumi.Input<T> | undefined;

/** What an add-on costs and how large it is. */
export interface NorthflankBilling {
  /** Plan that gives CPU and memory. A change is made in place. */
  deploymentPlan: pulumi.Input<string>;
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
  storageClass?: In<string>;
  /**
   * Lets the platform enlarge the disk; a disk that grew so is no drift. A change is made in place.
   */
  diskAutoscaling?: In<{
    /** Whether it does. */
    enabled: pulumi.Input<boolean>;
    /** Use in percent at which the disk grows. */
    thresholdPercent?: In<75 | 90>;
    /** Upper bound in MiB. */
    maxSizeMib?: In<number>;
  }>;
  /** Spread over zones. A change needs a replacement: the API takes it at creation only. */
  zonalRedundancy?: In<{
    /** Whether several zones are required. */
    type?: In<"required" | "disabled">;
    /** How many zones there must be, where they are required. */
    minZones?: In<number>;
  }>;
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
    hour?: In<pulumi.Input<number>[]>;
    /** Days of the week, from 0 for Monday to 6; for `weekly`. */
    day?: In<pulumi.Input<number>[]>;
  }>;
  /** Kind of backup. There can be one schedule for each interval and kind. */
  backupType: pulumi.Input<"dump" | "snapshot">;
  /** How many days a backup is kept. */
  retentionTime: pulumi.Input<number>;
  /** How a dump is packed; for dumps only. */
  compressionType?: In<"gz" | "zstd">;
  /** Id of a destination of the account's own, where dumps go; for dumps only. */
  customDestinationId?: In<string>;
  /** Where snapshots go besides; for snapshots only. */
  additionalDestinations?: In<
    pulumi.Input<{
      /** Id of the destination. */
      destinationId: pulumi.Input<string>;
      /** Kind of destination; there is one. */
      type: pulumi.Input<"custom">;
      /** How many days a backup is kept there. */
      retentionTime?: In<number>;
    }>[]
  >;
}

/** Settings of one database type. Some are fixed when the add-on is created. */
export interface NorthflankTypeSettings {
  /**
   * What Redis drops when its memory is full. A change needs a replacement: the setting is fixed
   * when the add-on is created.
   */
  redisMaxMemoryPolicy?: In<string>;
  /**
   * Redis Sentinel; needs 3 replicas or more. A change needs a replacement: the setting is fixed
   * when the add-on is created.
   */
  redisSentinelEnabled?: In<boolean>;
  /**
   * PostgreSQL's WAL level. A change needs a replacement: the setting is fixed when the add-on is
   * created.
   */
  postgresqlWalLevel?: In<"replica" | "logical">;
  /**
   * Supabase's extensions. A change needs a replacement: the setting is fixed when the add-on is
   * created.
   */
  postgresqlSupabaseMode?: In<boolean>;
  /**
   * EDB mode; PostgreSQL 18 or newer. A change needs a replacement: the setting is fixed when the
   * add-on is created.
   */
  postgresqlEdbMode?: In<boolean>;
  /** Connection pooler. Default: `false`. A change is made in place. */
  postgresqlConnectionPoolerEnabled?: In<boolean>;
  /** Replicas of the pooler. A change is made in place. */
  postgresqlConnectionPoolerReplicas?: In<number>;
  /** Connection pooler for reads. Default: `false`. A change is made in place. */
  postgresqlReadConnectionPoolerEnabled?: In<boolean>;
  /** Replicas of the pooler for reads. A change is made in place. */
  postgresqlReadConnectionPoolerReplicas?: In<number>;
  /** Import mode. Default: `false`. A change is made in place. */
  postgresqlImportMode?: In<boolean>;
  /**
   * MySQL high availability; needs 3 replicas. A change needs a replacement: the setting is fixed
   * when the add-on is created.
   */
  mysqlHaModeEnabled?: In<boolean>;
  /** MySQL router. Default: `false`. A change is made in place. */
  mysqlHaRouterEnabled?: In<boolean>;
  /** Replicas of the MySQL router. A change is made in place. */
  mysqlRouterReplicas?: In<number>;
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
  teamId?: In<string>;
  /**
   * Display name, 3 to 39 characters. The server makes the add-on's id of it; names that differ
   * only in case, spaces or hyphens collide. Default: the Pulumi resource name. A change needs a
   * replacement: an add-on cannot be renamed.
   */
  name?: In<string>;
  /**
   * Add-on type, such as `postgresql`, `mysql`, `mongodb`, `redis`, `minio`, `rabbitmq`. The list
   * is open. A change needs a replacement: the type of an add-on is fixed.
   */
  type: pulumi.Input<string>;
  /**
   * Exact version (`16.4`) or a selector (`latest`, `16-latest`). Raising it upgrades in place. A
   * change is made in place, but a version cannot go down.
   */
  version: pulumi.Input<string>;
  /** Plan, disk and replicas. Most of it is changed in place; disk and replicas can only grow. */
  billing: pulumi.Input<NorthflankBilling>;
  /** Processor architecture. A change needs a replacement: the API takes it at creation only. */
  infrastructure?: In<{
    /** Of the processors that the add-on runs on. */
    architecture?: In<"x86" | "arm">;
  }>;
  /**
   * Backup that the new add-on starts from: of another add-on by `addonId` and `backupId`, or by
   * `backupUid`. A change needs a replacement: the API takes it at creation only.
   */
  source?: In<{
    /** Project of that add-on, if it is another one. */
    projectId?: In<string>;
    /** Id of the add-on that the backup is of. */
    addonId?: In<string>;
    /** Id of the backup, or `latest`. */
    backupId?: In<string>;
    /** Which kind of backup `latest` means. */
    backupType?: In<"snapshot" | "global">;
    /** The backup's UUID, in place of all others. */
    backupUid?: In<string>;
  }>;
  /**
   * Name of the database, or of the vhost, where the type allows to choose it. A change needs a
   * replacement: the API takes it at creation only.
   */
  customCredentials?: In<{
    /** The name. Without it the platform gives one. */
    dbName?: In<string>;
  }>;
  /** Short free text, at most 200 characters. A change is made in place. */
  description?: In<string>;
  /**
   * Tags, which must exist already. Neither their order nor how often one stands there matters.
   * Default: `[]`. A change is made in place.
   */
  tags?: In<pulumi.Input<string>[]>;
  /** Environment of the add-on. A change is made in place. */
  stageId?: In<string>;
  /** Labels and annotations. A change is made in place. */
  metadata?: In<{
    /** Labels by their names. */
    labels?: In<Record<string, unknown>>;
    /** Annotations by their names. */
    annotations?: In<Record<string, unknown>>;
  }>;
  /**
   * TLS, where the type has it. Default: `false`. A change is made in place, but a MySQL add-on
   * cannot change TLS.
   */
  tlsEnabled?: In<boolean>;
  /**
   * Public endpoint. Needs `tlsEnabled`, excludes `vpcAccessible`. Default: `false`. A change is
   * made in place.
   */
  externalAccessEnabled?: In<boolean>;
  /**
   * Endpoint on the private load balancer. Needs `tlsEnabled`, excludes `externalAccessEnabled`.
   * Default: `false`. A change is made in place.
   */
  vpcAccessible?: In<boolean>;
  /**
   * Who may connect from outside. Order and spelling of addresses do not matter. Default: `[]`. A
   * change is made in place.
   */
  ipPolicies?: In<pulumi.Input<NorthflankIpPolicy>[]>;
  /** Settings that only add-ons of one type have. */
  typeSpecificSettings?: In<NorthflankTypeSettings>;
  /**
   * When backups are made and how many days they are kept. At most three, one per interval and
   * type. Default: `[]`. A change is made in place.
   */
  backupSchedules?: In<pulumi.Input<NorthflankBackupSchedule>[]>;
  /** Pause the add-on; it keeps its data. Default: `false`. A change is made in place. */
  paused?: In<boolean>;
  /**
   * Any new value rotates the credentials. Set at creation it rotates nothing. A change is made in
   * place.
   */
  passwordVersion?: In<string>;
  /**
   * The former credentials stay valid until this is false. Default: `true`. A change is made in
   * place.
   */
  keepOldPassword?: In<boolean>;
  /**
   * Take over an existing add-on instead of creating one: `true` for the one with this natural key,
   * a string for the one with that API id. Looked at when creating only. Default: `false`. A change
   * makes no call.
   */
  adopt?: In<boolean | string>;
  /**
   * Allow a change that deletes the add-on with its data and creates a new one. Default: `false`. A
   * change makes no call.
   */
  allowReplace?: In<boolean>;
  /**
   * Refuse to delete the add-on while this is true in the state: by `pulumi destroy`, by removal
   * from the program, and by a replacement. Taking it down needs two runs: set it to `false`,
   * `pulumi up`, then delete. Default: `false`. A change makes no call.
   */
  deletionProtection?: In<boolean>;
  /**
   * Wait until the add-on serves. With `false`, outputs that are not there yet come with the next
   * refresh or update. Default: `true`. A change makes no call.
   */
  waitForReady?: In<boolean>;
}
