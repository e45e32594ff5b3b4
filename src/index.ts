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
} from "./miget/addon";
export { NorthflankAddon } from "./northflank/addon";
export type {
  NorthflankAddonArgs,
  NorthflankBackupSchedule,
  NorthflankBilling,
  NorthflankIpPolicy,
  NorthflankTypeSettings,
} from "./northflank/addon";
