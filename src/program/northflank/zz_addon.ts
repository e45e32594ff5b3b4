// Written by `npm run generate`; a change here would be lost.

import type * as pulumi from "@pulumi/pulumi";
import { AddonResource, type ResourceKind } from "../resource";
import type { AddonConnection } from "../zz_connection";
import type {
  NorthflankAddonArgs,
  NorthflankBackupSchedule,
  NorthflankBilling,
  NorthflankIpPolicy,
  NorthflankTypeSettings,
} from "./zz_args";

/** @internal */
export const northflankAddonKind = {
  type: "northflank:Addon",
  className: "NorthflankAddon",
  providerModule: "pulumi-paas-addons/northflank/provider",
  inputs: [
    "projectId",
    "teamId",
    "name",
    "type",
    "version",
    "description",
    "tags",
    "stageId",
    "billing",
    "infrastructure",
    "source",
    "customCredentials",
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
    "deletionProtection",
    "waitForReady",
  ],
  outputs: [
    "addonId",
    "appId",
    "uid",
    "state",
    "resolvedVersion",
    "lifecycleStatus",
    "vars",
    "credentials",
    "connection",
    "region",
    "cluster",
    "createdAt",
    "storage",
    "replicas",
    "upgrades",
    "discontinuedBy",
  ],
  secretInputs: [],
  secretOutputs: ["vars", "credentials", "connection"],
  plainOutputs: ["url", "host", "port", "username", "password", "database", "externalUrl"],
} as const satisfies ResourceKind;

