import type { Clients } from "../provider/clients";
import { truncate } from "../http/redact";
import type { ListedAddon, OpenOptions, AddonApi, Offer, Phase, AddonKind } from "../provider/kind";
import type { Failure } from "../fields/field";
import { namesOfSticky, outputsIn } from "../fields/output";
import { type Props, inspect } from "../fields/values";
import type { NorthflankApi } from "./api";
import { concernsCatalogue, costOf, doubts } from "./catalogue";
import type { RemoteNorthflankAddon } from "./codecs";
import { fields } from "./fields";
import { isSameOrigin } from "../provider/ownership";
import { outputs } from "./outputs";
import { rules } from "./rules";
import { settings } from "./settings";
import { slugOf } from "./slug";
import { states } from "./states";
import { steps } from "./steps";
import { supportWarning } from "./support";

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
  readonly stickyOutputs = namesOfSticky(outputs);
  private api: Promise<NorthflankApi> | undefined;

  /** Without clients it makes its own. */
  constructor(private readonly clients?: Clients) {}

  rules(inputs: Props): readonly Failure[] {
    return rules(inputs);
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

  outputs(addon: RemoteNorthflankAddon): Props {
    return outputsIn(outputs, addon);
  }

  notice(outputs: Props, inputs: Props): string | undefined {
    return supportWarning(outputs, inputs);
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
