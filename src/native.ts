/**
 * The same classes over the provider plugin `paas-addons`: each add-on has its own row, `pulumi import`
 * works, and other languages can share the stack.
 *
 * @packageDocumentation
 */
import { nativeDoor } from "./program/door";
import { MigetAddon as DynamicMigetAddon } from "./program/miget/zz_addon";
import { NorthflankAddon as DynamicNorthflankAddon } from "./program/northflank/zz_addon";
import { AddonsProvider as DynamicAddonsProvider } from "./program/provider";

/** A managed database or volume of a Miget app, over the provider plugin. */
export class MigetAddon extends DynamicMigetAddon {
  /** @internal */
  static override readonly door = nativeDoor;
}

/** A managed database, cache, queue or object store of a Northflank project, over the provider plugin. */
export class NorthflankAddon extends DynamicNorthflankAddon {
  /** @internal */
  static override readonly door = nativeDoor;
}

/** Access to an account of its own, for the classes of this entry point. */
export class AddonsProvider extends DynamicAddonsProvider {
  /** @internal */
  static override readonly door = nativeDoor;
}

export type { AddonAddress, AddonSentinel, AddonConnection } from "./program/zz_connection";
export type {
  MigetAddonArgs,
  MigetCommonArgs,
  MigetDatabaseArgs,
  MigetMysqlArgs,
  MigetPostgresArgs,
  MigetSharedVolumeArgs,
  MigetValkeyArgs,
  MigetVolumeArgs,
} from "./program/miget/zz_args";
export { getMigetAddons, getMigetAddonsOutput } from "./program/miget/lookups";
export type {
  GetMigetAddonsArgs,
  GetMigetAddonsOutputArgs,
  GetMigetAddonsResult,
  MigetAddonSummary,
} from "./program/miget/lookups";
export type {
  NorthflankAddonArgs,
  NorthflankBackupSchedule,
  NorthflankBilling,
  NorthflankIpPolicy,
  NorthflankTypeSettings,
} from "./program/northflank/zz_args";
export {
  getNorthflankAddons,
  getNorthflankAddonsOutput,
  getNorthflankAddonTypes,
  getNorthflankAddonTypesOutput,
  getNorthflankAddonVersions,
  getNorthflankAddonVersionsOutput,
  getNorthflankPlans,
  getNorthflankPlansOutput,
} from "./program/northflank/lookups";
export type {
  GetNorthflankAddonsArgs,
  GetNorthflankAddonsOutputArgs,
  GetNorthflankAddonsResult,
  GetNorthflankAddonTypesResult,
  GetNorthflankAddonVersionsArgs,
  GetNorthflankAddonVersionsOutputArgs,
  GetNorthflankAddonVersionsResult,
  GetNorthflankPlansArgs,
  GetNorthflankPlansOutputArgs,
  GetNorthflankPlansResult,
  NorthflankAddonSummary,
  NorthflankAddonType,
  NorthflankPlan,
  NorthflankSizeOptions,
} from "./program/northflank/lookups";
export type { AddonsProviderArgs, MigetAccount, NorthflankAccount } from "./program/provider";
