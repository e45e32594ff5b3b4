import { Clients, settingOf } from "../config";
import type { Clock } from "../http/clock";
import { deadlineIn } from "../http/deadline";
import { cut } from "../http/redact";
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
} from "../lifecycle/platform";
import { encode } from "../lifecycle/fields";
import { knownText } from "../lifecycle/session";
import { isRecord, type Props, shown } from "../lifecycle/values";
import { NorthflankAccountClient } from "./account-client";
import { type Catalogue, concernsCatalogue, doubts } from "./catalogue";
import { NorthflankClient } from "./client";
import type { NorthflankEntity } from "./codecs";
import { detailsOf } from "./connection";
import { fields } from "./fields";
import { noRotationMark, rotationMark } from "./rotation";
import { rules } from "./rules";
import { settings, team } from "./settings";
import { slugOf } from "./slug";
import { isFailed, isLeaving, isPaused, isServing } from "./states";
import { applyStep, impliedSteps, steps, stepsAfterCreate } from "./steps";

/** The platform port for Northflank. */
export class NorthflankPlatform implements Platform<NorthflankEntity> {
  readonly title = "Northflank";
  readonly fields = fields;
  readonly scopeField = "projectId";
  readonly titleField = "name";
  readonly keyOutput = "addonId";
  readonly steps = steps;
  readonly stepsAfterCreate = stepsAfterCreate;
  readonly namesAreForever = false;
  readonly lastingOutputs = { vars: {}, credentials: {}, connection: {} };
  readonly clients = new Clients(settings);
  /** One of each account, asked for once a run. */
  private readonly catalogues = new Map<string, Promise<Catalogue | undefined>>();

  impliedSteps(planned: readonly string[], news: Props): readonly string[] {
    return impliedSteps(planned, news);
  }

  rules(inputs: Props): readonly Failure[] {
    return rules(inputs);
  }

  defaults(inputs: Props, setting: (field: string) => string | undefined): Props {
    const teamId = setting("teamId");
    return {
      ...(teamId === undefined ? {} : { teamId }),
      paused: false,
      keepOldPassword: true,
      adopt: false,
      allowReplace: false,
      waitForReady: true,
      ...inputs,
    };
  }

  setting(config: ReadConfig, env: Runtime["env"], field: string): string | undefined {
    return field === "teamId" ? settingOf(team, config, env) : undefined;
  }

  describe(props: Props): string {
    const { name, type, projectId } = props;
    const kind = typeof type === "string" ? `${cut(type, 40)} add-on` : "add-on";
    const title = typeof name === "string" ? ` ${shown(name)}` : "";
    return `Northflank ${kind}${title} of project ${cut(String(projectId), 60)}`;
  }

  keyFor(inputs: Props): string {
    return slugOf(String(inputs.name));
  }

  isNamesake(inputs: Props, listed: Listed): boolean {
    const slug = slugOf(String(inputs.name));
    return listed.key === slug || slugOf(listed.title) === slug;
  }

  naturalKey(inputs: Props): string {
    return `the id ${JSON.stringify(slugOf(String(inputs.name)))}, which follows from its name`;
  }

  adoptable(): string | undefined {
    return undefined;
  }

  phase(seen: Listed | NorthflankEntity, goal: Goal): Phase {
    const { state } = seen;
    if (isLeaving(state)) return "leaving";
    if (isFailed(state)) return "unusable";
    if ("pending" in seen && seen.pending) return "working";
    if (goal === "paused") return isPaused(state) ? "ready" : "working";
    if (isPaused(state)) return "unusable";
    return isServing(state) ? "ready" : "working";
  }

  isBusy({ state, pending }: NorthflankEntity): boolean {
    // A backup runs beside a database that serves, but keeps it from being changed.
    return pending || (state !== "running" && !isPaused(state) && !isFailed(state));
  }

  goal(inputs: Props): Goal {
    return inputs.paused === true ? "paused" : "running";
  }

