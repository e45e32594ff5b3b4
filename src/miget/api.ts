import { Clients } from "../clients";
import { settingOf } from "../config";
import { encode, withEffective } from "../lifecycle/fields";
import type { Call, Connected, Opening, Operations, StepChange } from "../lifecycle/platform";
import { knownText } from "../lifecycle/session";
import { UserError } from "../lifecycle/state";
import { MigetClient } from "./client";
import { entityOf, listedOf, type MigetEntity } from "./codecs";
import { detailsOf } from "./connection";
import { fields } from "./fields";
import { settings, workspace } from "./settings";
import { isStopped } from "./states";

/** What asks Miget and changes things there. */
export class MigetApi {
  constructor(private readonly clients = new Clients(settings)) {}

  open({ config, runtime, props }: Opening): Operations<MigetEntity> {
    const appUuid = knownText(props, "appUuid", "Miget");
    const own = props.workspaceId;
    const workspaceId = typeof own === "string" ? own : settingOf(workspace, config, runtime.env);
    const { client: http, budget, account } = this.clients.open(config, runtime);
    const client = new MigetClient(http, appUuid, workspaceId);
    return {
      scope: `${account} ${workspaceId ?? ""} ${appUuid}`,
      budgetPace: () => budget.pace(),
      list: async (call) => (await client.listAddons(call)).map(listedOf),
      get: async (key, call) => {
        const body = await client.getAddon(key, call);
        return body === undefined ? undefined : entityOf(body);
      },
      create: async (inputs, call) =>
        entityOf(await client.createAddon(encode(fields, inputs), call)),
      apply: (change, call) => apply(client, change, call),
      remove: (key, call) => client.deleteAddon(key, call),
      connect: ({ body }) => Promise.resolve(connect(body)),
    };
  }
}

function connect(body: MigetEntity["body"]): Connected {
  const { connection, vars } = detailsOf(body);
  return connection === undefined
    ? { complete: false, outputs: {} }
    : { complete: true, outputs: { connection, vars } };
}

async function apply(
  client: MigetClient,
  change: StepChange<MigetEntity>,
  call: Call,
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
