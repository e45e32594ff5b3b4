import { Clients, settingOf } from "../config";
import { cut } from "../http/redact";
import { encode, withEffective } from "../lifecycle/fields";
import type {
  Call,
  Connected,
  Failure,
  Goal,
  Listed,
  Opening,
  Operations,
  Phase,
  Platform,
  ReadConfig,
  Runtime,
  StepChange,
} from "../lifecycle/platform";
import { knownText } from "../lifecycle/session";
import { UserError } from "../lifecycle/state";
import { isRecord, type Props, shown } from "../lifecycle/values";
import { MigetClient } from "./client";
import { entityOf, listedOf, type MigetEntity } from "./codecs";
import { detailsOf } from "./connection";
import { databases, fields } from "./fields";
import { rules } from "./rules";
import { settings, workspace } from "./settings";
import { isFailed, isRunning, isStopped } from "./states";

/** The platform port for Miget. */
export class MigetPlatform implements Platform<MigetEntity> {
  readonly title = "Miget";
  readonly fields = fields;
  readonly scopeField = "appUuid";
  readonly titleField = "label";
  readonly keyOutput = "uuid";
  readonly steps = ["start", "settings", "rotate", "stop"];
  readonly stepsAfterCreate = ["stop"];
  readonly namesAreForever = true;
  readonly lastingOutputs = { vars: {}, connection: {} };
  readonly clients = new Clients(settings);

  impliedSteps(): readonly string[] {
    return [];
  }

  rules(inputs: Props): readonly Failure[] {
    return rules(inputs);
  }

  defaults(inputs: Props, setting: (field: string) => string | undefined): Props {
    const { name, type } = inputs;
    const workspaceId = setting("workspaceId");
    return {
      ...(workspaceId === undefined ? {} : { workspaceId }),
      ...(name === undefined ? {} : { label: name }),
      ...(typeof type === "string" && databases.includes(type) ? { paused: false } : {}),
      adopt: false,
      allowReplace: false,
      waitForReady: true,
      ...inputs,
    };
  }

  setting(config: ReadConfig, env: Runtime["env"], field: string): string | undefined {
    return field === "workspaceId" ? settingOf(workspace, config, env) : undefined;
  }

  describe(props: Props): string {
    const { name, assignedName, type, appUuid } = props;
    const title =
      typeof name === "string" ? name : typeof assignedName === "string" ? assignedName : undefined;
    const kind = typeof type === "string" ? `${cut(type, 40)} add-on` : "add-on";
    return `Miget ${kind}${title === undefined ? "" : ` ${shown(title)}`} of app ${cut(String(appUuid), 60)}`;
  }

  /** The server makes a UUID, and any number of add-ons can have one label. */
  keyFor(): undefined {
    return undefined;
  }

  isNamesake(inputs: Props, listed: Listed): boolean {
    return listed.type === inputs.type && listed.title === inputs.label;
  }

  naturalKey(inputs: Props): string {
    return `type ${String(inputs.type)} and label ${JSON.stringify(inputs.label)}`;
  }

  adoptable({ type, body }: MigetEntity): string | undefined {
    if (type === "cronjob") {
      return "it is a cron job's add-on, which belongs to its cron job and cannot be managed by itself.";
    }
    if (body.role === "replica") {
      return "it is a read replica, which belongs to its primary.";
    }
    return undefined;
  }

  phase({ state }: Listed | MigetEntity, goal: Goal): Phase {
    const word = state.toLowerCase();
    if (isFailed(word)) return "unusable";
    if (goal === "paused") return isStopped(word) ? "ready" : "working";
    if (isStopped(word)) return "unusable";
    return isRunning(word) ? "ready" : "working";
  }

  isBusy({ state }: MigetEntity): boolean {
    const word = state.toLowerCase();
    return !isRunning(word) && !isStopped(word) && !isFailed(word);
  }

  goal(inputs: Props): Goal {
    return inputs.paused === true ? "paused" : "running";
  }

  outputs({ body }: MigetEntity): Props {
    const { quota, settings: own, role, replicas } = body;
    return {
      uuid: body.uuid,
      assignedName: body.name,
      state: body.state,
      quota: quota ?? {},
      settings: own ?? {},
      ...(body.type === "postgres" ? { role, replicas: replicas ?? [] } : {}),
      createdAt: body.created_at,
      updatedAt: body.updated_at,
    };
  }

  isComplete(outputs: Props): boolean {
    const { state, type, connection } = outputs;
    if (typeof state !== "string") return false;
    const settled =
      this.phase({ key: "", title: "", type: "", state }, this.goal(outputs)) === "ready";
    return (
      settled && (type === "storage" || (isRecord(connection) && connection.uri !== undefined))
    );
  }

  voidedBy(step: string): Props {
    return step === "rotate" ? this.lastingOutputs : {};
  }

  /** Doing a step again is harmless on Miget. */
  notes(): Props {
    return {};
  }

  /** A UUID is never given twice. */
  isAnother(): boolean {
    return false;
  }

  /** Miget has no catalogue to ask. */
  doubts(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

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
