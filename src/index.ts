/**
 * Managed databases of Miget and Northflank as Pulumi resources.
 *
 * @packageDocumentation
 */
// Types are exported apart: the SDK's own TypeScript 3.8 reads this file where a project has none.
export type { AddonAddress, AddonSentinel, AddonConnection } from "./program/zz_connection";
export { MigetAddon } from "./program/miget/zz_addon";
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
export { NorthflankAddon } from "./program/northflank/zz_addon";
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
export { AddonsProvider } from "./program/provider";
export type { AddonsProviderArgs, MigetAccount, NorthflankAccount } from "./program/provider";
