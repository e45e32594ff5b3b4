import type * as pulumi from "@pulumi/pulumi";
import type { AddonConnection } from "../connection";
import { AddonResource, type ResourceKind } from "../resource";

type In<T> = pulumi.Input<T> | undefined;

/** Inputs of every Miget add-on. */
export interface MigetCommonArgs {
  /** UUID of the app that owns the add-on. Changing it replaces the add-on. */
  appUuid: pulumi.Input<string>;
  /** Workspace to act in. Default: the configuration's `miget:workspaceId`. */
  workspaceId?: In<string>;
  /** Wanted identifier; the server appends a suffix. Default: the Pulumi resource name. Changing it replaces the add-on. */
  name?: In<string>;
  /** Display name; with the type, the natural key within the app. Default: `name`. */
  label?: In<string>;
  /** Disk in GiB. It can grow; a smaller one needs a replacement. */
  diskSize?: In<number>;
  /** Take over an existing add-on: `true` for the one with this type and label, or its UUID. Looked at when creating only. */
  adopt?: In<boolean | string>;
  /** Allow changes that delete the add-on with its data and create a new one. Default: false. */
  allowReplace?: In<boolean>;
  /** Wait until the add-on serves. Default: true. */
  waitForReady?: In<boolean>;
}

/** Inputs of the databases. */
export interface MigetDatabaseArgs extends MigetCommonArgs {
  /** Memory in MiB. */
  ramSize?: In<number>;
  /** CPU in cores. Small plans have 0.1 whatever is asked for. */
  cpuSize?: In<number>;
  /** Stop the database; it keeps its data. Default: false. */
  paused?: In<boolean>;
  /** Any new value rotates the password. Set at creation it rotates nothing. */
  passwordVersion?: In<string>;
}

/** Inputs of a PostgreSQL add-on. */
export interface MigetPostgresArgs extends MigetDatabaseArgs {
  type: "postgres";
  /** PostgreSQL major version, such as `17`. Changing it replaces the add-on. */
  postgresVersion: pulumi.Input<string>;
  /** Whether it can be reached from the internet. */
  publicAccess?: In<boolean>;
  /** Nodes; more than one makes a high-availability cluster. */
  instances?: In<1 | 3 | 5 | 7>;
  /** An empty database, or a replica of a database elsewhere. Default: `fresh`. This and what follows is set at creation. */
  creationMode?: In<"fresh" | "external_replica">;
  /** Host of the source database. */
  externalHost?: In<string>;
  /** Port of the source database. Default: 5432. */
  externalPort?: In<number>;
  /** How replication authenticates. */
  authType?: In<"password" | "tls">;
  /** Replication user. */
  replicationUsername?: In<string>;
  /** Its password, for `authType: "password"`. Always secret. */
  replicationPassword?: In<string>;
  /** CA certificate, for `authType: "tls"`. */
  caCrt?: In<string>;
  /** Client certificate, for `authType: "tls"`. */
  tlsCrt?: In<string>;
  /** Client key, for `authType: "tls"`. Always secret. */
  tlsKey?: In<string>;
  /** Fall back to a WAL archive in S3. */
  s3Enabled?: In<boolean>;
  s3Endpoint?: In<string>;
  s3Bucket?: In<string>;
  s3Path?: In<string>;
  /** Always secret. */
  s3AccessKey?: In<string>;
  /** Always secret. */
  s3SecretKey?: In<string>;
}

/** Inputs of a MySQL add-on. */
export interface MigetMysqlArgs extends MigetDatabaseArgs {
  type: "mysql";
  /** MySQL version, such as `8.2`. Changing it replaces the add-on. */
  mysqlVersion: pulumi.Input<string>;
}

/** Inputs of a Valkey add-on. */
export interface MigetValkeyArgs extends MigetDatabaseArgs {
  type: "valkey";
  /** Valkey version, such as `7.2`. Changing it replaces the add-on. */
  valkeyVersion: pulumi.Input<string>;
}

