import * as pulumi from "@pulumi/pulumi";
import { lookUp, lookUpOutput, type LookupKind } from "../lookup";

/** An input that can be left out, also by giving it as `undefined`. */
type In<T> = pulumi.Input<T> | undefined;

/** Arguments of {@link getMigetAddons}. */
export interface GetMigetAddonsArgs {
  /** UUID of the app. */
  appUuid: string;
  /** Workspace that the app belongs to. Default: the configuration's `miget:workspaceId`. */
  workspaceId?: string | undefined;
  /** Only add-ons of this type. */
  type?: "postgres" | "mysql" | "valkey" | "storage" | undefined;
}

/** Arguments of {@link getMigetAddonsOutput}. */
export interface GetMigetAddonsOutputArgs {
  /** UUID of the app. */
  appUuid: pulumi.Input<string>;
  /** Workspace that the app belongs to. Default: the configuration's `miget:workspaceId`. */
  workspaceId?: In<string>;
  /** Only add-ons of this type. */
  type?: In<"postgres" | "mysql" | "valkey" | "storage">;
}

/** An add-on of an app, as the app's list shows it. */
export interface MigetAddonSummary {
  /** Its Pulumi id, `<appUuid>/<uuid>`: what `MigetAddon.get` takes. */
  readonly id: string;
  /** Its id in the API, which is what `adopt` takes. */
  readonly uuid: string;
  /** Display name. */
  readonly label: string;
  /** The name that the server gave, with its suffix. */
  readonly assignedName: string | undefined;
  /** What a {@link MigetAddon} takes as `type`. */
  readonly type: string;
  /** The platform's own word, such as `healthy`, `bound` or `stopped`. */
  readonly state: string;
  /** `primary` or `replica`; PostgreSQL only. A replica belongs to its primary and cannot be read by `get`. */
  readonly role: string | undefined;
}

/** What {@link getMigetAddons} answers. */
export interface GetMigetAddonsResult {
  /** In the order of their labels, then their UUIDs. */
  readonly addons: readonly MigetAddonSummary[];
}

const addons: LookupKind<GetMigetAddonsArgs, GetMigetAddonsResult> = {
  name: "getMigetAddons",
  token: "paas-addons:miget:getAddons",
  answers: ["addons"],
  // The code that asks is loaded by the first look-up: a program without any does not pay for it.
  ask: async (args, asking) =>
    (await import("../../lookups/miget.js")).miget(asking).addons(args, asking),
};

/** @internal */
export const migetLookups = [addons] as const;

/**
 * The databases and volumes that an app has, also those made elsewhere; not the add-ons that stand for its cron
 * jobs. No connection data: `MigetAddon.get` reads that of one of them, as secrets. Asked for once in a
 * run for each app, in previews too; those that the same run creates or deletes may be missing or still
 * there.
 *
 * @example
 * ```ts
 * const { addons } = await getMigetAddons({ appUuid, type: "postgres" });
 * const reports = addons.find(({ label }) => label === "Reports");
 * export const uri = reports && MigetAddon.get("reports", reports.id).connection.uri;
 * ```
 *
 * @param args - Of which app, and of which type.
 * @param opts - Of no effect; there to be like other providers' functions.
 * @throws A readable error if the token is missing or refused, there is no such app for it, or Miget
 * cannot be asked within 5 minutes.
 */
export function getMigetAddons(
  args: GetMigetAddonsArgs,
  opts?: pulumi.InvokeOptions,
): Promise<GetMigetAddonsResult> {
  return lookUp(addons, args, opts);
}

/**
 * Like {@link getMigetAddons}, with and as Outputs. While an argument is unknown, so is the answer.
 *
 * @example
 * ```ts
 * const labels = getMigetAddonsOutput({ appUuid: orders.appUuid }, { dependsOn: orders }).addons.apply(
 *   (all) => all.map(({ label }) => label),
 * );
 * ```
 *
 * @param args - Of which app, and of which type.
 * @param opts - With `dependsOn`, asked again after those resources.
 */
export function getMigetAddonsOutput(
  args: GetMigetAddonsOutputArgs,
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<GetMigetAddonsResult> {
  return lookUpOutput(addons, pulumi.output(args), opts);
}
