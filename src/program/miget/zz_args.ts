// Written by `npm run generate`; a change here would be lost.

import type * as pulumi from "@pulumi/pulumi";

/**
 * Inputs of every Miget add-on. What is left out and has no default, Miget decides; after that it
 * is left alone. The facts about inputs are those of Miget's API reference and its own tools.
 */
export interface MigetCommonArgs {
  /**
   * UUID of the app that owns the add-on. An add-on lives on its app's resource and cannot move. A
   * change needs a replacement: an add-on cannot move to another app.
   */
  appUuid: pulumi.Input<string>;
  /**
   * Workspace to act in, sent as `X-Workspace-Id`. Default: the configuration's
   * `miget:workspaceId`. A change makes no call.
   */
  workspaceId?: pulumi.Input<string> | undefined;
  /**
   * Wanted identifier. The server appends a suffix; see the output `assignedName`. Default: the
   * Pulumi resource name. A change needs a replacement: the server gives the name once.
   */
  name?: pulumi.Input<string> | undefined;
  /**
   * Display name. Together with the type it is the natural key within the app. Default: `name`. A
   * change is made in place.
   */
  label?: pulumi.Input<string> | undefined;
  /** Disk, in GiB. It can only grow. A change is made in place, but a disk cannot shrink. */
  diskSize?: pulumi.Input<number> | undefined;
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

/** Inputs of the databases. */
export interface MigetDatabaseArgs extends MigetCommonArgs {
  /** Memory, in MiB. A change is made in place. */
  ramSize?: pulumi.Input<number> | undefined;
  /**
   * CPU, in cores. Small plans answer 0.1 cores whatever was sent; that is no drift. A change is
   * made in place.
   */
  cpuSize?: pulumi.Input<number> | undefined;
  /** Stop the database; it keeps its data. Default: `false`. A change is made in place. */
  paused?: pulumi.Input<boolean> | undefined;
  /**
   * Any new value rotates the password. Set at creation it rotates nothing. A change is made in
   * place.
   */
  passwordVersion?: pulumi.Input<string> | undefined;
  /**
   * Set the app's own variables, such as `DATABASE_URL`, to the add-on's URL after a rotation of
   * the password, and at once when this is switched on. Otherwise they keep the former password.
   * The call is known from the vendor's material only. A change is made in place.
   */
  syncAppVariables?: pulumi.Input<boolean> | undefined;
}

/** Inputs of a PostgreSQL add-on. */
export interface MigetPostgresArgs extends MigetDatabaseArgs {
  /**
   * Kind of add-on. In the program a literal, not an Output. A change needs a replacement: the type
   * of an add-on is fixed.
   */
  type: "postgres";
  /**
   * PostgreSQL major version, such as `17`. Required for its type. Which versions there are, the
   * server decides. A change needs a replacement: Miget has no upgrade in place.
   */
  postgresVersion: pulumi.Input<"18" | "17" | "16" | "15" | "14" | "13" | (string & {})>;
  /**
   * Whether the database can be reached from the internet. Default: `false`. A change is made in
   * place.
   */
  publicAccess?: pulumi.Input<boolean> | undefined;
  /** Nodes. More than one makes a high-availability cluster. A change is made in place. */
  instances?: pulumi.Input<1 | 3 | 5 | 7> | undefined;
  /**
   * An empty database, or a replica of a database elsewhere, which is always public. Setting
   * `"fresh"` promotes a replica: it leaves its source for good, and keeps its data. That call is
   * known from the vendor's material only. Default: `"fresh"`. A change is made in place, but how a
   * database begins is set at its creation; only `"fresh"`, written out, promotes a replica.
   */
  creationMode?: pulumi.Input<"fresh" | "external_replica"> | undefined;
  /**
   * Host of the source database; for `external_replica`. A change needs a replacement: where a
   * replica follows from is set at its creation.
   */
  externalHost?: pulumi.Input<string> | undefined;
  /**
   * Port of the source database. Default: `5432`. A change needs a replacement: where a replica
   * follows from is set at its creation.
   */
  externalPort?: pulumi.Input<number> | undefined;
  /**
   * How replication authenticates; for `external_replica`. A change needs a replacement: where a
   * replica follows from is set at its creation.
   */
  authType?: pulumi.Input<"password" | "tls"> | undefined;
  /**
   * Replication user; for `external_replica`. A change needs a replacement: where a replica follows
   * from is set at its creation.
   */
  replicationUsername?: pulumi.Input<string> | undefined;
  /**
   * Its password; for `authType: "password"`. Always secret. A change needs a replacement: where a
   * replica follows from is set at its creation.
   */
  replicationPassword?: pulumi.Input<string> | undefined;
  /**
   * CA certificate, PEM; for `authType: "tls"`. A change needs a replacement: where a replica
   * follows from is set at its creation.
   */
  caCrt?: pulumi.Input<string> | undefined;
  /**
   * Client certificate, PEM; for `authType: "tls"`. A change needs a replacement: where a replica
   * follows from is set at its creation.
   */
  tlsCrt?: pulumi.Input<string> | undefined;
  /**
   * Client key, PEM; for `authType: "tls"`. Always secret. A change needs a replacement: where a
   * replica follows from is set at its creation.
   */
  tlsKey?: pulumi.Input<string> | undefined;
  /**
   * Fall back to a WAL archive in S3. Default: `false`. A change needs a replacement: where a
   * replica follows from is set at its creation.
   */
  s3Enabled?: pulumi.Input<boolean> | undefined;
  /**
   * S3 endpoint; with `s3Enabled`. A change needs a replacement: where a replica follows from is
   * set at its creation.
   */
  s3Endpoint?: pulumi.Input<string> | undefined;
  /**
   * S3 bucket; with `s3Enabled`. A change needs a replacement: where a replica follows from is set
   * at its creation.
   */
  s3Bucket?: pulumi.Input<string> | undefined;
  /**
   * Path in the bucket; with `s3Enabled`. A change needs a replacement: where a replica follows
   * from is set at its creation.
   */
  s3Path?: pulumi.Input<string> | undefined;
  /**
   * S3 key id; with `s3Enabled`. Always secret. A change needs a replacement: where a replica
   * follows from is set at its creation.
   */
  s3AccessKey?: pulumi.Input<string> | undefined;
  /**
   * S3 secret; with `s3Enabled`. Always secret. A change needs a replacement: where a replica
   * follows from is set at its creation.
   */
  s3SecretKey?: pulumi.Input<string> | undefined;
}

/** Inputs of a MySQL add-on. */
export interface MigetMysqlArgs extends MigetDatabaseArgs {
  /**
   * Kind of add-on. In the program a literal, not an Output. A change needs a replacement: the type
   * of an add-on is fixed.
   */
  type: "mysql";
  /**
   * MySQL version, such as `8.2`. Required for its type. Which versions there are, the server
   * decides. A change needs a replacement: Miget has no upgrade in place.
   */
  mysqlVersion: pulumi.Input<"8.2" | "8.0" | (string & {})>;
}

/** Inputs of a Valkey add-on. */
export interface MigetValkeyArgs extends MigetDatabaseArgs {
  /**
   * Kind of add-on. In the program a literal, not an Output. A change needs a replacement: the type
   * of an add-on is fixed.
   */
  type: "valkey";
  /**
   * Valkey version, such as `7.2`. Required for its type. Which versions there are, the server
   * decides. A change needs a replacement: Miget has no upgrade in place.
   */
  valkeyVersion: pulumi.Input<"7.2" | "7" | (string & {})>;
}

/** Inputs of a volume of its own. */
export interface MigetVolumeArgs extends MigetCommonArgs {
  /**
   * Kind of add-on. In the program a literal, not an Output. A change needs a replacement: the type
   * of an add-on is fixed.
   */
  type: "storage";
  /** Not here: it stands for `mountPoint` and `storageAccess`. */
  serviceId?: never;
  /**
   * Absolute path in the container; needed without `serviceId`. A change needs a replacement: where
   * a volume is mounted is set at its creation.
   */
  mountPoint: pulumi.Input<string>;
  /**
   * One node or many nodes may write; needed without `serviceId`. A change needs a replacement:
   * where a volume is mounted is set at its creation.
   */
  storageAccess: pulumi.Input<"RWO" | "RWX">;
  /**
   * Folder of the volume to mount instead of its root, relative; with RWX only. A change needs a
   * replacement: where a volume is mounted is set at its creation.
   */
  subPath?: pulumi.Input<string> | undefined;
}

/** Inputs of a mount of a shared-storage service, which gives mount point and access. */
export interface MigetSharedVolumeArgs extends MigetCommonArgs {
  /**
   * Kind of add-on. In the program a literal, not an Output. A change needs a replacement: the type
   * of an add-on is fixed.
   */
  type: "storage";
  /**
   * Shared-storage service to mount. Mount point and access then come from it. A change needs a
   * replacement: where a volume is mounted is set at its creation.
   */
  serviceId: pulumi.Input<number>;
  /** Not here: it comes from `serviceId`. */
  mountPoint?: never;
  /** Not here: it comes from `serviceId`. */
  storageAccess?: never;
  /**
   * Folder of the volume to mount instead of its root, relative; with RWX only. A change needs a
   * replacement: where a volume is mounted is set at its creation.
   */
  subPath?: pulumi.Input<string> | undefined;
}

/** Inputs of {@link MigetAddon}, told apart by the literal `type`. */
export type MigetAddonArgs =
  MigetPostgresArgs | MigetMysqlArgs | MigetValkeyArgs | MigetVolumeArgs | MigetSharedVolumeArgs;
