import type { Clock } from "../http/clock";
import type { Deadline } from "../http/deadline";
import type { RequestError } from "../http/errors";
import type { Transport } from "../http/transport";
import type { Failure, FieldTable } from "../fields/field";
import type { Props } from "../fields/values";

/** What the life cycle needs to know of an add-on, whatever the platform. */
export interface RemoteAddon {
  /** The id in the API's paths: a UUID, or a slug. */
  readonly key: string;
  /** The app or project that it belongs to, where the answer says so. */
  readonly scope?: string | undefined;
  /** The platform's own word. */
  readonly state: string;
  readonly type: string;
}

/** An add-on as a list shows it. */
export interface ListedAddon extends RemoteAddon {
  /** What people call it: its name or label. */
  readonly title: string;
}

/** What is waited for. */
export type Goal = "running" | "paused";

/**
 * `working` covers states never seen before: those are waited for. `unusable` states cannot get
 * better by waiting. `leaving` means that it is being deleted.
 */
export type Phase = "ready" | "working" | "unusable" | "leaving";

/** What comes with every call on the platform. */
export interface RequestContext {
  readonly deadline: Deadline;
  /** Texts that must not appear in messages. */
  readonly secrets: readonly string[];
  /** Called before a change is sent another time; what it throws ends the attempts. */
  readonly beforeRepeat?: () => Promise<void>;
  /** Told of each failure after which a request is sent another time. */
  readonly onRetry?: (cause: RequestError) => void;
}

/** The outside world, passed in so that tests decide about it. */
export interface Runtime {
  readonly clock: Clock;
  readonly random: () => number;
  readonly transport: Transport;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Shows a line to the user. */
  readonly log: (line: string) => void;
  /** True once the engine that this process works for is gone: nobody would hear of what is done. */
  readonly isAbandoned: () => boolean;
  /** Pulumi ids of add-ons that stood in the way of a creation in this run, of all platforms. */
  readonly taken: Set<string>;
}

/** Reads a value of the stack's configuration: `miget:apiToken`. */
export type ReadConfig = (key: string) => string | undefined;

/** Where and with which settings operations run. */
export interface OpenOptions {
  readonly config: ReadConfig;
  readonly runtime: Runtime;
  /** Inputs or outputs of the resource: they say in which app or project, workspace or team. */
  readonly props: Props;
}

/** One group of changed inputs that is applied together. */
export interface StepChange<E extends RemoteAddon> {
  readonly step: string;
  /** Dotted paths of the inputs that changed. */
  readonly paths: readonly string[];
  readonly olds: Props;
  readonly news: Props;
  /** The outputs that the state has; none of an add-on that is not in it yet. */
  readonly known: Props;
  readonly entity: E;
  /** Shows a line to the user. */
  readonly log: (line: string) => void;
}

/** What can be done to the add-ons of one app or project. */
export interface AddonApi<E extends RemoteAddon> {
  /** Identifies the account and the app or project, for sharing lists and waits. */
  readonly scope: string;
  list(call: RequestContext): Promise<readonly ListedAddon[]>;
  /** Undefined if there is none. */
  get(key: string, call: RequestContext): Promise<E | undefined>;
  create(inputs: Props, call: RequestContext): Promise<E>;
  apply(change: StepChange<E>, call: RequestContext): Promise<void>;
  /** Absent counts as removed. */
  remove(key: string, call: RequestContext): Promise<void>;
  /** Milliseconds between requests that the request budget allows at present. */
  budgetPace(): number;
  /** What the user should know of it though nothing is wrong now, to be read after its name. */
  notice?(entity: E, call: RequestContext): Promise<string | undefined>;
  /** Reads what the add-on itself lacks, such as credentials. `declared`: the inputs; they say what is expected. */
  connect(entity: E, declared: Props, call: RequestContext): Promise<Connected>;
}

