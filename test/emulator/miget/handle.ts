import type { JsonObject } from "../../contract/json";
import { keptRecord, revived } from "../records";
import { continueWith } from "../timeline";
import { changedAddon, isAddonType, newAddon, readyState, type Addon } from "./addon";
import { DEFAULT_APP, DEFAULT_WORKSPACE, type Capacity, type MigetWorld } from "./world";

export interface MigetAddonFacts extends Addon {
  /** At this moment of the emulator's clock. */
  readonly state: string;
}

/** Miget behind its API's back: what happens elsewhere, for tests and the demo. */
export class MigetHandle {
  readonly defaultApp = DEFAULT_APP;
  readonly defaultWorkspace = DEFAULT_WORKSPACE;

  constructor(private readonly world: MigetWorld) {}

  /** Tokens that are accepted. */
  get tokens(): Set<string> {
    return this.world.tokens;
  }

  /** What the tokens may do; removing one makes its operations answer 403. */
  get permissions(): Set<string> {
    return this.world.permissions;
  }

  /** Workspaces that the tokens may act in; the first one is the default. */
  get workspaces(): Set<string> {
    return this.world.workspaces;
  }

  /** What the apps' resource has room for. */
  get capacity(): Capacity {
    return this.world.capacity;
  }

  set capacity(capacity: Capacity) {
    this.world.capacity = capacity;
  }

  /** The free plan has no postgres backups. */
  get freePlan(): boolean {
    return this.world.freePlan;
  }

  set freePlan(free: boolean) {
    this.world.freePlan = free;
  }

  suspend(suspended = true): void {
    this.world.suspended = suspended;
  }

  addApp(uuid?: string, workspaceId: string = DEFAULT_WORKSPACE): string {
    return this.world.addApp(uuid ?? this.world.random.uuid(), workspaceId).uuid;
  }

  /** Deleting an app deletes its add-ons. */
  removeApp(uuid: string): void {
    for (const addon of this.world.addonsOf(uuid)) this.world.remove(addon, this.now());
    this.world.apps.delete(uuid);
  }

  /** A variable that the user set on the app. */
  setVar(appUuid: string, key: string, value: string): void {
    this.world.apps.get(appUuid)?.vars.set(key, value);
  }

  /** The variables that were set on the app, by the user or through the API. */
  vars(appUuid: string): Readonly<Record<string, string>> {
    return Object.fromEntries(this.world.apps.get(appUuid)?.vars ?? []);
  }

  addons(appUuid?: string): MigetAddonFacts[] {
    return this.world.addons
      .current()
      .filter((addon) => appUuid === undefined || addon.appUuid === appUuid)
      .map((addon) => this.facts(addon));
  }

  get(uuid: string): MigetAddonFacts {
    return this.facts(this.record(uuid));
  }

  /** Puts a ready add-on there; fields as in a create body. */
  seed(appUuid: string, fields: JsonObject): MigetAddonFacts {
    const { type } = fields;
    if (!isAddonType(type)) throw new Error("seed needs a type");
    return this.facts(this.world.create(appUuid, type, fields, this.now(), true));
  }

  /** All add-ons, to be kept and put there again by `restore`. */
  records(): JsonObject[] {
    return this.world.addons.current().map(keptRecord);
  }

  /** Puts an add-on there as `records` gave it, identity and password included. */
  restore(record: JsonObject): void {
    const { appUuid, type } = record;
    if (typeof appUuid !== "string" || !isAddonType(type)) throw new Error("not a record");
    const { random, settings } = this.world;
    const now = this.now();
    const given = { appUuid, type, body: {}, random, settings, now };
    const fresh = newAddon({ ...given, alias: undefined, seeded: true, outcome: undefined });
    this.world.put(revived(record, fresh), now);
  }

  /** Drift: changes fields, named as in an update body, without any check. */
  change(uuid: string, fields: JsonObject): MigetAddonFacts {
    const now = this.now();
    return this.facts(this.world.put(changedAddon(this.record(uuid), fields, now, true), now));
  }

  /** Somebody promotes a replica of a database elsewhere. */
  promote(uuid: string): void {
    this.world.put({ ...this.record(uuid), external: false }, this.now());
  }

  remove(uuid: string): void {
    this.world.remove(this.record(uuid), this.now());
  }

  /** A state for a while, then ready again; without `forMs` for good. */
  setState(uuid: string, state: string, forMs?: number): void {
    const now = this.now();
    const addon = this.record(uuid);
    const back = forMs === undefined ? [] : [{ at: now + forMs, value: readyState(addon.type) }];
    const states = continueWith(addon.states, now, [{ at: now, value: state }, ...back]);
    this.world.put({ ...addon, states }, now);
  }

  fail(uuid: string): void {
    this.setState(uuid, "failed");
  }

  /** The state in which the next created add-on ends instead of the ready one. */
  nextOutcome(state: string): void {
    this.world.nextOutcome = state;
  }

  addBackup(uuid: string): string {
    const now = this.now();
    const addon = this.record(uuid);
    const id = `example-backup-${addon.backups.length + 1}`;
    const backup = { id, created_at: new Date(now).toISOString() };
    this.world.put({ ...addon, backups: [...addon.backups, backup] }, now);
    return id;
  }

  private now(): number {
    return this.world.settings.clock.now();
  }

  private record(uuid: string): Addon {
    const addon = this.world.addons.get(uuid);
    if (!addon) throw new Error(`the emulator has no add-on ${uuid}`);
    return addon;
  }

  private facts(addon: Addon): MigetAddonFacts {
    return { ...addon, state: this.world.state(addon, this.now()) };
  }
}
