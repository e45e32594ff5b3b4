import { DEFAULT_APP, DEFAULT_PROJECT } from "../../emulator/index";
import type { Args, Declared } from "../program";

/** A program of the user, and what running it may do to the add-ons that are there. */
export interface Chapter {
  readonly title: "create" | "change" | "replace";
  readonly declared: readonly Declared[];
  /** Add-ons that this program creates, or makes anew with the user's leave. */
  readonly born: readonly string[];
  /** Add-ons that it removes or replaces with the user's leave. */
  readonly ended: readonly string[];
}

type Column = Args | undefined;

/** What is declared of an add-on in each chapter; undefined: nothing. */
interface Line {
  readonly name: string;
  readonly class: Declared["class"];
  readonly args: Args;
  readonly chapters: readonly [Column, Column, Column];
}

function miget(name: string, args: Args, ...chapters: Line["chapters"]): Line {
  return { name, class: "MigetAddon", args: { appUuid: DEFAULT_APP, ...args }, chapters };
}

function northflank(name: string, args: Args, ...chapters: Line["chapters"]): Line {
  const scope = { projectId: DEFAULT_PROJECT };
  return { name, class: "NorthflankAddon", args: { ...scope, ...args }, chapters };
}

const small = { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 };
const large = { ...small, storage: 12288 };
const tiny = { ...small, storage: 4096 };

/**
 * Ten add-ons, five of each platform: they are created; then changed by every kind of step that an
 * update has; then started again, rotated again, replaced and removed.
 */
const lines: readonly Line[] = [
  miget(
    "orders",
    { type: "postgres", postgresVersion: "17" },
    { ramSize: 256 },
    { ramSize: 512, label: "Orders" },
    { ramSize: 512, label: "Orders", passwordVersion: "2" },
  ),
  miget(
    "ledger",
    { type: "postgres", postgresVersion: "16", diskSize: 1 },
    {},
    { paused: true },
    { paused: false },
  ),
  miget(
    "shop",
    { type: "mysql", mysqlVersion: "8.2" },
    { diskSize: 0.5 },
    { diskSize: 2, passwordVersion: "2" },
    { diskSize: 2, passwordVersion: "2", paused: true },
  ),
  miget(
    "queue",
    { type: "valkey", label: "Queue" },
    { valkeyVersion: "7.2" },
    { valkeyVersion: "7.2", ramSize: 64 },
    { valkeyVersion: "7", ramSize: 64, allowReplace: true },
  ),
  miget(
    "uploads",
    { type: "storage", mountPoint: "/data", storageAccess: "RWO" },
    { diskSize: 1 },
    { diskSize: 2 },
    undefined,
  ),
  northflank(
    "billing-db",
    { type: "postgresql" },
    { version: "15-latest", billing: small },
    { version: "16-latest", billing: large, description: "Invoices" },
    { version: "16-latest", billing: large, description: "Invoices", paused: true },
  ),
  northflank(
    "sessions",
    { type: "redis", version: "latest", billing: small },
    {},
    { passwordVersion: "2", keepOldPassword: false },
    { passwordVersion: "3", keepOldPassword: false, tags: ["shop"] },
  ),
  northflank(
    "catalog",
    { type: "mongodb", version: "latest", billing: small },
    {},
    { paused: true, description: "Sleeps at night" },
    { paused: false, description: "Awake" },
  ),
  northflank(
    "mail-queue",
    { type: "rabbitmq", version: "latest" },
    { billing: small },
    { billing: small, description: "Letters" },
    { billing: tiny, description: "Letters", allowReplace: true },
  ),
  northflank(
    "stock",
    { type: "mysql", version: "latest", billing: small },
    {},
    { passwordVersion: "2" },
    undefined,
  ),
];

export const names = lines.map(({ name }) => name);

function declaredIn(chapter: 0 | 1 | 2): Declared[] {
  return lines.flatMap(({ name, class: kind, args, chapters }) => {
    const own = chapters[chapter];
    return own === undefined ? [] : [{ name, class: kind, args: { ...args, ...own } }];
  });
}

/** The chapters of one life, in their order; what comes after them is destroyed. */
export const chapters: readonly Chapter[] = [
  { title: "create", declared: declaredIn(0), born: names, ended: [] },
  { title: "change", declared: declaredIn(1), born: [], ended: [] },
  {
    title: "replace",
    declared: declaredIn(2),
    born: ["queue", "mail-queue"],
    ended: ["queue", "mail-queue", "uploads", "stock"],
  },
];