export interface Connected {
  /** `vars`, `credentials` (as answered) and, where one can be made, `connection`. Empty while the platform has answered nothing. */
  readonly outputs: Props;
  /** What is declared or expected and not there yet, in words ("connection data", "the external address"); undefined when nothing is missing. */
  readonly missing?: string;
  /** Why no connection can be made of what was answered, if so: said once, never waited for. `connection` is then {}. */
  readonly warning?: string;
}

/** What a platform supplies; everything else about the life cycle is written once. */
export interface AddonKind<E extends RemoteAddon> {
  /** `Miget`. */
  readonly title: string;
  readonly fields: FieldTable<E>;
  /** The input that names the app or project, first part of the Pulumi id. */
  readonly scopeField: string;
  /** The input that people call it by and that makes its natural key: its name or label. */
  readonly titleField: string;
  /** The output that holds the add-on's id in the API, second part of the Pulumi id. */
  readonly idOutput: string;
  /** Update steps in the order in which each is legal after the one before it. */
  readonly steps: readonly string[];
  /** Steps of an update that a new add-on needs too, since its create call cannot express them. */
  readonly stepsAfterCreate: readonly string[];
  /** Outputs that a step makes untrue, such as connection data, with what holds until they are read anew. */
  invalidates(step: string): Props;
  /** Steps that follow from others, though none of their own inputs changed. */
  impliedSteps(planned: readonly string[], news: Props): readonly string[];
  /** True if a key is never given to another add-on, as with UUIDs. */
  readonly idsAreUnique: boolean;
  /** Outputs that stay true while the platform does not show them, as for a paused add-on; with their first values. */
  readonly stickyOutputs: Props;

  /** Rules that concern several inputs; unknown values must be passed over. */
  rules(inputs: Props): readonly Failure[];
  /** Fills in what is left out. */
  defaults(inputs: Props, setting: (field: string) => string | undefined): Props;
  /** `the postgres add-on "orders" in app …`. */
  describe(props: Props): string;
  /** The key that an add-on with these inputs gets, where it follows from its name and is unique. */
  predictedId(inputs: Props): string | undefined;
  /** Whether a listed add-on has the natural key of these inputs. */
  hasNaturalKey(inputs: Props, listed: ListedAddon): boolean;
  /** The natural key in words, for the message that it is taken: `type postgres and label "Orders"`. */
  naturalKey(inputs: Props): string;
  /** Why an add-on can't be adopted, if so. */
  adoptionObstacle(entity: E): string | undefined;
  phase(entity: ListedAddon | E, goal: Goal): Phase;
  /** True while it is at work on something, so that it may refuse a change for now. */
  isBusy(entity: E): boolean;
  goal(inputs: Props): Goal;
  /** Outputs beside the inputs, of which `connect` supplies those with connection data. */
  outputs(entity: E): Props;
  /**
   * What a refresh notes beside the outputs, lest the next update does again what a run that was cut
   * off has done. `known`: the outputs that the state had; `present`: those that it gets.
   */
  notes(entity: E, known: Props, present: Props): Props;
  /** True if an add-on with the same key is not the one of these outputs, but was made anew elsewhere. */
  isRecreated(entity: E, outputs: Props): boolean;
  /** True if the outputs are those of an add-on whose creation or start was seen to its end. */
  isComplete(outputs: Props): boolean;
  /** What asks the platform, loaded when it is first needed. Fails where the token is missing or the base URL unsafe. */
  open(opening: OpenOptions): Promise<AddonApi<E>>;
  /**
   * What speaks against the inputs by what the platform offers at present: warnings. The one thing
   * in a preview that asks the platform, so it must be quick, and quiet where it cannot ask.
   */
  warnings(opening: OpenOptions, olds: Props, news: Props): Promise<readonly string[]>;
  /** Settings that inputs fall back to, such as `teamId`. */
  setting(config: ReadConfig, env: Runtime["env"], field: string): string | undefined;
}
