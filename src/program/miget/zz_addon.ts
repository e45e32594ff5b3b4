// Written by `npm run generate`; a change here would be lost.

import type * as pulumi from "@pulumi/pulumi";
import { AddonResource, type ResourceKind } from "../resource";
import type { AddonConnection } from "../zz_connection";
import type { MigetAddonArgs } from "./zz_args";

/** @internal */
export const migetAddonKind = {
  type: "miget:Addon",
  className: "MigetAddon",
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
    "syncAppVariables",
    "adopt",
    "allowReplace",
    "deletionProtection",
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
  secretInputs: ["replicationPassword", "tlsKey", "s3AccessKey", "s3SecretKey"],
  secretOutputs: ["vars", "connection"],
  plainOutputs: ["url", "host", "port", "username", "password", "database", "externalUrl"],
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
  /**
   * An empty database, or a replica of a database elsewhere, which is always public. Setting
   * `"fresh"` promotes a replica: it leaves its source for good, and keeps its data. That call is
   * known from the vendor's material only.
   */
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
   * Set the app's own variables, such as `DATABASE_URL`, to the add-on's URL after a rotation of
   * the password, and at once when this is switched on. Otherwise they keep the former password.
   * The call is known from the vendor's material only.
   */
  declare readonly syncAppVariables: pulumi.Output<boolean | undefined>;
  /**
   * Take over an existing add-on instead of creating one: `true` for the one with this natural key,
   * a string for the one with that API id. It counts only at creation.
   */
  declare readonly adopt: pulumi.Output<boolean | string>;
  /** Allow a change that deletes the add-on with its data and creates a new one. */
  declare readonly allowReplace: pulumi.Output<boolean>;
  /**
   * Refuse to delete the add-on while this is true in the state: by `pulumi destroy`, by removal
   * from the program, and by a replacement. Taking it down needs two runs: set it to `false`,
   * `pulumi up`, then delete.
   */
  declare readonly deletionProtection: pulumi.Output<boolean>;
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
   * `DATABASE_URL`. They stay while the add-on is paused, and change with the password. Secret.
   */
  declare readonly vars: pulumi.Output<Readonly<Record<string, string>>>;
  /**
   * How to connect, in the shape that both platforms have, made of what Miget answers. Empty for a
   * volume, and while Miget shows nothing. Secret.
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

  /** The ordinary client URL, complete and encoded. Secret. Empty where the add-on has none. */
  get url(): pulumi.Output<string> {
    return this.part((connection) => connection.uri ?? "");
  }

  /** Host inside the platform's network. Secret. Empty where the add-on has none. */
  get host(): pulumi.Output<string> {
    return this.part((connection) => connection.host ?? "");
  }

  /** Port inside the platform's network. Secret. 0 where the add-on has none. */
  get port(): pulumi.Output<number> {
    return this.part((connection) => connection.port ?? 0);
  }

  /** User name; the access key of an object store. Secret. Empty where the add-on has none. */
  get username(): pulumi.Output<string> {
    return this.part((connection) => connection.username ?? "");
  }

  /** Password; the secret key of an object store. Secret. Empty where the add-on has none. */
  get password(): pulumi.Output<string> {
    return this.part((connection) => connection.password ?? "");
  }

  /**
   * Name of the database, or of the vhost of a message broker. Secret. Empty where the add-on has
   * none.
   */
  get database(): pulumi.Output<string> {
    return this.part((connection) => connection.database ?? "");
  }

  /**
   * The client URL from the internet, while external access is on. Secret. Empty where the add-on
   * has none.
   */
  get externalUrl(): pulumi.Output<string> {
    return this.part((connection) => connection.external?.uri ?? "");
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
    return new this(name, undefined, { ...opts, id });
  }
}
