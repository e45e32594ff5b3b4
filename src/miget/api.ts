import { Clients } from "../provider/clients";
import { settingOf } from "../provider/settings";
import { encode } from "../fields/field";
import { ValidationError } from "../http/errors";
import type {
  AddonApi,
  Connected,
  OpenOptions,
  PreparedStep,
  RequestContext,
  StepChange,
} from "../provider/kind";
import type { Props } from "../fields/values";
import { knownText } from "../provider/session";
import { MigetClient } from "./client";
import { remoteAddonOf, listedAddonOf, type RemoteMigetAddon } from "./codecs";
import { detailsOf } from "./connection";
import { fields, workspace } from "./fields";
import { prepareRotation } from "./rotation";
import { settings } from "./settings";
import { syncVariables } from "./variables";

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
      prepare: (change) => Promise.resolve(prepareStep(client, change, runtime.log)),
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
  log: (line: string) => void,
): PreparedStep<RemoteMigetAddon> | undefined {
  const { step, addon, paths, news, label, known } = change;
  const { key } = addon;
  const variables = { client, log, label, known };
  switch (step) {
    case "start":
      return {
        send: (context) => client.changeAddonState(key, "process_start", context),
      };
    case "stop":
      return {
        send: (context) => client.changeAddonState(key, "process_stop", context),
      };
    case "promote":
      return { send: (context) => promote(client, key, context) };
    case "rotate":
      return prepareRotation(variables, change);
    case "variables":
      return news.syncAppVariables === true
        ? { send: (context) => syncVariables(variables, addon, context) }
        : undefined;
    default: {
      const body = encode(fields, news, paths);
      return { send: (context) => client.updateAddon(key, body, context) };
    }
  }
}

/** What cannot be taken back is done already where Miget says that it is no replica any more. */
async function promote(client: MigetClient, key: string, context: RequestContext): Promise<void> {
  try {
    await client.promoteExternal(key, context);
  } catch (error) {
    const isDone =
      error instanceof ValidationError &&
      error.status === 422 &&
      /\bnot? an? (?:\S+ )?replica\b|already promoted/iu.test(error.failure.said ?? "");
    if (!isDone) throw error;
  }
}