/** Inputs of a volume of its own. */
export interface MigetVolumeArgs extends MigetCommonArgs {
  type: "storage";
  /** Absolute path in the container. Changing it replaces the add-on. */
  mountPoint: pulumi.Input<string>;
  /** One node (`RWO`) or many nodes (`RWX`) may write. Changing it replaces the add-on. */
  storageAccess: pulumi.Input<"RWO" | "RWX">;
  /** Relative folder of the volume to mount instead of its root; with `RWX` only. */
  subPath?: In<string>;
  serviceId?: never;
}

/** Inputs of a mount of a shared-storage service, which gives mount point and access. */
export interface MigetSharedVolumeArgs extends MigetCommonArgs {
  type: "storage";
  /** The service's number. Changing it replaces the add-on. */
  serviceId: pulumi.Input<number>;
  /** Relative folder of the volume to mount instead of its root. */
  subPath?: In<string>;
  mountPoint?: never;
  storageAccess?: never;
}

/** Inputs of {@link MigetAddon}, told apart by the literal `type`. */
export type MigetAddonArgs =
  MigetPostgresArgs | MigetMysqlArgs | MigetValkeyArgs | MigetVolumeArgs | MigetSharedVolumeArgs;

const secretInputs = ["replicationPassword", "tlsKey", "s3AccessKey", "s3SecretKey"] as const;

/** @internal */
export const migetAddonKind = {
  type: "miget:Addon",
  providerModule: "pulumi-paas-addons/miget/provider",
  inputs: [
    "appUuid",
    "workspaceId",
    "type",
    "name",
    "label",
    "ramSize",
    "cpuSize",
    "diskSize",
    "postgresVersion",
    "mysqlVersion",
    "valkeyVersion",
    "publicAccess",
    "instances",
    "creationMode",
    "externalHost",
    "externalPort",
    "authType",
    "replicationUsername",
    "replicationPassword",
    "caCrt",
    "tlsCrt",
    "tlsKey",
    "s3Enabled",
    "s3Endpoint",
    "s3Bucket",
    "s3Path",
    "s3AccessKey",
    "s3SecretKey",
    "serviceId",
    "mountPoint",
    "storageAccess",
    "subPath",
    "paused",
    "passwordVersion",
    "adopt",
    "allowReplace",
    "waitForReady",
  ],
  outputs: [
    "uuid",
    "assignedName",
    "state",
    "quota",
    "settings",
    "vars",
    "connection",
    "role",
    "replicas",
    "createdAt",
    "updatedAt",
  ],
  secretInputs,
  secretOutputs: ["vars", "connection"],
} as const satisfies ResourceKind;

/**
 * A managed database or volume of a Miget app. Its Pulumi id is `<appUuid>/<uuid>`.
 *
 * @example
 * ```ts
 * const orders = new MigetAddon("orders", {
 *   appUuid: "00000000-0000-4000-8000-00000000a990",
 *   type: "postgres",
 *   postgresVersion: "17",
 *   ramSize: 256,
 *   diskSize: 1,
 * });
 * export const databaseUrl = orders.connection.uri;
 * ```
 */
