import type { Clients } from "../provider/clients";
import { settingOf } from "../provider/settings";
import { truncate } from "../http/redact";
import type {
  Goal,
  ListedAddon,
  OpenOptions,
  AddonApi,
  Phase,
  AddonKind,
  ReadConfig,
  Runtime,
} from "../provider/kind";
import type { Failure } from "../fields/field";
import { isRecord, type Props, inspect } from "../fields/values";
import type { NorthflankApi } from "./api";
import { concernsCatalogue, doubts } from "./catalogue";
import type { RemoteNorthflankAddon } from "./codecs";
import { fields } from "./fields";
import { noRotationMark, rotationMark } from "./rotation";
import { rules } from "./rules";
import { team } from "./settings";
import { slugOf } from "./slug";
import { isFailed, isLeaving, isPaused, isServing } from "./states";
import { impliedSteps, steps, stepsAfterCreate } from "./steps";

/** The platform port for Northflank. */
export class NorthflankKind implements AddonKind<RemoteNorthflankAddon> {
  readonly title = "Northflank";
  readonly fields = fields;
  readonly scopeField = "projectId";
  readonly titleField = "name";
  readonly idOutput = "addonId";
  readonly steps = steps;
  readonly stepsAfterCreate = stepsAfterCreate;
  readonly idsAreUnique = false;
  readonly stickyOutputs = { vars: {}, credentials: {}, connection: {} };
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
    const kind = typeof type === "string" ? `${truncate(type, 40)} add-on` : "add-on";
    const title = typeof name === "string" ? ` ${inspect(name)}` : "";
    return `Northflank ${kind}${title} of project ${truncate(String(projectId), 60)}`;
  }

  predictedId(inputs: Props): string {
    return slugOf(String(inputs.name));
  }

  hasNaturalKey(inputs: Props, listed: ListedAddon): boolean {
    const slug = slugOf(String(inputs.name));
    return listed.key === slug || slugOf(listed.title) === slug;
  }

  naturalKey(inputs: Props): string {
    return `the id ${JSON.stringify(slugOf(String(inputs.name)))}, which follows from its name`;
  }

  adoptionObstacle(): string | undefined {
    return undefined;
  }

  phase(seen: ListedAddon | RemoteNorthflankAddon, goal: Goal): Phase {
    const { state } = seen;
    if (isLeaving(state)) return "leaving";
    if (isFailed(state)) return "unusable";
    if ("pending" in seen && seen.pending) return "working";
    if (goal === "paused") return isPaused(state) ? "ready" : "working";
    if (isPaused(state)) return "unusable";
    return isServing(state) ? "ready" : "working";
  }

  isBusy({ state, pending }: RemoteNorthflankAddon): boolean {
    // A backup runs beside a database that serves, but keeps it from being changed.
    return pending || (state !== "running" && !isPaused(state) && !isFailed(state));
  }

  goal(inputs: Props): Goal {
    return inputs.paused === true ? "paused" : "running";
  }

  outputs(entity: RemoteNorthflankAddon): Props {
    return {
      addonId: entity.key,
      appId: entity.appId,
      uid: entity.uid,
      state: entity.state,
      resolvedVersion: entity.versionTag,
      lifecycleStatus: entity.lifecycleStatus,
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

  invalidates(step: string): Props {
    return step === "rotate" ? { ...this.stickyOutputs, ...noRotationMark } : {};
  }

  notes({ rotation }: RemoteNorthflankAddon, known: Props, present: Props): Props {
    return rotationMark(rotation, known, present);
  }

  /** The unique id tells; where an answer lacks it, the time of creation. */
  isRecreated(entity: RemoteNorthflankAddon, { uid, createdAt }: Props): boolean {
    if (typeof uid === "string" && entity.uid !== undefined) return uid !== entity.uid;
    if (typeof createdAt !== "string" || entity.createdAt === undefined) return false;
    const [before, now] = [Date.parse(createdAt), Date.parse(entity.createdAt)];
    return Number.isNaN(before) || Number.isNaN(now)
      ? createdAt !== entity.createdAt
      : before !== now;
  }

  async warnings(opening: OpenOptions, olds: Props, news: Props): Promise<readonly string[]> {
    if (!concernsCatalogue(olds, news)) return [];
    const catalogue = await (await this.opened()).catalogue(opening);
    return catalogue === undefined ? [] : doubts(catalogue, news);
  }

  async open(opening: OpenOptions): Promise<AddonApi<RemoteNorthflankAddon>> {
    return (await this.opened()).open(opening);
  }

  /** What sends requests is loaded with the first of them: most previews send none. */
  private opened(): Promise<NorthflankApi> {
    this.api ??= import("./api.js").then(({ NorthflankApi }) => new NorthflankApi(this.clients));
    return this.api;
  }
}
