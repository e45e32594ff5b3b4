import { objectsAt, stringAt, type JsonObject } from "../../contract/json";
import { Refusal, type Call, type Handler } from "../exchange";
import { finalValue } from "../timeline";
import { data, empty } from "./answers";
import { mergeInput, type Addon } from "./addon";
import {
  addonOf,
  changeableAddon,
  checkNetworking,
  checkResize,
  checkUpgrade,
  checkVersion,
  checkedBody,
  runningAddon,
} from "./checks";
import { iso, type Lifecycle, rotationStatus, upgradeStatus, versionAt } from "./view";
import { upgradeType, upgradesFrom, versionsOf } from "./versions";
import type { NorthflankWorld } from "./world";

/** The addon on its way to another version, which it runs when the upgrade is over. */
export function upgraded(world: NorthflankWorld, addon: Addon, to: string, now: number): Addon {
  const completedAt = now + world.settings.actionMs;
  const upgrade = {
    upgradeId: world.random.hex(24),
    from: versionAt(addon, now),
    to,
    startedAt: now,
    completedAt,
  };
  return {
    ...world.busy(addon, now, "upgrading"),
    versions: [...addon.versions, { at: completedAt, value: to }],
    upgrades: [...addon.upgrades, upgrade],
  };
}

/** Operations that change an addon's state or settings by an endpoint of their own. */
export function actionHandlers(world: NorthflankWorld): Readonly<Record<string, Handler>> {
  const { settings } = world;

  const versions = (addon: Addon) => versionsOf(world.type(addon.type) ?? {});

  const put = (addon: Addon, now: number) => {
    world.put(addon, now);
    return empty;
  };

  const reconfigured = (call: Call, addon: Addon, patch: JsonObject) => {
    const input = mergeInput(addon.input, patch);
    checkNetworking(input, addon);
    return put({ ...addon, input, updatedAt: call.now }, call.now);
  };

  return {
    pauseAddon: (call) =>
      put(world.busy(runningAddon(world, call), call.now, "running", "paused"), call.now),

    resumeAddon: (call) => {
      const addon = addonOf(world, call);
      if (finalValue(addon.statuses, "") !== "paused")
        throw new Refusal(409, "Addon is not paused");
      return put(world.busy(addon, call.now, "postDeployment"), call.now);
    },

    restartAddon: (call) =>
      put(world.busy(runningAddon(world, call), call.now, "postDeployment"), call.now),

    resetAddon: (call) =>
      put(world.busy(runningAddon(world, call), call.now, "resetting"), call.now),

    updateAddonNetworkSettings: (call) => {
      const addon = changeableAddon(world, call);
      return reconfigured(call, addon, checkedBody(call, "NetworkSettings", 422));
    },

    updateAddonSecurity: (call) => {
      const addon = changeableAddon(world, call);
      const rules = objectsAt(checkedBody(call, "SecurityRules", 422), "ipPolicies");
      const ipPolicies = rules.map((rule) => ({
        addresses: [stringAt(rule, "address") ?? ""],
        action: stringAt(rule, "action") ?? "ALLOW",
      }));
      return reconfigured(call, addon, { ipPolicies });
    },

    getAddonVersion: (call) => {
      const addon = addonOf(world, call);
      return data(versionDetails(addon, versions(addon), call.now, settings.northflankLifecycle));
    },

    upgradeAddonVersion: (call) => {
      const addon = runningAddon(world, call);
      const wanted = stringAt(checkedBody(call, "VersionUpgrade", 400), "version") ?? "";
      const target = checkVersion(wanted, versions(addon));
      if (target === versionAt(addon, call.now)) {
        throw new Refusal(422, `Addon runs ${target} already`);
      }
      checkUpgrade(addon, target, versions(addon), call.now);
      const input = { ...addon.input, version: wanted };
      return put(upgraded(world, { ...addon, input }, target, call.now), call.now);
    },

    scaleAddon: (call) => {
      const addon = runningAddon(world, call);
      const billing = checkedBody(call, "ScaleAddon", 422);
      checkResize(world, addon, billing);
      const input = mergeInput(addon.input, { billing });
      return put(world.busy({ ...addon, input }, call.now, "scaling"), call.now);
    },

    startAddonSecretRotation: (call) => {
      const addon = runningAddon(world, call);
      const { now } = call;
      const last = addon.rotation && rotationStatus(addon.rotation, now);
      if (last !== undefined && last !== "completed" && last !== "failed") {
        throw new Refusal(409, "A rotation is unfinished");
      }
      const rotatedAt = now + settings.actionMs;
      const { nextRotation } = world;
      world.nextRotation = undefined;
      if (nextRotation === "failed") {
        return put({ ...addon, rotation: { startedAt: now, rotatedAt, fails: true } }, now);
      }
      const secrets = [...addon.secrets, { at: rotatedAt, value: world.newSecrets() }];
      const endFails = nextRotation === "finalise-failed";
      return put({ ...addon, secrets, rotation: { startedAt: now, rotatedAt, endFails } }, now);
    },

    finaliseAddonSecretRotation: (call) => {
      const addon = addonOf(world, call);
      const { now } = call;
      const status = addon.rotation && rotationStatus(addon.rotation, now);
      if (!addon.rotation || !["rotated", "finalise-failed"].includes(status ?? "")) {
        throw new Refusal(409, "No rotation waits for its end");
      }
      const completedAt = now + settings.actionMs;
      // What failed once succeeds when it is tried again.
      const endFails = addon.rotation.endFails === true && status === "rotated";
      const rotation = { ...addon.rotation, finalisedAt: now, completedAt, endFails };
      return put({ ...addon, rotation }, now);
    },
  };
}

function versionDetails(
  addon: Addon,
  versions: readonly string[],
  now: number,
  lifecycle: Lifecycle,
): JsonObject {
  const version = versionAt(addon, now);
  const lifecycleStatus = lifecycle[version] ?? "active";
  return {
    version,
    upgradeTo: upgradesFrom(version, versions).map((target) => ({
      version: target,
      type: upgradeType(version, target),
    })),
    lifecycleStatus,
    ...(lifecycleStatus !== "active" && { discontinuedBy: "31.12.2030" }),
    upgradeHistory: addon.upgrades.map(({ upgradeId, from, to, startedAt, completedAt }) => ({
      upgradeId,
      status: { status: upgradeStatus(startedAt, completedAt, now) },
      createdAt: iso(startedAt),
      upgradeType: upgradeType(from, to),
      previousVersion: from,
      newVersion: to,
      ...(now >= completedAt && { completedAt: iso(completedAt) }),
    })),
  };
}

/** Passwords with which the database can be entered: the former ones too until the rotation is finalised. */
export function validPasswords(addon: Addon, now: number): string[] {
  const present = addon.secrets.filter(({ at }) => at <= now).map(({ value }) => value.password);
  const { rotation } = addon;
  const isEnded =
    rotation === undefined ||
    rotation.fails === true ||
    (rotation.finalisedAt !== undefined &&
      now >= rotation.finalisedAt &&
      rotation.endFails !== true);
  return present.slice(isEnded ? -1 : -2);
}
