import { objectAt, objectsAt, stringAt, without, type JsonObject } from "../../contract/json";
import { contractOf } from "../../contract/contract";
import { History } from "../history";
import { provisioningTime, type EmulatorSettings } from "../options";
import type { Random } from "../random";
import { continueWith, spread } from "../timeline";
import {
  GONE,
  networkingOf,
  provisioning,
  slugOf,
  type Addon,
  type Secrets,
  type Status,
} from "./addon";
import { RateLimit } from "./rate-limit";
import { statusAt, type Project } from "./view";
import { resolveVersion, versionsOf } from "./versions";

export const DEFAULT_PROJECT = "demo-project";
export const DEFAULT_TEAM = "example-team";

const everyPermission = () =>
  contractOf("northflank").operations.flatMap(({ permission }) =>
    permission === undefined ? [] : [permission],
  );

const keyOf = (projectId: string, addonId: string) => `${projectId}/${addonId}`;

/** Everything that Northflank knows: projects, addons, the account's limits. */
export class NorthflankWorld {
  readonly projects = new Map<string, Project>();
  readonly addons = new History<Addon>();
  readonly tokens = new Set(["nf-not-a-real-token"]);
  readonly permissions = new Set(everyPermission());
  readonly rateLimit: RateLimit;
  /** True: the account has no payment method, so nothing can be created. */
  paymentMissing = false;
  /** True: tokens are scoped to an organisation and must use the team form. */
  teamFormOnly = false;
  /** The status in which the next created addon ends instead of running. */
  nextOutcome: Status | undefined;
  /** How the next rotation goes wrong: at once, or when its former credentials are to end. */
  nextRotation: "failed" | "finalise-failed" | undefined;
  private sequence = 0;

  constructor(
    readonly settings: EmulatorSettings,
    readonly random: Random,
  ) {
    this.rateLimit = new RateLimit(settings.rateLimit, settings.rateWindowMs);
  }

  addProject(id: string, teamId: string | undefined): Project {
    const createdAt = this.settings.clock.now();
    const project = { id, uid: this.random.uuid(), name: id, teamId, createdAt };
    this.projects.set(id, project);
    return project;
  }

  type(id: string): JsonObject | undefined {
    return this.settings.addonTypes.find((type) => type.type === id);
  }

  find(projectId: string, addonId: string, now: number): Addon | undefined {
    const addon = this.addons.get(keyOf(projectId, addonId));
    return addon && statusAt(addon, now) !== GONE ? addon : undefined;
  }

  put(addon: Addon, now: number): Addon {
    const { external } = networkingOf(addon.input);
    const serving = addon.statuses.find(({ value }) => value === "running")?.at ?? now;
    const exposedAt = external ? (addon.exposedAt ?? Math.max(now, serving)) : undefined;
    const kept = { ...addon, exposedAt };
    this.addons.put(keyOf(addon.projectId, addon.id), kept, now);
    return kept;
  }

  drop(addon: Addon, now: number): void {
    this.addons.put(keyOf(addon.projectId, addon.id), undefined, now);
  }

  addonsOf(projectId: string, at: number): Addon[] {
    return this.addons
      .list(at)
      .filter((addon) => addon.projectId === projectId && statusAt(addon, at) !== GONE);
  }

  /** Makes the record of a request body that passed the checks. */
  create(projectId: string, body: JsonObject, now: number, seeded = false): Addon {
    const { settings, random } = this;
    const input = without(body, "backupSchedules");
    const type = stringAt(body, "type") ?? "";
    const native = versionsOf(this.type(type) ?? {}).length > 0;
    const lasting = seeded ? 0 : provisioningTime(settings, "northflank", type);
    const outcome = seeded ? undefined : this.nextOutcome;
    if (!seeded) this.nextOutcome = undefined;
    const name = stringAt(body, "name") ?? "";
    this.sequence += 1;
    const version = resolveVersion(
      stringAt(body, "version") ?? "",
      versionsOf(this.type(type) ?? {}),
    );
    const addon: Addon = {
      id: slugOf(name),
      uid: random.uuid(),
      projectId,
      name,
      type,
      native,
      input: native
        ? { ...input, billing: { storageClass: "nvme", ...objectAt(body, "billing") } }
        : input,
      versions: [{ at: now, value: version ?? "" }],
      statuses: provisioning(now, lasting, outcome ?? "running"),
      allocatedAt: now + (lasting * 3) / 4,
      secrets: [{ at: now, value: this.newSecrets() }],
      rotation: undefined,
      upgrades: [],
      schedules: objectsAt(body, "backupSchedules").map((input) => this.newSchedule(input, now)),
      backups: [],
      restores: [],
      code: random.hex(8),
      sequence: this.sequence,
      createdAt: now,
      updatedAt: undefined,
    };
    return this.put(addon, now);
  }

  /** Shows `via` while an action takes place and ends in `end`. */
  busy(addon: Addon, now: number, via: Status, end: Status = "running"): Addon {
    const steps = spread(now, this.settings.actionMs, [via, end]);
    return { ...addon, statuses: continueWith(addon.statuses, now, steps), updatedAt: now };
  }

  newSecrets(): Secrets {
    const { random, settings } = this;
    return {
      username: `fake-user-${random.hex(4)}`,
      password: random.password(settings.passwords),
      adminUsername: `fake-admin-${random.hex(4)}`,
      adminPassword: random.password(settings.passwords),
    };
  }

  /** A schedule as it is read, from how it is written. */
  newSchedule(input: JsonObject, now: number): JsonObject {
    const { compressionType, ...rest } = input;
    const at = new Date(now).toISOString();
    return {
      id: this.random.hex(24),
      ...rest,
      ...(compressionType !== undefined && { backupCompressionType: compressionType }),
      createdAt: at,
      updatedAt: at,
    };
  }
}
