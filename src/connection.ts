/**
 * How to connect to an add-on, in one shape for both platforms. All of it is secret. A storage
 * add-on has none of it.
 */
export interface AddonConnection {
  /** Host inside the platform's network. */
  readonly host?: string;
  readonly port?: number;
  /** Name of the database, or of the vhost of a message broker. */
  readonly database?: string;
  /** User name; the access key of an object store. */
  readonly username?: string;
  /** Password; the secret key of an object store. */
  readonly password?: string;
  /** The ordinary client URL of the engine, complete and encoded: `postgres://…`, `redis://…`. */
  readonly uri?: string;
  /** The address on the internet, while external access is on. */
  readonly external?: {
    readonly host?: string;
    readonly port?: number;
    readonly uri?: string;
  };
  /** URI of an administrator, where the platform gives one. */
  readonly adminUri?: string;
  /** URI of a read-only replica, where the platform gives one. */
  readonly readOnlyUri?: string;
}
