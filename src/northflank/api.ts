import { Clients } from "../provider/clients";
import { settingOf } from "../provider/settings";
import { SingleFlight } from "../provider/single-flight";
import { deadlineIn } from "../http/deadline";
import { encode } from "../fields/field";
import type { Props } from "../fields/values";
import type { RequestContext, Connected, OpenOptions, AddonApi } from "../provider/kind";
import { knownText } from "../provider/session";
import { NorthflankAccountClient } from "./account-client";
import { prepareStep } from "./apply";
import type { Catalogue } from "./catalogue";
import { NorthflankClient } from "./client";
import type { RemoteNorthflankAddon } from "./codecs";
import { detailsOf } from "./connection";
import { fields, team } from "./fields";
import { settings } from "./settings";
import { withSupport } from "./support";

/** What asks Northflank and changes things there. */
export class NorthflankApi {
  /** One of each account, asked for once a run. */
  private catalogues: SingleFlight<Catalogue | undefined> | undefined;

  constructor(private readonly clients = new Clients(settings)) {}

  open({ config, runtime, props }: OpenOptions): AddonApi<RemoteNorthflankAddon> {
    const projectId = knownText(props, "projectId", "Northflank");
    const own = props.teamId;
    const teamId = typeof own === "string" ? own : settingOf(team, config, runtime.env);
    const { client: http, polling, account } = this.clients.open(config, runtime);
    const client = new NorthflankClient(http, projectId, teamId);
    return {
      scope: `${account} ${teamId ?? ""} ${projectId}`,
      polling,
      list: (call) => client.listAddons(call),
      get: async (key, call, declared) => {
        const addon = await client.getAddon(key, call);
        if (addon === undefined || declared === undefined) return addon;
        const supported = await withSupport(client, addon, call);
        if (declared.backupSchedules === undefined) return supported;
        const schedules = await client.listAddonBackupSchedules(key, call);
        return { ...supported, backupSchedules: schedules };
      },
      create: (inputs, call) => client.createAddon(encode(fields, inputs), call),
      prepare: (change, call) => prepareStep(client, change, call),
      remove: (key, call) => client.deleteAddon(key, call),
      connect: (addon, declared, call) => connect(client, addon, declared, call),
    };
  }

  /** What is on offer; undefined where that cannot be told. */
  async catalogue({ config, runtime }: OpenOptions): Promise<Catalogue | undefined> {
    try {
      const { client: http, account } = this.clients.open(config, runtime);
      const client = new NorthflankAccountClient(http, undefined);
      const { clock } = runtime;
      this.catalogues ??= new SingleFlight(clock, "look at what is offered");
      return await this.catalogues.get(account, deadlineIn(clock, catalogueLimit), (shared) =>
        fetchCatalogue(client, { ...shared, secrets: [] }),
      );
    } catch {
      // No token yet, or a bad base URL: the first call that matters will say so.
      return undefined;
    }
  }
}

/** Milliseconds that a preview waits for the catalogue. */
const catalogueLimit = 3000;

async function fetchCatalogue(
  client: NorthflankAccountClient,
  call: RequestContext,
): Promise<Catalogue | undefined> {
  try {
    const [types, plans] = await Promise.all([client.listAddonTypes(call), client.listPlans(call)]);
    return { types, plans };
  } catch {
    // Nothing depends on it: whatever keeps it away, the preview goes on without it.
    return undefined;
  }
}

async function connect(
  client: NorthflankClient,
  { key, type, externalAccessEnabled }: RemoteNorthflankAddon,
  declared: Props,
  call: RequestContext,
): Promise<Connected> {
  const credentials = await client.getAddonCredentials(key, call);
  const isExternal = externalAccessEnabled ?? declared.externalAccessEnabled === true;
  const { connection, vars, ...state } = detailsOf(type, credentials, isExternal);
  if (Object.keys(vars).length === 0) return { outputs: {}, ...state };
  const { envs, secrets } = credentials;
  const made = connection ?? (state.warning === undefined ? undefined : {});
  return {
    outputs: {
      // Made of the credentials by the class and by the plugin; earlier releases wrote them.
      vars: undefined,
      credentials: { envs: envs ?? {}, secrets: secrets ?? {} },
      ...(made === undefined ? {} : { connection: made }),
    },
    ...state,
  };
}
