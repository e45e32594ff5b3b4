import { NorthflankQueries } from "../lookups/northflank";
import { Clients } from "../provider/clients";
import { MigetAccountClient } from "../miget/account-client";
import { MigetKind } from "../miget/kind";
import { workspace } from "../miget/fields";
import { settings as migetSettings } from "../miget/settings";
import { may, NorthflankAccountClient } from "../northflank/account-client";
import { NorthflankClient } from "../northflank/client";
import { NorthflankKind } from "../northflank/kind";
import { asInput } from "../northflank/schedules";
import { team } from "../northflank/fields";
import { settings as northflankSettings } from "../northflank/settings";
import { migetOffers } from "./init/miget";
import { northflankOffers } from "./init/northflank";
import { type Source, sourceOf } from "./source";

export type PlatformName = Source["target"]["platform"];

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu;

/** Both platforms, as the command line uses them. */
export function makeSources(): Readonly<Record<PlatformName, Source>> {
  return { miget: miget(), northflank: northflank() };
}

function miget(): Source {
  const clients = new Clients(migetSettings);
  const platform = new MigetKind(clients);
  return sourceOf({
    platform,
    target: { platform: "miget", className: "MigetAddon", noun: "app" },
    settings: migetSettings,
    holder: { field: "workspaceId", noun: "workspace", setting: workspace },
    unchecked: "apps:operate (create and change) and apps:manage (delete)",
    isOwnId: (key) => uuid.test(key),
    remarks: ({ name, label }) =>
      typeof name === "string" && typeof label === "string" && name !== label
        ? ["Miget made `name` when the add-on was created; `label` is what its console shows."]
        : [],
    account: ({ config, runtime }, workspaceId) => {
      const { client: http, budget } = clients.open(config, runtime);
      const client = new MigetAccountClient(http, workspaceId);
      return {
        budget,
        scopes: async (call) =>
          (await client.listApps(call)).map(({ uuid, label, name }) => ({
            id: uuid,
            title: label ?? name ?? "",
          })),
        offers: () => Promise.resolve(migetOffers),
        told: () => Promise.resolve(new Map()),
      };
    },
  });
}

function northflank(): Source {
  const clients = new Clients(northflankSettings);
  const platform = new NorthflankKind(clients);
  return sourceOf({
    platform,
    target: { platform: "northflank", className: "NorthflankAddon", noun: "project" },
    settings: northflankSettings,
    holder: { field: "teamId", noun: "team", setting: team },
    unchecked: `${may("Create")}, Update and Delete`,
    isOwnId: (key) => !uuid.test(key),
    remarks: () => [],
    account: ({ config, runtime }, teamId) => {
      const { client: http, budget } = clients.open(config, runtime);
      const client = new NorthflankAccountClient(http, teamId);
      return {
        budget,
        scopes: async (call) =>
          (await client.listProjects(call)).map(({ id, name }) => ({ id, title: name ?? "" })),
        offers: async () => {
          const asking = { config, run: {}, log: runtime.log, anew: false, isSecret: false };
          const queries = new NorthflankQueries(runtime);
          const [{ addonTypes }, { plans }] = await Promise.all([
            queries.addonTypes(asking),
            queries.plans({}, asking),
          ]);
          return northflankOffers(addonTypes, plans);
        },
        told: async (projectId, { key }, call) => {
          const addons = new NorthflankClient(http, projectId, teamId);
          const schedules = await addons.listAddonBackupSchedules(key, call);
          return new Map([["backupSchedules", schedules.map(asInput)]]);
        },
      };
    },
  });
}
