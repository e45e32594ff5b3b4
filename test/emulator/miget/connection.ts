import type { JsonObject } from "../../contract/json";
import type { EmulatorSettings } from "../options";
import { valueAt } from "../timeline";
import type { Addon } from "./addon";

const USER = "demo_user";
const DATABASE = "demo_db";
const PUBLIC_PORT = 15432;

/** States in which the platform shows no connection data even though it has some. */
const silent = new Set(["pending", "creating", "stopped", "failed", "lost"]);

export const isConnected = (addon: Addon, at: number): boolean =>
  addon.type !== "storage" &&
  at >= addon.connectedAt &&
  !silent.has(valueAt(addon.states, at, "pending"));

const internalHost = (addon: Addon) => `${addon.name}.internal.example.com`;

/** The engine's ordinary URL. */
export function connectionUrl(addon: Addon, password: string, address?: string): string {
  const secret = encodeURIComponent(password);
  const host = internalHost(addon);
  switch (addon.type) {
    case "postgres":
      return `postgres://${USER}:${secret}@${address ?? `${host}:5432`}/${DATABASE}`;
    case "mysql":
      return `mysql://${USER}:${secret}@${host}:3306/${DATABASE}`;
    case "valkey":
      return `redis://:${secret}@${host}:6379/0`;
    case "storage":
      return "";
  }
}

function internal(addon: Addon): JsonObject {
  const url = connectionUrl(addon, addon.password);
  const common = { hostname: internalHost(addon), password: addon.password, connection_url: url };
  if (addon.type === "valkey") return { ...common, port: 6379, username: null };
  const port = addon.type === "mysql" ? 3306 : 5432;
  return { ...common, database: DATABASE, port, username: USER };
}

function external(addon: Addon, at: number, settings: EmulatorSettings): JsonObject {
  const since = addon.publicAt;
  const isShown = since !== undefined && at >= since + settings.migetExternalDelayMs;
  if (addon.type === "postgres" && addon.publicAccess && isShown) {
    const url = connectionUrl(addon, addon.password, `${addon.name}.example.com:${PUBLIC_PORT}`);
    return { external: { external_connection_url: url, psql_command: `psql "${url}"` } };
  }
  switch (settings.migetExternalOff) {
    case "absent":
      return {};
    case "null":
      return { external: null };
    case "empty":
      return { external: {} };
  }
}

/** The member connection_details; {} while there is nothing to tell. */
export function connectionDetails(
  addon: Addon,
  at: number,
  settings: EmulatorSettings,
): JsonObject {
  const shown = settings.migetConnection === "details" || settings.migetConnection === "both";
  if (!shown || !isConnected(addon, at)) return {};
  return { internal: internal(addon), ...external(addon, at, settings) };
}

export const variableName = (addon: Addon): string =>
  `${addon.name.toUpperCase().replaceAll("-", "_")}_URL`;

/** The member var: the add-on's own variable with its present password. */
export function ownVariables(addon: Addon, at: number, settings: EmulatorSettings): JsonObject {
  const shown = settings.migetConnection === "var" || settings.migetConnection === "both";
  if (!shown || !isConnected(addon, at)) return {};
  return { [variableName(addon)]: connectionUrl(addon, addon.password) };
}

/** The app's variables that this add-on wrote: still with the first password after a rotation. */
export function appVariables(addon: Addon, at: number, settings: EmulatorSettings): JsonObject[] {
  const none = settings.migetConnection === "never" || addon.role === "replica";
  if (none || addon.type === "storage" || at < addon.connectedAt) return [];
  const value = connectionUrl(addon, addon.firstPassword);
  const names = [variableName(addon), ...(addon.alias === undefined ? [] : [addon.alias])];
  return names.map((key) => ({ key, value }));
}
