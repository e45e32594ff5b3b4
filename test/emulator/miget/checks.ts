import { stringAt, type JsonObject } from "../../contract/json";
import { Refusal, param, type Call } from "../exchange";
import { isAddonType, sizesOf, versionField, type Addon, type AddonType } from "./addon";
import type { App, MigetWorld } from "./world";

const versions: Readonly<Record<AddonType, readonly string[]>> = {
  postgres: ["18", "17", "16", "15", "14", "13"],
  mysql: ["8.2", "8.0"],
  valkey: ["7.2", "7"],
  storage: [],
};

const numbers = ["ram_size", "disk_size", "cpu_size", "service_id", "instances", "external_port"];
const titles: Readonly<Record<AddonType, string>> = {
  postgres: "Postgres",
  mysql: "Mysql",
  valkey: "Valkey",
  storage: "Storage",
};

/** Several findings share one string under `errors`, as the platform joins them. */
const several = (status: number, messages: string[]) =>
  new Refusal(status, messages.join(", "), { joined: true });

/** What holds for every operation, in the documented order. */
export function checkAccess(world: MigetWorld, call: Call): void {
  const token = /^Bearer (.+)$/.exec(call.headers.authorization ?? "")?.[1];
  if (token === undefined || !world.tokens.has(token)) throw new Refusal(401, "Unauthorized");
  if (world.suspended) throw new Refusal(403, "The workspace is suspended");
  const workspace = call.headers["x-workspace-id"];
  if (workspace !== undefined && !world.workspaces.has(workspace)) {
    throw new Refusal(403, "Token belongs to another workspace");
  }
  const { permission } = call.operation;
  if (permission !== undefined && !world.permissions.has(permission)) {
    throw new Refusal(403, "This token may not do that");
  }
}

/** The workspace that a request acts in. */
export function workspaceOf(world: MigetWorld, call: Call): string | undefined {
  return call.headers["x-workspace-id"] ?? [...world.workspaces][0];
}

export function appOf(world: MigetWorld, call: Call): App {
  const app = world.apps.get(param(call, "uuid"));
  if (app?.workspaceId !== workspaceOf(world, call) || app === undefined)
    throw new Refusal(404, "App not found");
  return app;
}

export function addonOf(world: MigetWorld, call: Call): Addon {
  const app = appOf(world, call);
  const addon = world.addons.get(param(call, "id"));
  if (addon?.appUuid !== app.uuid) throw new Refusal(404, "Addon not found");
  return addon;
}

function checkNumbers(body: JsonObject): void {
  for (const field of numbers) {
    const value = body[field];
    if (value === undefined) continue;
    if (typeof value !== "number" || value < 0) throw new Refusal(400, `${field} is invalid`);
  }
}

export function checkCreate(world: MigetWorld, app: App, body: JsonObject): AddonType {
  const type = body.type;
  if (!isAddonType(type)) throw new Refusal(400, "type does not have a valid value");
  const field = versionField(type);
  const version = stringAt(body, field);
  if (type !== "storage" && body[field] !== undefined && !versions[type].includes(version ?? "")) {
    throw new Refusal(400, `${field} does not have a valid value`);
  }
  checkNumbers(body);
  const missing: string[] = [];
  if ((stringAt(body, "label") ?? "") === "") missing.push("Label is missing");
  if (type !== "storage" && version === undefined)
    missing.push(`${titles[type]} version is missing`);
  if (missing.length > 0) throw several(422, missing);
  if (type === "storage") checkMount(body);
  if (type === "postgres") checkExternal(body);
  checkCapacity(world, app.uuid, sizesOf(type, body));
  return type;
}

function checkMount(body: JsonObject): void {
  const absent = ["mount_point", "storage_access"].filter((key) => body[key] === undefined);
  if (body.service_id === undefined && absent.length > 0) {
    throw several(
      422,
      absent.map((key) => `${key.replace("_", " ")} is missing`),
    );
  }
  const subPath = body.sub_path;
  if (subPath === undefined) return;
  if (body.storage_access === "RWO") throw several(422, ["Sub path needs RWX"]);
  const parts = typeof subPath === "string" ? subPath.split("/") : [""];
  if (parts[0] === "" || parts.some((part) => /^\.{1,2}$|\\/.test(part))) {
    throw several(422, ["Sub path is invalid"]);
  }
}

function checkExternal(body: JsonObject): void {
  const wanted: string[] = [];
  if (body.creation_mode === "external_replica") {
    wanted.push("external_host", "auth_type", "replication_username");
    if (body.auth_type === "password") wanted.push("replication_password");
    if (body.auth_type === "tls") wanted.push("ca_crt", "tls_crt", "tls_key");
  }
  if (body.s3_enabled === "1") {
    wanted.push("s3_endpoint", "s3_bucket", "s3_path", "s3_access_key", "s3_secret_key");
  }
  const absent = wanted.filter((key) => (stringAt(body, key) ?? "") === "");
  if (absent.length > 0)
    throw several(
      422,
      absent.map((key) => `${key} is missing`),
    );
}

/** RAM and disk of the app's resource; CPU never counts. `except` is the add-on being resized. */
export function checkCapacity(
  world: MigetWorld,
  appUuid: string,
  wanted: { readonly ramMib: number; readonly diskGib: number },
  except?: string,
): void {
  const others = world.addonsOf(appUuid).filter(({ uuid }) => uuid !== except);
  const { ramMib, diskGib } = world.capacity;
  const ram = others.reduce((sum, addon) => sum + addon.ramMib, wanted.ramMib);
  const disk = others.reduce((sum, addon) => sum + addon.diskGib, wanted.diskGib);
  if (ramMib !== undefined && ram > ramMib) {
    throw new Refusal(422, "Not enough capacity on the resource: RAM");
  }
  if (diskGib !== undefined && disk > diskGib) {
    throw new Refusal(422, "Not enough capacity on the resource: disk");
  }
}

export function checkUpdate(
  world: MigetWorld,
  before: Addon,
  after: Addon,
  body: JsonObject,
): void {
  checkNumbers(body);
  const postgresOnly = ["instances", "public_access"].filter((key) => body[key] !== undefined);
  if (before.type !== "postgres" && postgresOnly.length > 0) {
    throw several(
      422,
      postgresOnly.map((key) => `${key} is not supported for this add-on type`),
    );
  }
  if (before.role === "replica" && body.public_access !== undefined) {
    throw new Refusal(422, "A replica shares public access with its primary");
  }
  if (world.settings.migetPartialPut && after.diskGib < before.diskGib) {
    throw new Refusal(422, "Disk size cannot be reduced");
  }
  checkCapacity(world, before.appUuid, after, before.uuid);
}
