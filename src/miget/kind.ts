import type { Clients } from "../provider/clients";
import { truncate } from "../http/redact";
import type {
  ListedAddon,
  OpenOptions,
  AddonApi,
  Offer,
  Phase,
  Step,
  AddonKind,
} from "../provider/kind";
import type { Failure } from "../fields/field";
import { namesOfSticky, outputsIn } from "../fields/output";
import { type Props, inspect } from "../fields/values";
import type { MigetApi } from "./api";
import type { RemoteMigetAddon } from "./codecs";
import { fields, normalLabel } from "./fields";
import { outputs } from "./outputs";
import { rules } from "./rules";
import { settings } from "./settings";
import { phaseOf } from "./states";

/** The platform port for Miget. */
export class MigetKind implements AddonKind<RemoteMigetAddon> {
  readonly title = "Miget";
  readonly settings = settings;
  readonly previewed = ["appUuid", "type", "name", "label"];
  readonly fields = fields;
  readonly scopeField = "appUuid";
  readonly scopeName = "app";
  readonly accountField = "workspaceId";
  readonly titleField = "label";
  readonly idOutput = "uuid";
  readonly steps: readonly Step[] = [
    { name: "start" },
    { name: "promote" },
    { name: "settings" },
    { name: "rotate" },
    { name: "variables" },
    { name: "stop", afterCreate: true },
  ];
  readonly stickyOutputs = namesOfSticky(outputs);
  private api: Promise<MigetApi> | undefined;

  /** Without clients it makes its own. */
  constructor(private readonly clients?: Clients) {}

  rules(inputs: Props): readonly Failure[] {
    return rules(inputs);
  }

  describe(props: Props): string {
    const { name, assignedName, type, appUuid } = props;
    const title =
      typeof name === "string" ? name : typeof assignedName === "string" ? assignedName : undefined;
    const kind = typeof type === "string" ? `${truncate(type, 40)} add-on` : "add-on";
    return `Miget ${kind}${title === undefined ? "" : ` ${inspect(title)}`} of app ${truncate(String(appUuid), 60)}`;
  }

  /** The server makes a UUID, and any number of add-ons can have one label. */
  predictedId(): undefined {
    return undefined;
  }

  hasNaturalKey(inputs: Props, listed: ListedAddon): boolean {
    const isLabel = normalLabel(listed.title) === normalLabel(String(inputs.label));
    return listed.type === inputs.type && isLabel;
  }

  naturalKey(inputs: Props): string {
    return `type ${String(inputs.type)} and label ${JSON.stringify(normalLabel(String(inputs.label)))}`;
  }

  adoptionObstacle({ type, body }: RemoteMigetAddon): string | undefined {
    if (type === "cronjob") {
      return "it is a cron job's add-on, which belongs to its cron job and cannot be managed on its own.";
    }
    if (body.role === "replica") {
      return "it is a read replica, which belongs to its primary.";
    }
    return undefined;
  }

  phase({ state }: ListedAddon | RemoteMigetAddon): Phase {
    return phaseOf(state);
  }

  outputs(addon: RemoteMigetAddon): Props {
    return outputsIn(outputs, addon);
  }

  /** A UUID is never given twice. */
  isRecreated(): boolean {
    return false;
  }

  /** Miget has no catalogue to ask. */
  offer(): Promise<Offer> {
    return Promise.resolve({ warnings: [] });
  }

  async open(opening: OpenOptions): Promise<AddonApi<RemoteMigetAddon>> {
    return (await this.opened()).open(opening);
  }

  /** What sends requests is loaded with the first of them: a preview sends none. */
  private opened(): Promise<MigetApi> {
    this.api ??= import("./api.js").then(({ MigetApi }) => new MigetApi(this.clients));
    return this.api;
  }
}
