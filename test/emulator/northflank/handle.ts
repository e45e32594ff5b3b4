import type { JsonObject } from "../../contract/json";
import { keptRecord, revived } from "../records";
import { continueWith } from "../timeline";
import { validPasswords } from "./actions";
import { GONE, mergeInput, type Addon } from "./addon";
import { newBackup } from "./backups";
import { statusAt, versionAt } from "./view";
import { DEFAULT_PROJECT, DEFAULT_TEAM, type NorthflankWorld } from "./world";

export interface NorthflankAddonFacts extends Addon {
  /** At this moment of the emulator's clock. */
  readonly status: string;
  readonly version: string;
  /** Passwords that open the database right now. */
  readonly validPasswords: string[];
}

/** Northflank behind its API's back: what happens elsewhere, for tests and the demo. */
export class NorthflankHandle {
  readonly defaultProject = DEFAULT_PROJECT;
  readonly defaultTeam = DEFAULT_TEAM;

  constructor(private readonly world: NorthflankWorld) {}

  /** Tokens that are accepted. */
  get tokens(): Set<string> {
    return this.world.tokens;
  }

  /** What the tokens may do, in the words of x-permission; removing one gives 403. */
  get permissions(): Set<string> {
    return this.world.permissions;
  }

  /** True: the account has no payment method, so nothing can be created. */
  get paymentMissing(): boolean {
    return this.world.paymentMissing;
  }

  set paymentMissing(missing: boolean) {
    this.world.paymentMissing = missing;
  }

  /** True: the short form of paths is refused. */
  get teamFormOnly(): boolean {
    return this.world.teamFormOnly;
  }

  set teamFormOnly(only: boolean) {
    this.world.teamFormOnly = only;
  }

  /** Leaves that many requests in the rate-limit window. */
  leaveRequests(remaining: number): void {
    this.world.rateLimit.leave(remaining, this.now());
  }

  addProject(id: string, options: { readonly teamId?: string } = {}): string {
    return this.world.addProject(id, options.teamId).id;
  }

  /** The project and every addon in it are gone at once. */
  removeProject(id: string): void {
    for (const addon of this.world.addonsOf(id, this.now())) this.world.drop(addon, this.now());
    this.world.projects.delete(id);
  }

  addons(projectId?: string): NorthflankAddonFacts[] {
    const ids = projectId === undefined ? [...this.world.projects.keys()] : [projectId];
    return ids.flatMap((id) =>
      this.world.addonsOf(id, this.now()).map((addon) => this.facts(addon)),
    );
  }

  get(id: string, projectId: string = DEFAULT_PROJECT): NorthflankAddonFacts {
    return this.facts(this.record(id, projectId));
  }

  /** Puts a running addon there; fields as in a create body, which is not checked. */
  seed(fields: JsonObject, projectId: string = DEFAULT_PROJECT): NorthflankAddonFacts {
    return this.facts(this.world.create(projectId, fields, this.now(), true));
  }

  /** All addons, to be kept and put there again by `restore`. */
  records(): JsonObject[] {
    const ids = [...this.world.projects.keys()];
    return ids.flatMap((id) => this.world.addonsOf(id, this.now()).map(keptRecord));
  }

  /** Puts an addon there as `records` gave it, identity and credentials included. */
  restore(record: JsonObject): void {
    const { projectId, name, type } = record;
    if (typeof projectId !== "string") throw new Error("not a record");
    const now = this.now();
    this.world.put(revived(record, this.world.create(projectId, { name, type }, now, true)), now);
  }

  /** Drift: changes fields, named as in a patch body, without any check. */
  change(id: string, fields: JsonObject, projectId: string = DEFAULT_PROJECT): void {
    const now = this.now();
    const addon = this.record(id, projectId);
    const { version } = fields;
    this.world.put(
      {
        ...addon,
        input: mergeInput(addon.input, fields),
        ...(typeof version === "string" && {
          versions: continueWith(addon.versions, now, [{ at: now, value: version }]),
        }),
        updatedAt: now,
      },
      now,
    );
  }

  /** Gone at once, without a time of deleting. */
  remove(id: string, projectId: string = DEFAULT_PROJECT): void {
    this.world.drop(this.record(id, projectId), this.now());
  }

  /** Somebody deletes it: it shows that for a while, and is gone then. */
  beginDeletion(id: string, forMs: number, projectId: string = DEFAULT_PROJECT): void {
    const now = this.now();
    const addon = this.record(id, projectId);
    const statuses = continueWith(addon.statuses, now, [
      { at: now, value: "deleting" },
      { at: now + forMs, value: GONE },
    ]);
    this.world.put({ ...addon, statuses }, now);
  }

  /** Deleted and made anew elsewhere: the same id, another uid and creation time, running. */
  recreate(id: string, projectId: string = DEFAULT_PROJECT): NorthflankAddonFacts {
    const addon = this.record(id, projectId);
    this.remove(id, projectId);
    return this.seed(addon.input, projectId);
  }

  /** A status for a while, then running again; without `forMs` for good. */
  setStatus(id: string, status: string, forMs?: number, projectId: string = DEFAULT_PROJECT): void {
    const now = this.now();
    const addon = this.record(id, projectId);
    const back = forMs === undefined ? [] : [{ at: now + forMs, value: "running" }];
    const statuses = continueWith(addon.statuses, now, [{ at: now, value: status }, ...back]);
    this.world.put({ ...addon, statuses }, now);
  }

  /** The status in which the next created addon ends instead of running. */
  nextOutcome(status: string): void {
    this.world.nextOutcome = status;
  }

  /**
   * How the next rotation goes wrong: `failed` leaves the credentials as they were; with
   * `finalise-failed` the former ones stay valid when they are to end, until that is tried again.
   */
  nextRotation(end: "failed" | "finalise-failed"): void {
    this.world.nextRotation = end;
  }

  /** Disk autoscaling did its work. */
  autoscaleDisk(id: string, storage: number, projectId: string = DEFAULT_PROJECT): void {
    this.change(id, { billing: { storage } }, projectId);
  }

  /** A finished backup. */
  addBackup(id: string, fields: JsonObject = {}, projectId: string = DEFAULT_PROJECT): string {
    const now = this.now();
    const addon = this.record(id, projectId);
    const backup = { ...newBackup(this.world, addon, fields, now), completedAt: now };
    this.world.put({ ...addon, backups: [...addon.backups, backup] }, now);
    return backup.id;
  }

  /** Others go. */
  setSchedules(
    id: string,
    inputs: readonly JsonObject[],
    projectId: string = DEFAULT_PROJECT,
  ): void {
    const now = this.now();
    const addon = this.record(id, projectId);
    const schedules = inputs.map((input) => this.world.newSchedule(input, now));
    this.world.put({ ...addon, schedules }, now);
  }

  addSchedule(id: string, input: JsonObject, projectId: string = DEFAULT_PROJECT): void {
    const now = this.now();
    const addon = this.record(id, projectId);
    const schedule = this.world.newSchedule(input, now);
    this.world.put({ ...addon, schedules: [...addon.schedules, schedule] }, now);
  }

  private now(): number {
    return this.world.settings.clock.now();
  }

  private record(id: string, projectId: string): Addon {
    const addon = this.world.find(projectId, id, this.now());
    if (!addon) throw new Error(`the emulator has no addon ${projectId}/${id}`);
    return addon;
  }

  private facts(addon: Addon): NorthflankAddonFacts {
    const now = this.now();
    return {
      ...addon,
      status: statusAt(addon, now),
      version: versionAt(addon, now),
      validPasswords: validPasswords(addon, now),
    };
  }
}
