import { Clients } from "../provider/clients";
import { settingOf } from "../provider/settings";
import { encode, withEffective } from "../fields/field";
import type {
  RequestContext,
  Connected,
  OpenOptions,
  AddonApi,
  StepChange,
} from "../provider/kind";
import { knownText } from "../provider/session";
import { UserError } from "../provider/state";
import { MigetClient } from "./client";
import { remoteAddonOf, listedAddonOf, type RemoteMigetAddon } from "./codecs";
import { detailsOf } from "./connection";
import { fields } from "./fields";
import { settings, workspace } from "./settings";
import { isStopped } from "./states";

/** What asks Miget and changes things there. */
export class MigetApi {
  constructor(private readonly clients = new Clients(settings)) {}

  open({ config, runtime, props }: OpenOptions): AddonApi<RemoteMigetAddon> {
    const appUuid = knownText(props, "appUuid", "Miget");
    const own = props.workspaceId;
    const workspaceId = typeof own === "string" ? own : settingOf(workspace, config, runtime.env);
    const { client: http, budget, account } = this.clients.open(config, runtime);
    const client = new MigetClient(http, appUuid, workspaceId);
    return {
      scope: `${account} ${workspaceId ?? ""} ${appUuid}`,
      budgetPace: () => budget.pace(),
      list: async (call) => (await client.listAddons(call)).map(listedAddonOf),
      get: async (key, call) => {
        const body = await client.getAddon(key, call);
        return body === undefined ? undefined : remoteAddonOf(body);
      },
      create: async (inputs, call) =>
        remoteAddonOf(await client.createAddon(encode(fields, inputs), call)),
      apply: (change, call) => apply(client, change, call),
      remove: (key, call) => client.deleteAddon(key, call),
      connect: ({ body }) => Promise.resolve(connect(body)),
    };
  }
}

function connect(body: RemoteMigetAddon["body"]): Connected {
  const { connection, vars } = detailsOf(body);
  return connection === undefined
    ? { outputs: {}, missing: "connection data" }
    : { outputs: { connection, vars } };
}

async function apply(
  client: MigetClient,
  change: StepChange<RemoteMigetAddon>,
  call: RequestContext,
): Promise<void> {
  const { key } = change.entity;
  switch (change.step) {
    case "start":
      await client.changeAddonState(key, "process_start", call);
      return;
    case "stop":
      await client.changeAddonState(key, "process_stop", call);
      return;
    case "rotate":
      if (isStopped(change.entity.state)) {
        throw new UserError(
          `Miget add-on ${key} cannot get a new password while it is stopped, since Miget would not show it. Set paused: false with the new passwordVersion; it can be paused again afterwards.`,
        );
      }
      await client.rotatePassword(key, call);
      return;
    default:
      await client.updateAddon(
        key,
        encode(fields, withEffective(fields, change.news, change.paths), [...change.paths]),
        call,
      );
  }
}
