import type { Clock } from "../http/clock";
import type { Deadline } from "../http/deadline";
import type { RequestError } from "../http/errors";
import type { Transport } from "../http/transport";
import type { AccountPolling } from "./account-polling";
import type { Failure, FieldTable } from "../fields/field";
import type { Props } from "../fields/values";
import type { PlatformSettings } from "./settings";
import type { Journal } from "./journal";

/** What the life cycle needs to know of an add-on, whatever the platform. */
export interface RemoteAddon {
  /** The id in the API's paths: a UUID, or a slug. */
  readonly key: string;
  /** The app or project that it belongs to, where the answer says so. */
  readonly scope?: string | undefined;
  /** The platform's own word. */
  readonly state: string;
  readonly type: string;
  /** True while it serves, but refuses changes, as during a backup. */
  readonly isBusy?: boolean;
}

/** An add-on as a list shows it. */
export interface ListedAddon extends RemoteAddon {
  /** What people call it: its name or label. */
  readonly title: string;
}

/**
 * What a state of the platform means. `pending` covers states never seen before: those are waited
 * for. `failed` states do not get better by waiting.
 */
export type Phase = "ready" | "paused" | "pending" | "failed" | "deleting";

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
  /** Called in an operation: shows a passing state at the row of its resource, where the door can. */
  readonly status?: () => (line: string) => void;
  /** Shows a passing line at the row of the stack, where the door can. */
  readonly stackStatus?: (line: string) => void;
  /** True where a terminal shows the rows, each in its place. */
  readonly hasTerminal?: boolean;
  /** Takes a line for the engine's log at its level debug, where there is one. */
  readonly debug?: (line: string) => void;
  /** True once the engine that this process works for is gone, so no result would be recorded. */
  readonly isAbandoned: () => boolean;
  /** What all plugin processes of this run of the engine know of each other's add-ons. */
  readonly journal: Journal;
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

/** A group of differences that one call, or one series of calls, removes. */
export interface StepChange<E extends RemoteAddon> {
  readonly step: string;
  /** Dotted paths of the inputs to send. */
  readonly paths: readonly string[];
  readonly news: Props;
  /** The outputs that the state has. */
  readonly known: Props;
  readonly addon: E;
  /** The add-on in messages. */
  readonly label: string;
}

/** A step that is ready to be sent, its target resolved once for all attempts. */
export interface PreparedStep<E extends RemoteAddon> {
  readonly send: (context: RequestContext) => Promise<unknown>;
  /** Whether the platform shows its effect; asked before each repeat and afterwards. Throws where it failed for good. */
  readonly isDone?: (addon: E, context: RequestContext) => Promise<boolean>;
  /** What `isDone` looks for, in words: `the new password`. */
  readonly effect?: string;
  /** True where the effect may take as long as the whole operation, as with a rotation. */
  readonly isSlow?: boolean;
}

/** What can be done to the add-ons of one app or project. */
export interface AddonApi<E extends RemoteAddon> {
  /** Identifies the account and the app or project, for sharing lists and waits. */
  readonly scope: string;
  list(context: RequestContext): Promise<readonly ListedAddon[]>;
  /** Undefined where the answer is 404. `declared`: inputs that may need a further request to be observed. */
  get(key: string, context: RequestContext, declared?: Props): Promise<E | undefined>;
  create(inputs: Props, context: RequestContext): Promise<E>;
  /** Undefined where nothing is to be sent. */
  prepare(change: StepChange<E>, context: RequestContext): Promise<PreparedStep<E> | undefined>;
  /** False where the answer is 404. */
  remove(key: string, context: RequestContext): Promise<boolean>;
  /** The pace of looks at lists that all of the account's pollers share. */
  readonly polling: AccountPolling;
  /** Reads what the add-on itself lacks, such as credentials. `declared`: the inputs; they say what is expected. */
  connect(addon: E, declared: Props, context: RequestContext): Promise<Connected>;
}