/**
 * A managed database, cache, queue or object store of a Northflank project. Its Pulumi id is
 * `<projectId>/<addonId>`.
 *
 * Every input is a property too, with its default filled in, and after a refresh with what the
 * platform has. The other properties come from Northflank's answers.
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
  /** Project that holds the add-on. */
  declare readonly projectId: pulumi.Output<string>;
  /** Team whose paths are used; needed with tokens of an organisation. */
  declare readonly teamId: pulumi.Output<string | undefined>;
  /**
   * Display name, 3 to 39 characters. The server makes the add-on's id of it; names that differ
   * only in case, spaces or hyphens collide.
   */
  declare readonly name: pulumi.Output<string>;
  /**
   * Add-on type, such as `postgresql`, `mysql`, `mongodb`, `redis`, `minio`, `rabbitmq`. The list
   * is open.
   */
  declare readonly type: pulumi.Output<string>;
  /** Exact version (`16.4`) or a selector (`latest`, `16-latest`). Raising it upgrades in place. */
  declare readonly version: pulumi.Output<string>;
  /** Short free text, at most 200 characters. */
  declare readonly description: pulumi.Output<string | undefined>;
  /** Tags, which must exist already. Neither their order nor how often one stands there matters. */
  declare readonly tags: pulumi.Output<string[] | undefined>;
  /** Environment of the add-on. */
  declare readonly stageId: pulumi.Output<string | undefined>;
  /** Plan, disk and replicas. Most of it is changed in place; disk and replicas can only grow. */
  declare readonly billing: pulumi.Output<pulumi.Unwrap<NorthflankBilling>>;
  /** Processor architecture. */
  declare readonly infrastructure: pulumi.Output<{ architecture?: "x86" | "arm" } | undefined>;
  /**
   * Backup that the new add-on starts from: of another add-on by `addonId` and `backupId`, or by
   * `backupUid`.
   */
  declare readonly source: pulumi.Output<Readonly<Record<string, string>> | undefined>;
  /** Name of the database, or of the vhost, where the type allows to choose it. */
  declare readonly customCredentials: pulumi.Output<{ dbName?: string } | undefined>;
  /** Labels and annotations. */
  declare readonly metadata: pulumi.Output<Readonly<Record<string, unknown>> | undefined>;
  /** TLS, where the type has it. */
  declare readonly tlsEnabled: pulumi.Output<boolean | undefined>;
  /** Public endpoint. Needs `tlsEnabled`, excludes `vpcAccessible`. */
  declare readonly externalAccessEnabled: pulumi.Output<boolean | undefined>;
  /**
   * Endpoint on the private load balancer. Needs `tlsEnabled`, excludes `externalAccessEnabled`.
   */
  declare readonly vpcAccessible: pulumi.Output<boolean | undefined>;
  /** Who may connect from outside. Order and spelling of addresses do not matter. */
  declare readonly ipPolicies: pulumi.Output<pulumi.Unwrap<NorthflankIpPolicy>[] | undefined>;
  /** Settings that only add-ons of one type have. */
  declare readonly typeSpecificSettings: pulumi.Output<
    pulumi.Unwrap<NorthflankTypeSettings> | undefined
  >;
  /**
   * When backups are made and how many days they are kept. At most three, one per interval and
   * type.
   */
  declare readonly backupSchedules: pulumi.Output<
    pulumi.Unwrap<NorthflankBackupSchedule>[] | undefined
  >;
  /** Pause the add-on; it keeps its data. */
  declare readonly paused: pulumi.Output<boolean>;
  /** Any new value rotates the credentials. Set at creation it rotates nothing. */
  declare readonly passwordVersion: pulumi.Output<string | undefined>;
  /** The former credentials stay valid until this is false. */
  declare readonly keepOldPassword: pulumi.Output<boolean>;
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
  /** The add-on's id in the API: a slug of its name. */
  declare readonly addonId: pulumi.Output<string>;
  /** Full identifier, `/team/project/addon`. */
  declare readonly appId: pulumi.Output<string>;
  /** The platform's unique id, where it gives one; it differs when an add-on is made again. */
  declare readonly uid: pulumi.Output<string | undefined>;
  /** The platform's own word, such as `running` or `paused`. */
  declare readonly state: pulumi.Output<string>;
  /** The exact version that runs. */
  declare readonly resolvedVersion: pulumi.Output<string | undefined>;
  /** Support of that version: `active`, `deprecated` or `discontinued`. */
  declare readonly lifecycleStatus: pulumi.Output<string | undefined>;
  /**
   * All credentials by their names, `envs` and `secrets` merged. They stay while the add-on is
   * paused, and change when credentials are rotated. Secret.
   */
  declare readonly vars: pulumi.Output<Readonly<Record<string, string>>>;
  /** The credentials as the API returns them. Secret. */
  declare readonly credentials: pulumi.Output<{
    readonly envs?: Readonly<Record<string, unknown>>;
    readonly secrets?: Readonly<Record<string, unknown>>;
  }>;
  /**
   * How to connect, in the shape that both platforms have, made of the credentials. Empty while
   * there are none. Secret.
   */
  declare readonly connection: pulumi.Output<AddonConnection>;
  /** Region of the project. */
  declare readonly region: pulumi.Output<string | undefined>;
  /** Id of the cluster that it runs in. */
  declare readonly cluster: pulumi.Output<string | undefined>;
  /** When it was created, as ISO 8601. */
  declare readonly createdAt: pulumi.Output<string | undefined>;
  /** Actual disk of each replica in MB. */
  declare readonly storage: pulumi.Output<number | undefined>;
  /** Actual number of replicas. */
  declare readonly replicas: pulumi.Output<number | undefined>;
  /** Where the version is not `active`: what it can be upgraded to, such as `17.2 (major)`. */
  declare readonly upgrades: pulumi.Output<readonly string[] | undefined>;
  /** Where the version is not `active`: when its support ends, as Northflank writes it. */
  declare readonly discontinuedBy: pulumi.Output<string | undefined>;

  /**
   * Declares an add-on. What is wrong with the inputs is said in the preview, all of it together.
   *
   * @param name - Name of the Pulumi resource, and the add-on's `name` unless that is given.
   * @param args - What is wanted.
   * @param opts - Pulumi's resource options. `customTimeouts` is honoured; `import` cannot work for
   * dynamic resources, and `adopt` stands in for it.
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
   * @param id - `<projectId>/<addonId>`.
   * @param opts - Pulumi's resource options.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    opts?: pulumi.CustomResourceOptions,
  ): NorthflankAddon {
    return new this(name, undefined, { ...opts, id });
  }
}
