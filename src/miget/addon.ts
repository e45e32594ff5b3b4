import type * as pulumi from "@pulumi/pulumi";
import type { AddonConnection } from "../connection";
import { AddonResource, type ResourceKind } from "../resource";

/** An input that can be left out, also by giving it as `undefined`. */
type In<T> = pulumi.Input<T> | undefined;

/**
 * Inputs of every Miget add-on. What is left out and has no default, Miget decides; after that it is
 * left alone. The facts about inputs are those of Miget's API reference and its own tools.
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
  workspaceId?: In<string>;
  /**
   * Wanted identifier. The server appends a suffix; see the output `assignedName`. Default: the
   * Pulumi resource name. A change needs a replacement: the server gives the name once.
   */
  name?: In<string>;
  /**
   * Display name. Together with the type it is the natural key within the app. Default: `name`. A
   * change is made in place.
   */
  label?: In<string>;
  /** Disk, in GiB. It can only grow. A change is made in place, but a disk cannot shrink. */
  diskSize?: In<number>;
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
   * Wait until the add-on serves. With `false`, outputs that are not there yet come with the next
   * refresh or update. Default: `true`. A change makes no call.
   */
  waitForReady?: In<boolean>;
}

/** Inputs of the databases. */
export interface MigetDatabaseArgs extends MigetCommonArgs {
  /** Memory, in MiB. A change is made in place. */
  ramSize?: In<number>;
  /**
   * CPU, in cores. Small plans answer 0.1 cores whatever was sent; that is no drift. A change is
   * made in place.
   */
  cpuSize?: In<number>;
  /** Stop the database; it keeps its data. Default: `false`. A change is made in place. */
  paused?: In<boolean>;
  /**
   * Any new value rotates the password. Set at creation it rotates nothing. A change is made in
   * place.
   */
  passwordVersion?: In<string>;
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
  postgresVersion: pulumi.Input<string>;
  /**
   * Whether the database can be reached from the internet. Default: `false`. A change is made in
   * place.
   */
  publicAccess?: In<boolean>;
  /** Nodes. More than one makes a high-availability cluster. A change is made in place. */
  instances?: In<1 | 3 | 5 | 7>;
  /**
   * An empty database, or a replica of a database elsewhere, which is always public. Default:
   * `"fresh"`. A change needs a replacement: how a database begins is set at its creation.
   */
  creationMode?: In<"fresh" | "external_replica">;
  /**
   * Host of the source database; for `external_replica`. A change needs a replacement: where a
   * replica follows from is set at its creation.
   */
  externalHost?: In<string>;
  /**
   * Port of the source database. Default: `5432`. A change needs a replacement: where a replica
   * follows from is set at its creation.
   */
  externalPort?: In<number>;
  /**
   * How replication authenticates; for `external_replica`. A change needs a replacement: where a
   * replica follows from is set at its creation.
   */
  authType?: In<"password" | "tls">;
  /**
   * Replication user; for `external_replica`. A change needs a replacement: where a replica follows
   * from is set at its creation.
   */
  replicationUsername?: In<string>;
  /**
   * Its password; for `authType: "password"`. Always secret. A change needs a replacement: where a
   * replica follows from is set at its creation.
   */
  replicationPassword?: In<string>;
  /**
   * CA certificate, PEM; for `authType: "tls"`. A change needs a replacement: where a replica
   * follows from is set at its creation.
   */
  caCrt?: In<string>;
  /**
   * Client certificate, PEM; for `authType: "tls"`. A change needs a replacement: where a replica
   * follows from is set at its creation.
   */
  tlsCrt?: In<string>;
  /**
   * Client key, PEM; for `authType: "tls"`. Always secret. A change needs a replacement: where a
   * replica follows from is set at its creation.
   */
  tlsKey?: In<string>;
  /**
   * Fall back to a WAL archive in S3. Default: `false`. A change needs a replacement: where a
   * replica follows from is set at its creation.
   */
  s3Enabled?: In<boolean>;
  /**
   * S3 endpoint; with `s3Enabled`. A change needs a replacement: where a replica follows from is
   * set at its creation.
   */
  s3Endpoint?: In<string>;
  /**
   * S3 bucket; with `s3Enabled`. A change needs a replacement: where a replica follows from is set
   * at its creation.
   */
  s3Bucket?: In<string>;
  /**
   * Path in the bucket; with `s3Enabled`. A change needs a replacement: where a replica follows
   * from is set at its creation.
   */
  s3Path?: In<string>;
  /**
   * S3 key id; with `s3Enabled`. Always secret. A change needs a replacement: where a replica
   * follows from is set at its creation.
   */
  s3AccessKey?: In<string>;
  /**
   * S3 secret; with `s3Enabled`. Always secret. A change needs a replacement: where a replica
   * follows from is set at its creation.
   */
  s3SecretKey?: In<string>;
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
  mysqlVersion: pulumi.Input<string>;
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
  valkeyVersion: pulumi.Input<string>;
}

