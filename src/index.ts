/**
 * Managed databases of Miget and Northflank as Pulumi resources.
 *
 * @packageDocumentation
 */
export type { AddonConnection } from "./connection";
export {
  MigetAddon,
  type MigetAddonArgs,
  type MigetCommonArgs,
  type MigetDatabaseArgs,
  type MigetMysqlArgs,
  type MigetPostgresArgs,
  type MigetSharedVolumeArgs,
  type MigetValkeyArgs,
  type MigetVolumeArgs,
} from "./miget/addon";
export {
  NorthflankAddon,
  type NorthflankAddonArgs,
  type NorthflankBackupSchedule,
  type NorthflankBilling,
  type NorthflankIpPolicy,
  type NorthflankTypeSettings,
} from "./northflank/addon";
