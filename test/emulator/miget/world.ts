import type { JsonObject } from "../../contract/json";
import { History } from "../history";
import type { EmulatorSettings } from "../options";
import type { Random } from "../random";
import { continueWith, valueAt, type Timeline } from "../timeline";
import { isConnected, connectionDetails, ownVariables } from "./connection";
import { newAddon, type Addon, type AddonType } from "./addon";

export interface App {
  readonly uuid: string;
  readonly name: string;
  readonly workspaceId: string;
  /** Variables that the user set, by key. */
  readonly vars: Map<string, string>;
}

/** What the app's resource has room for; undefined: more than anybody asks for. */
export interface Capacity {
  readonly ramMib?: number;
  readonly diskGib?: number;
}

export const DEFAULT_APP = "00000000-0000-4000-8000-00000000a990";
export const DEFAULT_WORKSPACE = "00000000-0000-4000-8000-000000000f00";

const bytes = (size: number, unit: number) => Math.floor(size * unit);
const iso = (ms: number) => new Date(ms).toISOString();

/** Everything that Miget knows: workspaces, apps, add-ons. */
export class MigetWorld {
  readonly apps = new Map<string, App>();
  readonly addons = new History<Addon>();
  readonly tokens = new Set(["miget_live_not-a-real-token"]);
  readonly permissions = new Set(["apps:view", "apps:operate", "apps:manage"]);
  readonly workspaces = new Set([DEFAULT_WORKSPACE]);
  suspended = false;
  freePlan = false;
  capacity: Capacity = {};
  /** The state in which the next created add-on ends instead of the ready one. */
  nextOutcome: string | undefined;

  constructor(
    readonly settings: EmulatorSettings,
    readonly random: Random,
  ) {}

  addApp(uuid: string, workspaceId: string): App {
    const app = {
      uuid,
      name: `demo-${this.random.suffix()}`,
      workspaceId,
      vars: new Map<string, string>(),
    };
    this.apps.set(uuid, app);
    return app;
  }

  create(appUuid: string, type: AddonType, body: JsonObject, now: number, seeded = false): Addon {
    const addon = newAddon({
      appUuid,
      type,
      body,
      alias: this.freeAlias(appUuid, type),
      now,
      settings: this.settings,
      random: this.random,
      seeded,
      outcome: seeded ? undefined : this.nextOutcome,
    });
    if (!seeded) this.nextOutcome = undefined;
    return this.put(addon, now);
  }

  put(addon: Addon, now: number): Addon {
    const publicAt = addon.publicAccess
      ? (addon.publicAt ?? Math.max(now, addon.connectedAt))
      : undefined;
    const kept = { ...addon, publicAt };
    this.addons.put(addon.uuid, kept, now);
    return kept;
  }

  /** A primary takes its replicas along. */
  remove(addon: Addon, now: number): void {
    for (const replica of this.replicasOf(addon)) this.addons.put(replica.uuid, undefined, now);
    this.addons.put(addon.uuid, undefined, now);
  }

  addonsOf(appUuid: string, at = Number.POSITIVE_INFINITY): Addon[] {
    return this.addons.list(at).filter((addon) => addon.appUuid === appUuid);
  }

  replicasOf(addon: Addon): Addon[] {
    return this.addons.current().filter((other) => other.primaryUuid === addon.uuid);
  }

  state(addon: Addon, at: number): string {
    return valueAt(addon.states, at, "pending");
  }

  withStates(addon: Addon, now: number, next: Timeline<string>): Addon {
    return { ...addon, states: continueWith(addon.states, now, next), updatedAt: now };
  }

  /** The add-on as the API shows it; `single`: as in a read of this one alone. */
  entity(addon: Addon, at: number, single: boolean): JsonObject {
    const { settings } = this;
    const withConnection = single || settings.migetListConnection;
    return {
      uuid: addon.uuid,
      name: addon.name,
      type: addon.type,
      label: addon.label,
      state: this.state(addon, at),
      quota: this.quota(addon),
      settings: addon.settings,
      var: ownVariables(addon, at, settings),
      created_at: iso(addon.createdAt),
      updated_at: iso(addon.updatedAt),
      role: addon.role,
      ...(addon.role !== null && { primary_addon_uuid: addon.primaryUuid ?? null }),
      ...(single && addon.role === "primary" && { replicas: this.replicaRefs(addon, at) }),
      ...(withConnection && { connection_details: connectionDetails(addon, at, settings) }),
    };
  }

  isConnected(addon: Addon, at: number): boolean {
    return isConnected(addon, at);
  }

  private replicaRefs(addon: Addon, at: number): JsonObject[] {
    return this.replicasOf(addon).map((replica) => ({
      uuid: replica.uuid,
      name: replica.name,
      label: replica.label,
      state: this.state(replica, at),
    }));
  }

  private quota(addon: Addon): JsonObject {
    const disk = { disk_size: bytes(addon.diskGib, 1024 ** 3) };
    if (addon.type === "storage") return disk;
    const cpu = this.settings.migetSmallPlans ? 0.1 : addon.cpuCores;
    return { ram_size: bytes(addon.ramMib, 1024 ** 2), cpu_size: cpu, ...disk };
  }

  /** The shared variable a new database gets, unless the app has that key, compared without case. */
  private freeAlias(appUuid: string, type: AddonType): string | undefined {
    if (type === "storage") return undefined;
    const alias = type === "valkey" ? "REDIS_URL" : "DATABASE_URL";
    const keys = [...(this.apps.get(appUuid)?.vars.keys() ?? [])];
    const taken =
      keys.some((key) => key.toUpperCase() === alias) ||
      this.addonsOf(appUuid).some((addon) => addon.alias === alias);
    return taken ? undefined : alias;
  }
}
