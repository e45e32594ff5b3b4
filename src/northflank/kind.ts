import type { Clients } from "../provider/clients";
import { settingOf } from "../provider/settings";
import { truncate } from "../http/redact";
import type {
  ListedAddon,
  OpenOptions,
  AddonApi,
  Offer,
  Phase,
  AddonKind,
  ReadConfig,
  Runtime,
} from "../provider/kind";
import type { Failure } from "../fields/field";
import { type Props, inspect } from "../fields/values";
import type { NorthflankApi } from "./api";
import { concernsCatalogue, costOf, doubts } from "./catalogue";
import type { RemoteNorthflankAddon } from "./codecs";
import { fields } from "./fields";
import { isSameOrigin } from "../provider/ownership";
import { rules } from "./rules";
import { settings, team } from "./settings";
import { slugOf } from "./slug";
import { states } from "./states";
import { steps } from "./steps";

/** The platform port for Northflank. */
export class NorthflankKind implements AddonKind<RemoteNorthflankAddon> {
  readonly title = "Northflank";
  readonly settings = settings;
  readonly previewed = ["projectId", "type", "name", "version", "billing"];
  readonly fields = fields;
  readonly scopeField = "projectId";
  readonly scopeName = "project";
  readonly accountField = "teamId";
  readonly titleField = "name";
  readonly idOutput = "addonId";
  readonly steps = steps;
  readonly stickyOutputs = ["vars", "credentials", "connection"];
  private api: Promise<NorthflankApi> | undefined;

  /** Without clients it makes its own. */
  constructor(private readonly clients?: Clients) {}

  rules(inputs: Props): readonly Failure[] {
    return rules(inputs);
  }

  defaults(inputs: Props, setting: (field: string) => string | undefined): Props {
    const teamId = setting("teamId");
    return {
      ...(teamId === undefined ? {} : { teamId }),
      paused: false,
      keepOldPassword: true,
      deletionProtection: false,
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
    return slugOf(text(inputs.name) ?? text(inputs.addonId) ?? "");
  }

  hasNaturalKey(inputs: Props, listed: ListedAddon): boolean {
    const slug = slugOf(String(inputs.name));
    return listed.key === slug || slugOf(listed.title) === slug;
  }

  naturalKey(inputs: Props): string {
    return `the id ${JSON.stringify(slugOf(String(inputs.name)))} (from its name)`;
  }

  adoptionObstacle(): undefined {
    return undefined;
  }

  phase(seen: ListedAddon | RemoteNorthflankAddon): Phase {
    const phase = states[seen.state] ?? "pending";
    const isAtWork = "pending" in seen && seen.pending;
    return isAtWork && (phase === "ready" || phase === "paused") ? "pending" : phase;
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

  isRecreated({ uid, createdAt }: RemoteNorthflankAddon, outputs: Props): boolean {
    const known = { uid: text(outputs.uid), createdAt: text(outputs.createdAt) };
    return !isSameOrigin(known, { uid, createdAt });
  }

  async offer(opening: OpenOptions, olds: Props, news: Props): Promise<Offer> {
    if (!concernsCatalogue(olds, news)) return { warnings: [] };
    const catalogue = await (await this.opened()).catalogue(opening);
    if (catalogue === undefined) return { warnings: [] };
    return { warnings: doubts(catalogue, news), cost: costOf(catalogue, olds, news) };
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

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
