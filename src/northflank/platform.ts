import type { Clients } from "../clients";
import { settingOf } from "../config";
import { cut } from "../http/redact";
import type {
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
import { isRecord, type Props, shown } from "../lifecycle/values";
import type { NorthflankApi } from "./api";
import { concernsCatalogue, doubts } from "./catalogue";
import type { NorthflankEntity } from "./codecs";
import { fields } from "./fields";
import { noRotationMark, rotationMark } from "./rotation";
import { rules } from "./rules";
import { team } from "./settings";
import { slugOf } from "./slug";
import { isFailed, isLeaving, isPaused, isServing } from "./states";
import { impliedSteps, steps, stepsAfterCreate } from "./steps";

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
  private api: Promise<NorthflankApi> | undefined;

  /** Without clients it makes its own. */
  constructor(private readonly clients?: Clients) {}

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
    const catalogue = await (await this.opened()).catalogue(opening);
    return catalogue === undefined ? [] : doubts(catalogue, news);
  }

  async open(opening: Opening): Promise<Operations<NorthflankEntity>> {
    return (await this.opened()).open(opening);
  }

  /** What sends requests is loaded with the first of them: most previews send none. */
  private opened(): Promise<NorthflankApi> {
    this.api ??= import("./api.js").then(({ NorthflankApi }) => new NorthflankApi(this.clients));
    return this.api;
  }
}
