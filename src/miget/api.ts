import { Clients } from "../provider/clients";
import { settingOf } from "../provider/settings";
import { encode, withEffective } from "../fields/field";
import type { Connected, OpenOptions, AddonApi, PreparedStep, StepChange } from "../provider/kind";
import { isRecord, type Props } from "../fields/values";
import { knownText } from "../provider/session";
import { UserError } from "../provider/state";
import { MigetClient } from "./client";
import { remoteAddonOf, listedAddonOf, type RemoteMigetAddon } from "./codecs";
import { detailsOf } from "./connection";
import { fields, workspace } from "./fields";
import { settings } from "./settings";
import { phaseOf } from "./states";

/** What asks Miget and changes things there. */
export class MigetApi {
  constructor(private readonly clients = new Clients(settings)) {}

  open({ config, runtime, props }: OpenOptions): AddonApi<RemoteMigetAddon> {
    const appUuid = knownText(props, "appUuid", "Miget");
    const own = props.workspaceId;
    const workspaceId = typeof own === "string" ? own : settingOf(workspace, config, runtime.env);
    const { client: http, polling, account } = this.clients.open(config, runtime);
    const client = new MigetClient(http, appUuid, workspaceId);
    return {
      scope: `${account} ${workspaceId ?? ""} ${appUuid}`,
      polling,
      list: async (call) => (await client.listAddons(call)).map(listedAddonOf),
      get: async (key, call) => {
        const body = await client.getAddon(key, call);
        return body === undefined ? undefined : remoteAddonOf(body);
      },
      create: async (inputs, call) =>
        remoteAddonOf(await client.createAddon(encode(fields, inputs), call)),
      prepare: (change) => Promise.resolve(prepareStep(client, change)),
      remove: (key, call) => client.deleteAddon(key, call),
      connect: ({ body }, declared) => Promise.resolve(connect(body, declared)),
    };
  }
}

function connect(body: RemoteMigetAddon["body"], declared: Props): Connected {
  const { missing, ...outputs } = detailsOf(body, declared.publicAccess === true);
  const isAnswered = outputs.connection !== undefined || Object.keys(outputs.vars).length > 0;
  return { outputs: isAnswered ? outputs : {}, ...(missing === undefined ? {} : { missing }) };
}

function prepareStep(
  client: MigetClient,
  change: StepChange<RemoteMigetAddon>,
): PreparedStep<RemoteMigetAddon> | undefined {
  const { step, addon, paths, news } = change;
  const { key } = addon;
  switch (step) {
    case "start":
      return {
        send: (context) => client.changeAddonState(key, "process_start", context),
      };
    case "stop":
      return {
        send: (context) => client.changeAddonState(key, "process_stop", context),
      };
    case "rotate":
      return prepareRotation(client, change);
    default: {
      const body = encode(fields, withEffective(fields, news, paths), [...paths]);
      return { send: (context) => client.updateAddon(key, body, context) };
    }
  }
}

/**
 * A rotation is done when the password differs from the one read just before it. Where it differs
 * from that of the state already, an interrupted run has rotated it, and nothing is sent.
 */
function prepareRotation(
  client: MigetClient,
  { addon, known, label }: StepChange<RemoteMigetAddon>,
): PreparedStep<RemoteMigetAddon> | undefined {
  const { key } = addon;
  if (phaseOf(addon.state) === "paused") {
    throw new UserError(
      `${label} cannot get a new password while it is stopped, since Miget would not show it. Set paused: false with the new passwordVersion; it can be paused again afterwards.`,
    );
  }
  const former = passwordOf(addon);
  const recorded = isRecord(known.connection) ? known.connection.password : undefined;
  if (typeof recorded === "string" && former !== undefined && former !== recorded) return undefined;
  return {
    isSlow: true,
    effect: "the new password",
    send: (context) => client.rotatePassword(key, context),
    isDone: (seen) => {
      const password = passwordOf(seen);
      return Promise.resolve(password !== undefined && password !== former);
    },
  };
}

function passwordOf({ body }: RemoteMigetAddon): string | undefined {
  const password = detailsOf(body).connection?.password;
  return typeof password === "string" ? password : undefined;
}
