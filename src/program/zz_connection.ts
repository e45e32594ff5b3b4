// Written by `npm run generate`; a change here would be lost.

/**
 * How to connect to an add-on, in one shape for both platforms. All of it is secret. A storage
 * add-on has none of it.
 */
export interface AddonConnection {
  /** Host inside the platform's network. */
  readonly host: string | undefined;
  /** Port inside the platform's network. */
  readonly port: number | undefined;
  /** Name of the database, or of the vhost of a message broker. */
  readonly database: string | undefined;
  /** User name; the access key of an object store. */
  readonly username: string | undefined;
  /** Password; the secret key of an object store. */
  readonly password: string | undefined;
  /** The ordinary client URL of the engine, complete and encoded: `postgres://…`, `redis://…`. */
  readonly uri: string | undefined;
  /** The address on the internet (`host`, `port`, `uri`), while external access is on. */
  readonly external: AddonAddress | undefined;
  /** URI of an administrator, where the platform gives one. */
  readonly adminUri: string | undefined;
  /** URI of the read-only replicas, where there are some. */
  readonly readOnlyUri: string | undefined;
  /** Where Sentinel is asked for the master: Redis with Sentinel has no `uri`. */
  readonly sentinel: AddonSentinel | undefined;
  /** Web page and API of a message broker's management. */
  readonly managementUrl: string | undefined;
}

/** Where an add-on can be reached from outside of the platform. */
export interface AddonAddress {
  /** Host name on the internet. */
  readonly host: string | undefined;
  /** Port there, which may be another than inside. */
  readonly port: number | undefined;
  /** With the credentials in it, like the inner one. */
  readonly uri: string | undefined;
}

/** What a Redis client that knows Sentinel needs, beside the password. */
export interface AddonSentinel {
  /** Host of the Sentinel processes. */
  readonly host: string;
  /** Port of the Sentinel processes. */
  readonly port: number;
  /** Name by which the master is asked for, where the platform gives one. */
  readonly masterName?: string | undefined;
}