export class MigetAddon extends AddonResource {
  declare readonly appUuid: pulumi.Output<string>;
  declare readonly workspaceId: pulumi.Output<string | undefined>;
  declare readonly type: pulumi.Output<"postgres" | "mysql" | "valkey" | "storage">;
  declare readonly name: pulumi.Output<string>;
  declare readonly label: pulumi.Output<string>;
  declare readonly ramSize: pulumi.Output<number | undefined>;
  declare readonly cpuSize: pulumi.Output<number | undefined>;
  declare readonly diskSize: pulumi.Output<number | undefined>;
  declare readonly postgresVersion: pulumi.Output<string | undefined>;
  declare readonly mysqlVersion: pulumi.Output<string | undefined>;
  declare readonly valkeyVersion: pulumi.Output<string | undefined>;
  declare readonly publicAccess: pulumi.Output<boolean | undefined>;
  declare readonly instances: pulumi.Output<number | undefined>;
  declare readonly creationMode: pulumi.Output<"fresh" | "external_replica" | undefined>;
  declare readonly externalHost: pulumi.Output<string | undefined>;
  declare readonly externalPort: pulumi.Output<number | undefined>;
  declare readonly authType: pulumi.Output<"password" | "tls" | undefined>;
  declare readonly replicationUsername: pulumi.Output<string | undefined>;
  declare readonly replicationPassword: pulumi.Output<string | undefined>;
  declare readonly caCrt: pulumi.Output<string | undefined>;
  declare readonly tlsCrt: pulumi.Output<string | undefined>;
  declare readonly tlsKey: pulumi.Output<string | undefined>;
  declare readonly s3Enabled: pulumi.Output<boolean | undefined>;
  declare readonly s3Endpoint: pulumi.Output<string | undefined>;
  declare readonly s3Bucket: pulumi.Output<string | undefined>;
  declare readonly s3Path: pulumi.Output<string | undefined>;
  declare readonly s3AccessKey: pulumi.Output<string | undefined>;
  declare readonly s3SecretKey: pulumi.Output<string | undefined>;
  declare readonly serviceId: pulumi.Output<number | undefined>;
  declare readonly mountPoint: pulumi.Output<string | undefined>;
  declare readonly storageAccess: pulumi.Output<"RWO" | "RWX" | undefined>;
  declare readonly subPath: pulumi.Output<string | undefined>;
  declare readonly paused: pulumi.Output<boolean | undefined>;
  declare readonly passwordVersion: pulumi.Output<string | undefined>;
  declare readonly adopt: pulumi.Output<boolean | string>;
  declare readonly allowReplace: pulumi.Output<boolean>;
  declare readonly waitForReady: pulumi.Output<boolean>;

  /** The add-on's UUID. */
  declare readonly uuid: pulumi.Output<string>;
  /** The name that the server gave: the wanted one with a suffix. */
  declare readonly assignedName: pulumi.Output<string>;
  /** The platform's own word, such as `healthy`, `bound` or `stopped`. */
  declare readonly state: pulumi.Output<string>;
  /** Allocated sizes as the API returns them: memory and disk in bytes, CPU in cores. */
  declare readonly quota: pulumi.Output<Readonly<Record<string, unknown>>>;
  /** Settings as the API returns them. */
  declare readonly settings: pulumi.Output<Readonly<Record<string, unknown>>>;
  /** Connection environment variables. Secret. */
  declare readonly vars: pulumi.Output<Readonly<Record<string, string>>>;
  /** How to connect. Secret. */
  declare readonly connection: pulumi.Output<AddonConnection>;
  /** `primary` or `replica`; PostgreSQL only. */
  declare readonly role: pulumi.Output<string | undefined>;
  /** The read replicas of a PostgreSQL primary, as the API returns them. */
  declare readonly replicas: pulumi.Output<readonly unknown[] | undefined>;
  /** ISO 8601. */
  declare readonly createdAt: pulumi.Output<string>;
  /** ISO 8601. */
  declare readonly updatedAt: pulumi.Output<string>;

  /**
   * Declares an add-on. What is wrong with the inputs is said in the preview, all of it together.
   *
   * @param name - Name of the Pulumi resource, and the add-on's `name` unless that is given.
   */
  constructor(name: string, args: MigetAddonArgs, opts?: pulumi.CustomResourceOptions);
  /** @internal */
  constructor(name: string, args: undefined, opts: pulumi.CustomResourceOptions);
  constructor(name: string, args: MigetAddonArgs | undefined, opts?: pulumi.CustomResourceOptions) {
    super(migetAddonKind, name, args, opts);
  }

  /**
   * Reads an existing add-on, without managing it. Fails if there is none.
   *
   * @param id - `<appUuid>/<uuid>`.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    opts?: pulumi.CustomResourceOptions,
  ): MigetAddon {
    return new MigetAddon(name, undefined, { ...opts, id });
  }
}