/** Inputs of a volume of its own. */
export interface MigetVolumeArgs extends MigetCommonArgs {
  /**
   * Kind of add-on. In the program a literal, not an Output. A change needs a replacement: the type
   * of an add-on is fixed.
   */
  type: "storage";
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
  subPath?: In<string>;
  /** Not here: a volume of its own mounts no service. */
  serviceId?: never;
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
  /**
   * Folder of the volume to mount instead of its root, relative; with RWX only. A change needs a
   * replacement: where a volume is mounted is set at its creation.
   */
  subPath?: In<string>;
  /** Not here: the service gives the mount point. */
  mountPoint?: never;
  /** Not here: the service says who may write. */
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
 * Every input is a property too, with its default filled in, and after a refresh with what the
 * platform has. The other properties come from Miget's answers.
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
  /**
   * UUID of the app that owns the add-on. An add-on lives on its app's resource and cannot move.
   */
  declare readonly appUuid: pulumi.Output<string>;
  /** Workspace to act in, sent as `X-Workspace-Id`. */
  declare readonly workspaceId: pulumi.Output<string | undefined>;
  /** Kind of add-on. In the program a literal, not an Output. */
  declare readonly type: pulumi.Output<"postgres" | "mysql" | "valkey" | "storage">;
  /** Wanted identifier. The server appends a suffix; see the output `assignedName`. */
  declare readonly name: pulumi.Output<string>;
  /** Display name. Together with the type it is the natural key within the app. */
  declare readonly label: pulumi.Output<string>;
  /** Memory, in MiB. */
  declare readonly ramSize: pulumi.Output<number | undefined>;
  /** CPU, in cores. Small plans answer 0.1 cores whatever was sent; that is no drift. */
  declare readonly cpuSize: pulumi.Output<number | undefined>;
  /** Disk, in GiB. It can only grow. */
  declare readonly diskSize: pulumi.Output<number | undefined>;
  /**
   * PostgreSQL major version, such as `17`. Required for its type. Which versions there are, the
   * server decides.
   */
  declare readonly postgresVersion: pulumi.Output<string | undefined>;
  /**
   * MySQL version, such as `8.2`. Required for its type. Which versions there are, the server
   * decides.
   */
  declare readonly mysqlVersion: pulumi.Output<string | undefined>;
  /**
   * Valkey version, such as `7.2`. Required for its type. Which versions there are, the server
   * decides.
   */
  declare readonly valkeyVersion: pulumi.Output<string | undefined>;
  /** Whether the database can be reached from the internet. */
  declare readonly publicAccess: pulumi.Output<boolean | undefined>;
  /** Nodes. More than one makes a high-availability cluster. */
  declare readonly instances: pulumi.Output<number | undefined>;
  /** An empty database, or a replica of a database elsewhere, which is always public. */
  declare readonly creationMode: pulumi.Output<"fresh" | "external_replica" | undefined>;
  /** Host of the source database; for `external_replica`. */
  declare readonly externalHost: pulumi.Output<string | undefined>;
  /** Port of the source database. */
  declare readonly externalPort: pulumi.Output<number | undefined>;
  /** How replication authenticates; for `external_replica`. */
  declare readonly authType: pulumi.Output<"password" | "tls" | undefined>;
  /** Replication user; for `external_replica`. */
  declare readonly replicationUsername: pulumi.Output<string | undefined>;
  /** Its password; for `authType: "password"`. Always secret. */
  declare readonly replicationPassword: pulumi.Output<string | undefined>;
  /** CA certificate, PEM; for `authType: "tls"`. */
  declare readonly caCrt: pulumi.Output<string | undefined>;
  /** Client certificate, PEM; for `authType: "tls"`. */
  declare readonly tlsCrt: pulumi.Output<string | undefined>;
  /** Client key, PEM; for `authType: "tls"`. Always secret. */
  declare readonly tlsKey: pulumi.Output<string | undefined>;
  /** Fall back to a WAL archive in S3. */
  declare readonly s3Enabled: pulumi.Output<boolean | undefined>;
  /** S3 endpoint; with `s3Enabled`. */
  declare readonly s3Endpoint: pulumi.Output<string | undefined>;
  /** S3 bucket; with `s3Enabled`. */
  declare readonly s3Bucket: pulumi.Output<string | undefined>;
  /** Path in the bucket; with `s3Enabled`. */
  declare readonly s3Path: pulumi.Output<string | undefined>;
  /** S3 key id; with `s3Enabled`. Always secret. */
  declare readonly s3AccessKey: pulumi.Output<string | undefined>;
  /** S3 secret; with `s3Enabled`. Always secret. */
  declare readonly s3SecretKey: pulumi.Output<string | undefined>;
  /** Shared-storage service to mount. Mount point and access then come from it. */
  declare readonly serviceId: pulumi.Output<number | undefined>;
  /** Absolute path in the container; needed without `serviceId`. */
  declare readonly mountPoint: pulumi.Output<string | undefined>;
  /** One node or many nodes may write; needed without `serviceId`. */
  declare readonly storageAccess: pulumi.Output<"RWO" | "RWX" | undefined>;
  /** Folder of the volume to mount instead of its root, relative; with RWX only. */
  declare readonly subPath: pulumi.Output<string | undefined>;
  /** Stop the database; it keeps its data. */
  declare readonly paused: pulumi.Output<boolean | undefined>;
  /** Any new value rotates the password. Set at creation it rotates nothing. */
  declare readonly passwordVersion: pulumi.Output<string | undefined>;
  /**
   * Take over an existing add-on instead of creating one: `true` for the one with this natural key,
   * a string for the one with that API id. Looked at when creating only.
   */
  declare readonly adopt: pulumi.Output<boolean | string>;
  /** Allow a change that deletes the add-on with its data and creates a new one. */
  declare readonly allowReplace: pulumi.Output<boolean>;
  /**
   * Wait until the add-on serves. With `false`, outputs that are not there yet come with the next
   * refresh or update.
   */
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
  /**
   * Connection environment variables by their names: what Miget gives the app, such as
   * `DATABASE_URL`. Secret. They stay while the add-on is paused, and change with the password.
   */
  declare readonly vars: pulumi.Output<Readonly<Record<string, string>>>;
  /**
   * How to connect, in the shape that both platforms have, made of what Miget answers. Secret. Empty
   * for a volume, and while Miget shows nothing.
   */
  declare readonly connection: pulumi.Output<AddonConnection>;
  /** `primary` or `replica`; PostgreSQL only. */
  declare readonly role: pulumi.Output<string | undefined>;
  /** The read replicas of a PostgreSQL primary, as the API returns them. */
  declare readonly replicas: pulumi.Output<readonly unknown[] | undefined>;
  /** When it was created, as ISO 8601. */
  declare readonly createdAt: pulumi.Output<string>;
  /** When it was last changed, as ISO 8601. */
  declare readonly updatedAt: pulumi.Output<string>;

  /**
   * Declares an add-on. What is wrong with the inputs is said in the preview, all of it together.
   *
   * @param name - Name of the Pulumi resource, and the add-on's `name` unless that is given.
   * @param args - What is wanted; `type` decides which inputs there are.
   * @param opts - Pulumi's resource options. `customTimeouts` is honoured; `import` cannot work for
   * dynamic resources, and `adopt` stands in for it.
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
   * @param name - Name of the Pulumi resource.
   * @param id - `<appUuid>/<uuid>`.
   * @param opts - Pulumi's resource options.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    opts?: pulumi.CustomResourceOptions,
  ): MigetAddon {
    return new MigetAddon(name, undefined, { ...opts, id });
  }
}
