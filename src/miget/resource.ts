import type { ResourceRows } from "../fields/resource";
import type { RemoteMigetAddon } from "./codecs";
import { databases, fields } from "./fields";
import { outputs } from "./outputs";

/** MigetAddon, with all that is generated about it. */
export const addon: ResourceRows<RemoteMigetAddon> = {
  className: "MigetAddon",
  type: "miget:Addon",
  platform: "Miget",
  doc: "A managed database or volume of a Miget app.",
  id: "<appUuid>/<uuid>",
  example: `const orders = new MigetAddon("orders", {
  appUuid: "00000000-0000-4000-8000-00000000a990",
  type: "postgres",
  postgresVersion: "17",
  ramSize: 256,
  diskSize: 1,
});
export const databaseUrl = orders.connection.uri;`,
  inputs: fields,
  outputs,
  groups: {},
  args: [
    {
      name: "MigetCommonArgs",
      doc: "Inputs of every Miget add-on. What is left out and has no default, Miget decides; after that it is left alone. The facts about inputs are those of Miget's API reference and its own tools.",
    },
    {
      name: "MigetDatabaseArgs",
      doc: "Inputs of the databases.",
      extends: "MigetCommonArgs",
      types: databases,
    },
    {
      name: "MigetPostgresArgs",
      doc: "Inputs of a PostgreSQL add-on.",
      extends: "MigetDatabaseArgs",
      types: ["postgres"],
    },
    {
      name: "MigetMysqlArgs",
      doc: "Inputs of a MySQL add-on.",
      extends: "MigetDatabaseArgs",
      types: ["mysql"],
    },
    {
      name: "MigetValkeyArgs",
      doc: "Inputs of a Valkey add-on.",
      extends: "MigetDatabaseArgs",
      types: ["valkey"],
    },
    {
      name: "MigetVolumeArgs",
      doc: "Inputs of a volume of its own.",
      extends: "MigetCommonArgs",
      types: ["storage"],
      without: "serviceId",
    },
    {
      name: "MigetSharedVolumeArgs",
      doc: "Inputs of a mount of a shared-storage service, which gives mount point and access.",
      extends: "MigetCommonArgs",
      types: ["storage"],
      with: "serviceId",
    },
  ],
};