export interface Connected {
  /** `vars`, `credentials` (as answered) and, where one can be made, `connection`. Empty while the platform has answered nothing. */
  readonly outputs: Props;
  /** What is declared or expected and not there yet, in words ("connection data", "the external address"); undefined when nothing is missing. */
  readonly missing?: string;
  /** Why no connection can be made of what was answered, if so: said once, never waited for. `connection` is then {}. */
  readonly warning?: string;
}

/** One kind of step of an update. */
export interface Step {
  readonly name: string;
  /** True where a new add-on needs it too, since the create call cannot express it. */
  readonly afterCreate?: boolean;
  /** Whether it follows from another step, though none of its own inputs changed. */
  readonly follows?: (step: string, news: Props) => boolean;
}

/** What an add-on costs a month. */
export interface Cost {
  readonly amount: number;
  /** What it costs before the change; 0 for a new one, undefined where that is not known. */
  readonly before: number | undefined;
  /** `USD`, or empty. */
  readonly currency: string;
  /** For the add-on's own row. */
  readonly text: string;
}

/** What a platform says of inputs before anything is sent. */
export interface Offer {
  readonly warnings: readonly string[];
  /** What the add-on costs a month, where the platform tells. */
  readonly cost?: Cost | undefined;
}

/** What a platform supplies; everything else about the life cycle is written once. */
export interface AddonKind<E extends RemoteAddon> {
  /** `Miget`. */
  readonly title: string;
  readonly settings: PlatformSettings;
  readonly fields: FieldTable<E>;
  /** The input that names the app or project, first part of the Pulumi id. */
  readonly scopeField: string;
  /** `app`, `project`. */
  readonly scopeName: string;
  /** The input that says for whom requests are made: a workspace or team. */
  readonly accountField: string;
  /** The input that people call it by and that makes its natural key: its name or label. */
  readonly titleField: string;
  /** The output that holds the add-on's id in the API, second part of the Pulumi id. */
  readonly idOutput: string;
  /** Update steps in the order in which each is legal after the one before it. */
  readonly steps: readonly Step[];
  /** Outputs that stay true while the platform does not show them, as for a paused add-on. */
  readonly stickyOutputs: readonly string[];

  /** Rules that concern several inputs; unknown values must be passed over. */
  rules(inputs: Props): readonly Failure[];
  /** `the postgres add-on "orders" in app …`. */
  describe(props: Props): string;
  /**
   * The id that an add-on with these inputs gets, where it follows from its name. Such ids are used
   * again after a deletion; without it, ids are UUIDs.
   */
  predictedId(inputs: Props): string | undefined;
  /** Whether a listed add-on has the natural key of these inputs. */
  hasNaturalKey(inputs: Props, listed: ListedAddon): boolean;
  /** The natural key in words: `type postgres and label "Orders"`. */
  naturalKey(inputs: Props): string;
  /** Why an add-on can't be adopted, if so. */
  adoptionObstacle(addon: E): string | undefined;
  phase(addon: ListedAddon | E): Phase;
  /** Outputs beside the inputs, without connection data. */
  outputs(addon: E): Props;
  /** What the user should know though nothing is wrong now, to be read after the add-on's name. */
  notice?(outputs: Props, inputs: Props): string | undefined;
  /** True if an add-on with the same id is another one than that of these outputs, created since. */
  isRecreated(addon: E, outputs: Props): boolean;
  /** Loads what sends requests. Fails where the token is missing or the base URL unsafe. */
  open(options: OpenOptions): Promise<AddonApi<E>>;
  /** Inputs of which a preview asks the platform, where they are new or changed. */
  readonly previewed: readonly string[];
  /**
   * What speaks for and against the inputs by what the platform offers at present. It must be quick,
   * and quiet where it cannot ask.
   */
  offer(options: OpenOptions, olds: Props, news: Props): Promise<Offer>;
}
