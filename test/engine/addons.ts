import { numberAt, objectAt, stringAt } from "../contract/json";
import {
  DEFAULT_APP,
  DEFAULT_PROJECT,
  type Emulator,
  type MigetAddonFacts,
  type NorthflankAddonFacts,
} from "../emulator/index";
import { connectionUrl } from "../emulator/miget/connection";
import { credentials } from "../emulator/northflank/credentials";
import { recordAt, textOf } from "../support/json";
import type { Args, Declared } from "./program";

/** One add-on of the table, and what is changed about it in the course of its life. */
export interface Row {
  readonly name: string;
  readonly class: Declared["class"];
  readonly args: Args;
  /** Inputs that are changed in place, and what the platform has afterwards. */
  readonly update: Args;
  /** What `seen` is before and after the update. */
  readonly expected: readonly [unknown, unknown];
  /** What the platform itself has of the changed input. */
  readonly seen: (emulator: Emulator) => unknown;
  /** Somebody changes it elsewhere: the input that is seen to differ. */
  readonly drift: { readonly input: string; readonly make: (emulator: Emulator) => void };
  /** Inputs that need a replacement. */
  readonly replace: Args;
  /** What connects, by the platform itself; undefined for a volume. */
  readonly uri: (emulator: Emulator) => string | undefined;
  /** What tells it from one that is made anew. */
  readonly identity: (emulator: Emulator) => string;
  /** Somebody deletes it elsewhere. */
  readonly remove: (emulator: Emulator) => void;
  /** The platform's words for ready and for paused. */
  readonly words: { readonly ready: string; readonly paused: string };
}

/** The one of that type; the table has one of each. */
export function migetAddon(emulator: Emulator, type: string): MigetAddonFacts {
  return only(
    emulator.miget.addons().filter((addon) => addon.type === type),
    `Miget ${type}`,
  );
}

export function northflankAddon(emulator: Emulator, type: string): NorthflankAddonFacts {
  const found = emulator.northflank.addons().filter((addon) => addon.type === type);
  return only(found, `Northflank ${type}`);
}

function only<T>(found: readonly T[], what: string): T {
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new Error(`there are ${String(found.length)} add-ons of ${what}, not one`);
  }
  return first;
}

type Changes = Pick<Row, "name" | "args" | "update" | "expected" | "replace"> & {
  readonly drift: string;
};

function miget(
  type: string,
  changes: Changes,
  drift: Parameters<Emulator["miget"]["change"]>[1],
  seen: (addon: MigetAddonFacts) => unknown,
): Row {
  const find = (emulator: Emulator) => migetAddon(emulator, type);
  return {
    ...changes,
    class: "MigetAddon",
    args: { appUuid: DEFAULT_APP, type, ...changes.args },
    seen: (emulator) => seen(find(emulator)),
    drift: {
      input: changes.drift,
      make: (emulator) => emulator.miget.change(find(emulator).uuid, drift),
    },
    uri: (emulator) => {
      const addon = find(emulator);
      return type === "storage" ? undefined : connectionUrl(addon, addon.password);
    },
    identity: (emulator) => find(emulator).uuid,
    remove: (emulator) => emulator.miget.remove(find(emulator).uuid),
    words: { ready: type === "storage" ? "bound" : "healthy", paused: "stopped" },
  };
}

function northflank(
  type: string,
  changes: Changes,
  uriKey: string,
  drift: Parameters<Emulator["northflank"]["change"]>[1],
  seen: (addon: NorthflankAddonFacts) => unknown,
): Row {
  const find = (emulator: Emulator) => northflankAddon(emulator, type);
  return {
    ...changes,
    class: "NorthflankAddon",
    args: { projectId: DEFAULT_PROJECT, type, ...changes.args },
    seen: (emulator) => seen(find(emulator)),
    drift: {
      input: changes.drift,
      make: (emulator) => emulator.northflank.change(find(emulator).id, drift),
    },
    uri: (emulator) => {
      const answer = credentials(find(emulator), Date.now());
      return textOf(recordAt(answer, "envs")[uriKey]);
    },
    identity: (emulator) => find(emulator).uid,
    remove: (emulator) => emulator.northflank.remove(find(emulator).id),
    words: { ready: "running", paused: "paused" },
  };
}

const billing = { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 };

const access = { tlsEnabled: true, externalAccessEnabled: false };

/** One add-on of each kind that differs, over both platforms. */
export const rows: readonly Row[] = [
  miget(
    "postgres",
    {
      name: "orders",
      args: { postgresVersion: "17", ramSize: 256, diskSize: 1 },
      update: { ramSize: 512 },
      expected: [256, 512],
      drift: "ramSize",
      replace: { postgresVersion: "18" },
    },
    { ram_size: 1024 },
    ({ ramMib }) => ramMib,
  ),
  miget(
    "mysql",
    {
      name: "shop",
      args: { mysqlVersion: "8.2", diskSize: 0.5, label: "Shop" },
      update: { diskSize: 2 },
      expected: [0.5, 2],
      drift: "label",
      replace: { mysqlVersion: "8.0" },
    },
    { label: "Elsewhere" },
    ({ diskGib }) => diskGib,
  ),
  miget(
    "valkey",
    {
      name: "queue",
      args: { valkeyVersion: "7.2", label: "Queue", ramSize: 32 },
      update: { label: "Jobs" },
      expected: ["Queue", "Jobs"],
      drift: "ramSize",
      replace: { valkeyVersion: "7" },
    },
    { ram_size: 64 },
    ({ label }) => label,
  ),
  miget(
    "storage",
    {
      name: "uploads",
      args: { mountPoint: "/data", storageAccess: "RWO", diskSize: 1 },
      update: { diskSize: 2 },
      expected: [1, 2],
      drift: "label",
      replace: { mountPoint: "/uploads" },
    },
    { label: "Elsewhere" },
    ({ diskGib }) => diskGib,
  ),
  northflank(
    "postgresql",
    {
      name: "billing-db",
      args: { version: "16-latest", billing, description: "Invoices" },
      update: { billing: { ...billing, storage: 12288 } },
      expected: [6144, 12288],
      drift: "description",
      replace: { version: "15-latest" },
    },
    "POSTGRES_URI",
    { description: "changed elsewhere" },
    ({ input }) => numberAt(objectAt(input, "billing"), "storage"),
  ),
  northflank(
    "redis",
    {
      name: "sessions",
      args: { version: "latest", billing, description: "Sessions", ...access },
      update: { description: "Sessions of the shop" },
      expected: ["Sessions", "Sessions of the shop"],
      drift: "externalAccessEnabled",
      replace: { billing: { ...billing, storage: 4096 } },
    },
    "REDIS_MASTER_URL",
    { externalAccessEnabled: true },
    ({ input }) => stringAt(input, "description"),
  ),
];

export const names = rows.map(({ name }) => name);
export const databases = rows.filter(({ args }) => args.type !== "storage");

/** The table's add-ons as they are declared, with further inputs and options where wanted. */
export function declared(
  more: (row: Row) => Args = () => ({}),
  options: (row: Row) => Args = () => ({}),
): Declared[] {
  return rows.map((row) => ({
    name: row.name,
    class: row.class,
    args: { ...row.args, ...more(row) },
    options: options(row),
  }));
}
