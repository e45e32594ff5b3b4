import { isJsonObject, stringAt, type JsonObject } from "../../contract/json";
import { Refusal, type Answer, type Call, type Handler } from "../exchange";
import { provisioningTime } from "../options";
import { finalValue, spread } from "../timeline";
import { assignedName, changedAddon, provisioning, readyState, type Addon } from "./addon";
import { addonOf, appOf, checkCapacity, checkCreate, checkUpdate, workspaceOf } from "./checks";
import { appVariables } from "./connection";
import type { App, MigetWorld } from "./world";

const bodyOf = ({ body }: Call): JsonObject => (isJsonObject(body) ? body : {});

/** Every operation of the contract, by its id. */
export function migetHandlers(world: MigetWorld): Readonly<Record<string, Handler>> {
  const { settings } = world;

  const wrapped = (status: number, body: JsonObject | JsonObject[]): Answer => ({
    status,
    body: settings.migetEnvelope === "data" ? { data: body } : body,
  });

  const entity = (status: number, addon: Addon, now: number) =>
    wrapped(status, world.entity(addon, now, true));

  /** The answer of an action, whose shape nobody documented. */
  const accepted = (addon: Addon, now: number): Answer => {
    switch (settings.migetUpdateAnswer) {
      case "entity":
        return entity(200, addon, now);
      case "message":
        return { status: 200, body: { message: "Accepted" } };
      case "empty":
        return { status: 204 };
    }
  };

  /** Leaves the ready state for a while and comes back to it. */
  const busy = (addon: Addon, now: number, via: readonly string[]): Addon =>
    world.put(
      world.withStates(
        addon,
        now,
        spread(now, settings.actionMs, [...via, readyState(addon.type)]),
      ),
      now,
    );

  const primaryOf = (call: Call): Addon => {
    const addon = addonOf(world, call);
    if (addon.role !== "primary") throw new Refusal(422, "Only for a postgres primary");
    return addon;
  };

  const backedUp = (call: Call): Addon => {
    const addon = primaryOf(call);
    if (world.freePlan) throw new Refusal(403, "The free plan has no backups");
    return addon;
  };

  const appEntity = ({ uuid, name }: App, at: number): JsonObject => {
    const addons = world.addonsOf(uuid, at).map((addon) => world.entity(addon, at, false));
    return { uuid, name, label: "Demo", state: "running", addons, cronjobs: [] };
  };

  return {
    listApps: (call) => {
      const workspace = workspaceOf(world, call);
      const seen = [...world.apps.values()].filter((each) => each.workspaceId === workspace);
      return wrapped(
        200,
        seen.map((each) => appEntity(each, call.now - call.staleMs)),
      );
    },

    getApp: (call) => wrapped(200, appEntity(appOf(world, call), call.now - call.staleMs)),

    listAppVars: (call) => {
      const app = appOf(world, call);
      const own = [...app.vars].map(([key, value]) => ({ key, value }));
      const written = world
        .addonsOf(app.uuid)
        .flatMap((addon) => appVariables(addon, call.now, settings))
        .filter(({ key }) => !app.vars.has(stringAt({ key: key ?? null }, "key") ?? ""));
      return wrapped(200, [...own, ...written]);
    },

    setAppVar: (call) => {
      const body = bodyOf(call);
      const [key, value] = [stringAt(body, "key"), stringAt(body, "value")];
      if (key === undefined || value === undefined) throw new Refusal(422, "key and value");
      appOf(world, call).vars.set(key, value);
      return { status: 200, body: { message: "Accepted" } };
    },

    listAddons: (call) => {
      const { uuid } = appOf(world, call);
      const at = call.now - call.staleMs;
      return wrapped(
        200,
        world.addonsOf(uuid, at).map((addon) => world.entity(addon, at, false)),
      );
    },

    createAddon: (call) => {
      const app = appOf(world, call);
      const body = bodyOf(call);
      const type = checkCreate(world, app, body);
      const addon = world.create(app.uuid, type, body, call.now);
      return entity(settings.migetCreateStatus, addon, call.now);
    },

    getAddon: (call) => entity(200, addonOf(world, call), call.now),

    updateAddon: (call) => {
      const before = addonOf(world, call);
      const body = bodyOf(call);
      if (Object.keys(body).length === 0) throw new Refusal(400, "Nothing to update");
      const after = changedAddon(before, body, call.now, settings.migetPartialPut);
      checkUpdate(world, before, after, body);
      world.put(after, call.now);
      // Replicas share public access with their primary.
      for (const replica of world.replicasOf(after)) {
        world.put({ ...replica, publicAccess: after.publicAccess }, call.now);
      }
      const scaled = after.instances !== before.instances;
      return accepted(scaled ? busy(after, call.now, ["degraded"]) : after, call.now);
    },

    deleteAddon: (call) => {
      world.remove(addonOf(world, call), call.now);
      return { status: 204 };
    },

    changeAddonState: (call) => {
      const addon = addonOf(world, call);
      const { now } = call;
      const stopped = finalValue(addon.states, "pending") === "stopped";
      switch (stringAt(bodyOf(call), "state")) {
        case "process_stop": {
          if (stopped) return accepted(addon, now);
          const steps = spread(now, settings.actionMs, [world.state(addon, now), "stopped"]);
          return accepted(world.put(world.withStates(addon, now, steps), now), now);
        }
        case "process_start": {
          if (!stopped) return accepted(addon, now);
          const started = busy(addon, now, ["pending", "processing"]);
          const connectedAt = now + settings.actionMs + settings.credentialsDelayMs;
          return accepted(world.put({ ...started, connectedAt }, now), now);
        }
        case "process_restart":
          return accepted(busy(addon, now, ["processing"]), now);
        case undefined:
        default:
          throw new Refusal(400, "state does not have a valid value");
      }
    },

    rotatePassword: (call) => {
      const addon = addonOf(world, call);
      if (addon.type === "storage") throw new Refusal(422, "Not supported for this add-on type");
      const password = world.random.password(settings.passwords);
      // Replicas share their primary's credentials.
      for (const each of [addon, ...world.replicasOf(addon)]) {
        world.put({ ...each, password, updatedAt: call.now }, call.now);
      }
      return { status: 200, body: { password } };
    },

    createReplica: (call) => {
      const primary = addonOf(world, call);
      if (primary.role !== "primary" || primary.instances > 1) {
        throw new Refusal(422, "Only a standalone primary can have replicas");
      }
      const replica = replicaOf(primary, bodyOf(call), world, call.now);
      checkCapacity(world, primary.appUuid, replica);
      world.put(replica, call.now);
      if (settings.migetReplicaAnswer === "entity") return entity(201, replica, call.now);
      return { status: 201, body: { message: "Replica is being created" } };
    },

    promoteReplica: (call) => {
      const replica = addonOf(world, call);
      if (replica.role !== "replica") throw new Refusal(422, "Not a replica");
      const promoted: Addon = { ...replica, role: "primary", primaryUuid: undefined };
      return accepted(world.put({ ...promoted, updatedAt: call.now }, call.now), call.now);
    },

    promoteExternal: (call) => {
      const addon = addonOf(world, call);
      if (!addon.external) throw new Refusal(422, "Not an external replica");
      const promoted = { ...addon, external: false, updatedAt: call.now };
      return accepted(world.put(promoted, call.now), call.now);
    },

    listBackups: (call) => ({ status: 200, body: backedUp(call).backups }),

    restoreBackup: (call) => accepted(busy(backedUp(call), call.now, ["processing"]), call.now),

    resetDatabase: (call) => accepted(busy(primaryOf(call), call.now, ["processing"]), call.now),
  };
}

/** A new replica: its primary's version, access and credentials, sizes of its own where asked for. */
function replicaOf(primary: Addon, body: JsonObject, world: MigetWorld, now: number): Addon {
  const lasting = provisioningTime(world.settings, "miget", "postgres");
  const { ramMib, cpuCores } = changedAddon(primary, body, now, true);
  return {
    ...primary,
    uuid: world.random.uuid(),
    name: assignedName(`${primary.name.replace(/-[a-z]{5}$/, "")}-replica`, world.random),
    label: `${primary.label} replica`,
    ramMib,
    cpuCores,
    alias: undefined,
    states: provisioning("postgres", now, lasting),
    connectedAt: now + lasting + world.settings.credentialsDelayMs,
    role: "replica",
    primaryUuid: primary.uuid,
    backups: [],
    createdAt: now,
    updatedAt: now,
  };
}
