import type { Shape, Struct } from "./shape";
import { at, isRecord, type Props } from "./values";

/** One output of a resource, as one row of its platform's table. */
export interface Output<E> {
  /** What it is, in a sentence, for the documentation. */
  readonly doc: string;
  readonly shape: Shape;
  /** `ready`: once the add-on has been ready. `optional`: where the platform tells it. */
  readonly presence: "always" | "ready" | "optional";
  /**
   * The platform's answer to its value. Without it, it comes with the connection data, and stays while
   * the platform does not show it, as for a paused add-on.
   */
  readonly observe?: (addon: E) => unknown;
  readonly secret?: true;
  /** Known to stay as it is through any update. */
  readonly isStable?: true;
  /** TypeScript's type of it, where the shape says less. */
  readonly readAs?: string;
}

export type OutputTable<E> = Readonly<Record<string, Output<E>>>;

/** The outputs that an answer about the add-on holds. */
export function outputsIn<E>(table: OutputTable<E>, addon: E): Props {
  return Object.fromEntries(
    Object.entries(table).flatMap(([name, { observe }]) => {
      return observe === undefined ? [] : [[name, observe(addon)]];
    }),
  );
}

export function namesOfSticky(table: OutputTable<never>): string[] {
  return Object.keys(table).filter((name) => table[name]?.observe === undefined);
}

const text: Shape = { type: "string" };
const port: Shape = { type: "integer" };
const open = (shape: Shape, doc: string) =>
  ({ shape, doc, isOptional: false, isOpen: true }) as const;

const address: Struct = {
  type: "struct",
  named: {
    name: "AddonAddress",
    doc: "Where an add-on can be reached from outside of the platform.",
    isShared: true,
  },
  properties: {
    host: open(text, "Host name on the internet."),
    port: open(port, "Port there, which may be another than inside."),
    uri: { ...open(text, "With the credentials in it, like the inner one."), secret: true },
  },
};

const sentinel: Struct = {
  type: "struct",
  named: {
    name: "AddonSentinel",
    doc: "What a Redis client that knows Sentinel needs, beside the password.",
    isShared: true,
  },
  properties: {
    host: { shape: text, doc: "Host of the Sentinel processes.", isOptional: false },
    port: { shape: port, doc: "Port of the Sentinel processes.", isOptional: false },
    masterName: {
      shape: text,
      doc: "Name by which the master is asked for, where the platform gives one.",
      isOptional: true,
    },
  },
};

export const connection: Struct = {
  type: "struct",
  named: {
    name: "AddonConnection",
    doc: "How to connect to an add-on, in one shape for both platforms. All of it is secret. A storage add-on has none of it.",
    isShared: true,
  },
  properties: {
    host: open(text, "Host inside the platform's network."),
    port: open(port, "Port inside the platform's network."),
    database: open(text, "Name of the database, or of the vhost of a message broker."),
    username: open(text, "User name; the access key of an object store."),
    password: {
      ...open(text, "Password; the secret key of an object store."),
      secret: true,
    },
    uri: {
      ...open(
        text,
        "The ordinary client URL of the engine, complete and encoded: `postgres://…`, `redis://…`.",
      ),
      secret: true,
    },
    external: open(
      address,
      "The address on the internet (`host`, `port`, `uri`), while external access is on.",
    ),
    adminUri: {
      ...open(text, "URI of an administrator, where the platform gives one."),
      secret: true,
    },
    readOnlyUri: {
      ...open(text, "URI of the read-only replicas, where there are some."),
      secret: true,
    },
    sentinel: open(
      sentinel,
      "Where Sentinel is asked for the master: Redis with Sentinel has no `uri`.",
    ),
    managementUrl: open(text, "Web page and API of a message broker's management."),
  },
};

/** A part of `connection` as an output of its own, for programs that need no more. */
export interface Part {
  readonly doc: string;
  readonly type: "string" | "number";
  /** Dotted path in `connection`. */
  readonly path: string;
}

const partOf = (path: string, doc = connection.properties[path]?.doc ?? ""): Part => {
  return { path, doc, type: path === "port" ? "number" : "string" };
};

/** All secret, and always there: an empty text, or 0, where the add-on has none. */
export const parts: Readonly<Record<string, Part>> = {
  url: partOf("uri", "The ordinary client URL, complete and encoded."),
  host: partOf("host"),
  port: partOf("port"),
  username: partOf("username"),
  password: partOf("password"),
  database: partOf("database"),
  externalUrl: partOf(
    "external.uri",
    "The client URL from the internet, while external access is on.",
  ),
};

/** The parts of a connection that is known. */
export function partsIn(known: unknown): Props {
  const from = isRecord(known) ? known : {};
  return Object.fromEntries(
    Object.entries(parts).map(([name, { path, type }]) => {
      return [name, at(from, path) ?? (type === "number" ? 0 : "")];
    }),
  );
}