  outputs(entity: NorthflankEntity): Props {
    return {
      addonId: entity.key,
      appId: entity.appId,
      uid: entity.uid,
      state: entity.state,
      resolvedVersion: entity.versionTag,
      region: entity.region,
      cluster: entity.cluster,
      createdAt: entity.createdAt,
      storage: entity.storage,
      replicas: entity.replicas,
    };
  }

  isComplete(outputs: Props): boolean {
    const { state, uid, createdAt, connection } = outputs;
    if (typeof state !== "string" || (uid === undefined && createdAt === undefined)) return false;
    const seen = { key: "", title: "", type: "", state };
    const settled = this.phase(seen, this.goal(outputs)) === "ready";
    return settled && isRecord(connection) && Object.keys(connection).length > 0;
  }

  voidedBy(step: string): Props {
    return step === "rotate" ? { ...this.lastingOutputs, ...noRotationMark } : {};
  }

  notes({ rotation }: NorthflankEntity, known: Props, present: Props): Props {
    return rotationMark(rotation, known, present);
  }

  /** The unique id tells; where an answer lacks it, the time of creation. */
  isAnother(entity: NorthflankEntity, { uid, createdAt }: Props): boolean {
    if (typeof uid === "string" && entity.uid !== undefined) return uid !== entity.uid;
    if (typeof createdAt !== "string" || entity.createdAt === undefined) return false;
    const [before, now] = [Date.parse(createdAt), Date.parse(entity.createdAt)];
    return Number.isNaN(before) || Number.isNaN(now)
      ? createdAt !== entity.createdAt
      : before !== now;
  }

  async doubts(opening: Opening, olds: Props, news: Props): Promise<readonly string[]> {
    if (!concernsCatalogue(olds, news)) return [];
    try {
      const { client: http, account } = this.clients.open(opening.config, opening.runtime);
      const client = new NorthflankAccountClient(http, undefined);
      let catalogue = this.catalogues.get(account);
      if (catalogue === undefined) {
        catalogue = fetchCatalogue(client, opening.runtime.clock);
        this.catalogues.set(account, catalogue);
      }
      const found = await catalogue;
      return found === undefined ? [] : doubts(found, news);
    } catch {
      // No token yet, or a bad base URL: the first call that matters will say so.
      return [];
    }
  }

  open({ config, runtime, props }: Opening): Operations<NorthflankEntity> {
    const projectId = knownText(props, "projectId", "Northflank");
    const own = props.teamId;
    const teamId = typeof own === "string" ? own : settingOf(team, config, runtime.env);
    const { client: http, budget, account } = this.clients.open(config, runtime);
    const client = new NorthflankClient(http, projectId, teamId);
    return {
      scope: `${account} ${teamId ?? ""} ${projectId}`,
      budgetPace: () => budget.pace(),
      list: (call) => client.listAddons(call),
      get: (key, call) => client.getAddon(key, call),
      create: (inputs, call) => client.createAddon(encode(fields, inputs), call),
      apply: (change, call) => applyStep(client, change, call),
      remove: (key, call) => client.deleteAddon(key, call),
      connect: (entity, call) => connect(client, entity, call),
    };
  }
}

/** Milliseconds that a preview waits for the catalogue. */
const catalogueLimit = 3000;

async function fetchCatalogue(
  client: NorthflankAccountClient,
  clock: Clock,
): Promise<Catalogue | undefined> {
  const call = { deadline: deadlineIn(clock, catalogueLimit), secrets: [] };
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
  entity: NorthflankEntity,
  call: Call,
): Promise<Connected> {
  const credentials = await client.getAddonCredentials(entity.key, call);
  const { connection, vars } = detailsOf(entity.type, credentials);
  if (connection === undefined) return { complete: false, outputs: {} };
  const { envs, secrets } = credentials;
  return {
    complete: true,
    outputs: { connection, vars, credentials: { envs: envs ?? {}, secrets: secrets ?? {} } },
  };
}
