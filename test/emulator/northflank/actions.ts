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
import { iso, rotationStatus, upgradeStatus, versionAt } from "./view";
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
      return data(versionDetails(addon, versions(addon), call.now));
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
      if (addon.rotation && rotationStatus(addon.rotation, now) !== "completed") {
        throw new Refusal(409, "A rotation is unfinished");
      }
      const rotatedAt = now + settings.actionMs;
      const secrets = [...addon.secrets, { at: rotatedAt, value: world.newSecrets() }];
      return put({ ...addon, secrets, rotation: { startedAt: now, rotatedAt } }, now);
    },

    finaliseAddonSecretRotation: (call) => {
      const addon = addonOf(world, call);
      const { now } = call;
      if (!addon.rotation || rotationStatus(addon.rotation, now) !== "rotated") {
        throw new Refusal(409, "No rotation waits for its end");
      }
      const completedAt = now + settings.actionMs;
      return put({ ...addon, rotation: { ...addon.rotation, finalisedAt: now, completedAt } }, now);
    },
  };
}

function versionDetails(addon: Addon, versions: readonly string[], now: number): JsonObject {
  const version = versionAt(addon, now);
  return {
    version,
    upgradeTo: upgradesFrom(version, versions).map((target) => ({
      version: target,
      type: upgradeType(version, target),
    })),
    lifecycleStatus: "active",
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
  const finalised = addon.rotation?.finalisedAt !== undefined && now >= addon.rotation.finalisedAt;
  return present.slice(finalised || !addon.rotation ? -1 : -2);
}
