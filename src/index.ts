/**
 * Managed databases of Miget and Northflank as Pulumi resources.
 *
 * @packageDocumentation
 */
// Types are exported apart: the SDK's own TypeScript 3.8 reads this file where a project has none.
export type { AddonAddress, AddonConnection } from "./connection";
export { MigetAddon } from "./miget/addon";
export type {
  MigetAddonArgs,
  MigetCommonArgs,
  MigetDatabaseArgs,
  MigetMysqlArgs,
  MigetPostgresArgs,
  MigetSharedVolumeArgs,
  MigetValkeyArgs,
  MigetVolumeArgs,
} from "./miget/args";
export { getMigetAddons, getMigetAddonsOutput } from "./miget/lookups";
export type {
  GetMigetAddonsArgs,
  GetMigetAddonsOutputArgs,
  GetMigetAddonsResult,
  MigetAddonSummary,
} from "./miget/lookups";
export { NorthflankAddon } from "./northflank/addon";
export type {
  NorthflankAddonArgs,
  NorthflankBackupSchedule,
  NorthflankBilling,
  NorthflankIpPolicy,
  NorthflankTypeSettings,
} from "./northflank/args";
export {
  getNorthflankAddons,
  getNorthflankAddonsOutput,
  getNorthflankAddonTypes,
  getNorthflankAddonTypesOutput,
  getNorthflankAddonVersions,
  getNorthflankAddonVersionsOutput,
  getNorthflankPlans,
  getNorthflankPlansOutput,
} from "./northflank/lookups";
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
} from "./northflank/lookups";
