import {
  timeoutsField,
  type TimedOperation,
  hiddenInputs,
  secretPathsField,
  urnField,
  userProps,
} from "../../fields/common";
import type { Failure, FieldTable } from "../../fields/field";
import { at, hasUnknown, type Props, unknownValue, withAt } from "../../fields/values";
import { changesOf } from "../../provider/diff";
import type { AddonKind, ReadConfig, RemoteAddon, Runtime } from "../../provider/kind";
import { externalMark, ownerOutput } from "../../provider/ownership";
import { Provider } from "../../provider/provider";
import { importedField, recordOf } from "./imported";
import { type OutputTable, parts, partsIn } from "../../fields/output";
import type { Received } from "./wire";

/** What comes with every call about a resource. */
export interface About {
  readonly urn: string;
  /** Seconds; 0 where the program sets no limit. */
  readonly timeout?: number;
}

/** Properties that leave for the engine, and which of them are secret. */
export interface Sent {
  readonly props: Props;
  readonly secretPaths: readonly string[];
}

export interface PropertyChange {
  readonly kind: "add" | "delete" | "update";
  readonly replaces: boolean;
}

export interface DetailedDiff {
  readonly changes: boolean;
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
  readonly stables: readonly string[];
  readonly detail: ReadonlyMap<string, PropertyChange>;
}

/** Names that the life cycle's props have beside inputs and outputs; the engine has its own means. */
const doorNames = [...hiddenInputs, timeoutsField];

/** In what one kind of resource differs from others. */
interface Peculiarities {
  /** Inputs that the platform answers differently from what was asked for. */
  readonly renamed?: readonly string[];
  /** Outputs that are made of others. */
  readonly derive?: (outputs: Props) => Props;
}

/** One kind of resource as the engine's protocol has it: plain properties in, properties out. */
export class NativeResource<E extends RemoteAddon> {
  private readonly provider: Provider<E>;
  private readonly secretOutputs: readonly string[];
  private readonly renamed: readonly string[];
  private readonly derive: (outputs: Props) => Props;

  constructor(
    private readonly kind: AddonKind<E>,
    private readonly outputs: OutputTable<E>,
    runtime: Runtime,
    { renamed = [], derive = () => ({}) }: Peculiarities = {},
  ) {
    this.renamed = renamed;
    this.derive = derive;
    this.provider = new Provider(kind, runtime);
    const secret = Object.keys(outputs).filter((name) => outputs[name]?.secret === true);
    this.secretOutputs = [...secret, ...Object.keys(parts)];
  }

  configure(config: ReadConfig): void {
    this.provider.configure({ config: { get: config } });
  }

  async check(
    about: About,
    olds: Received,
    news: Received,
  ): Promise<Sent & { readonly failures: readonly Failure[] }> {
    const named: Props = { name: about.urn.split("::").slice(3).join("::"), ...news.props };
    const isRead = named[importedField] === true;
    const program = withoutMark(named);
    const isImported = isRead || olds.props[importedField] === true;
    const versions = { olds: olds.props, oldInputs: olds.props, news: named };
    const record = withoutMark(recordOf(this.kind.fields, this.renamed, versions));
    const isNew = Object.keys(olds.props).length === 0;
    const checked = await this.provider.check(
      isNew ? {} : this.given({}, { ...olds, props: record }),
      this.given(about, { ...news, props: program }),
    );
    const { inputs } = checked;
    // The engine checks what an import has read, which is no program yet and lacks what nothing states.
    const failures = checked.failures.filter(({ property }) => {
      return !isRead || at(program, property) !== undefined;
    });
    return {
      props: { ...withoutDoor(inputs), ...(isImported ? { [importedField]: true } : {}) },
      secretPaths: [...this.secretInputs(), ...news.secretPaths],
      failures,
    };
  }

  async diff(
    about: About,
    id: string,
    olds: Received,
    oldInputs: Received,
    news: Received,
  ): Promise<DetailedDiff> {
    const { fields } = this.kind;
    const versions = { olds: olds.props, oldInputs: oldInputs.props, news: news.props };
    const record = { ...olds, props: owned(recordOf(fields, this.renamed, versions)) };
    const answer = await this.provider.diff(id, this.given({}, record), this.given(about, news));
    const { replaces = [], deleteBeforeReplace = false } = answer;
    const changes = changesOf(fields, userProps(record.props), userProps(news.props));
    const detail = changes.map(({ path, old, next }) => {
      const kind = old === undefined ? "add" : next === undefined ? "delete" : "update";
      return [path, { kind, replaces: replaces.includes(path) }] as const;
    });
    return {
      changes: answer.changes,
      replaces,
      deleteBeforeReplace,
      stables: replaces.length > 0 ? [] : this.stable(),
      detail: new Map(detail),
    };
  }

  async create(about: About, news: Received): Promise<Sent & { readonly id: string }> {
    const { id, outs } = await this.provider.create(this.given(about, news, "create"));
    return { id, ...this.sent(outs, news) };
  }

  /** Says what the check had to say for a preview, of which only the next call tells. */
  tellPlan(urn: string): void {
    this.provider.tellPlan(urn);
  }

  /** What a preview can say of a new add-on: its inputs. */
  planned(news: Received, known: Props = {}): Sent {
    const open = Object.keys({ ...this.outputs, ...parts });
    const unknown = Object.fromEntries(open.map((name) => [name, known[name] ?? unknownValue]));
    return this.sent({ ...unknown, ...news.props }, news, false);
  }

  /** What a preview can say of an update. */
  plannedUpdate(olds: Received, news: Received): Sent {
    const changes = changesOf(this.kind.fields, userProps(olds.props), userProps(news.props));
    const isOnlyRecorded = changes.every(({ kind }) => kind === "record");
    const kept = isOnlyRecorded ? Object.keys({ ...this.outputs, ...parts }) : this.stable();
    return this.planned(news, pick(olds.props, kept));
  }

  async read(
    about: About,
    id: string,
    state: Received,
    oldInputs: Received,
  ): Promise<Sent & { readonly id: string; readonly inputs: Sent }> {
    // A read without any state is that of an import or a `get`.
    const isFirst = Object.keys(state.props).length === 0;
    const secretPaths = [...state.secretPaths, ...oldInputs.secretPaths];
    const isImported = oldInputs.props[importedField] === true;
    const props = isImported ? owned(state.props) : state.props;
    const known = this.given(about, { props, secretPaths }, "read");
    const back = await this.provider.read(id, known);
    const inputs = back.inputs ?? this.inputsIn(back.props);
    const marks = isFirst || isImported ? { [importedField]: true } : {};
    return {
      id: back.id,
      ...this.sent(back.props, { props: {}, secretPaths }),
      inputs: {
        props: back.id === "" ? {} : { ...withoutDoor(inputs), ...marks },
        secretPaths: [...this.secretInputs(), ...secretPaths],
      },
    };
  }

  async update(
    about: About,
    id: string,
    olds: Received,
    oldInputs: Received,
    news: Received,
  ): Promise<Sent> {
    const versions = { olds: olds.props, oldInputs: oldInputs.props, news: news.props };
    const props = owned(recordOf(this.kind.fields, this.renamed, versions));
    const { outs } = await this.provider.update(
      id,
      this.given(about, { ...olds, props }, "update"),
      this.given(about, news, "update"),
    );
    return this.sent(outs, news);
  }

  async delete(about: About, id: string, olds: Received): Promise<void> {
    await this.provider.delete(
      id,
      this.given(about, { ...olds, props: owned(olds.props) }, "delete"),
      about.urn,
    );
  }

  /** Outputs as the engine gets them, with the parts of `connection` that stand for themselves. */
  sent(outs: Props, news: Received, withParts = true): Sent {
    const props = withoutDoor(outs);
    return {
      props: { ...props, ...(withParts && Object.keys(outs).length > 0 ? this.partsOf(outs) : {}) },
      secretPaths: [...this.secretInputs(), ...this.secretOutputs, ...news.secretPaths],
    };
  }

  /** With what the life cycle reads beside inputs and outputs. */
  private given(
    { urn, timeout = 0 }: Partial<About>,
    { props, secretPaths }: Received,
    operation?: TimedOperation,
  ): Props {
    const inputs = this.inputNames();
    // Outputs that are secret as a whole hold words that are no secrets on their own, such as "true".
    const secrets = secretPaths.filter((path) => inputs.includes(path.split(".")[0] ?? ""));
    return {
      ...withoutDoor(props),
      ...(urn === undefined ? {} : { [urnField]: urn }),
      ...(secrets.length === 0 ? {} : { [secretPathsField]: secrets }),
      ...(operation === undefined || timeout === 0
        ? {}
        : { [timeoutsField]: { [operation]: `${timeout}s` } }),
    };
  }

  /** What other languages cannot derive themselves, so that the state of this door has it. */
  private partsOf(outs: Props): Props {
    const { connection } = outs;
    if (hasUnknown(connection)) return {};
    return { ...this.derive(outs), ...partsIn(connection) };
  }

  private inputNames(): string[] {
    return [...new Set(Object.keys(this.kind.fields).map((path) => path.split(".")[0] ?? ""))];
  }

  private secretInputs(): string[] {
    const table: FieldTable<E> = this.kind.fields;
    return Object.keys(table).filter((path) => table[path]?.secret === true);
  }

  private stable(): string[] {
    return Object.keys(this.outputs).filter((name) => this.outputs[name]?.isStable === true);
  }

  /** The inputs among the outputs that a first read gives, those that the add-on's type has. */
  private inputsIn(props: Props): Props {
    const { fields } = this.kind;
    const type = String(props.type);
    const names = this.inputNames().filter((name) => {
      return fields[name]?.types?.includes(type) !== false && !this.renamed.includes(name);
    });
    return pick(props, names);
  }
}

function withoutMark(props: Props): Props {
  return withAt(props, importedField, undefined);
}

/** What was imported was read like a `get`, and belongs to a resource now: it gets a mark of its own. */
function owned(props: Props): Props {
  const { [ownerOutput]: mark, ...others } = props;
  return mark === externalMark ? others : props;
}

function withoutDoor(props: Props): Props {
  return Object.fromEntries(Object.entries(props).filter(([key]) => !doorNames.includes(key)));
}

function pick(props: Props, names: readonly string[]): Props {
  return Object.fromEntries(Object.entries(props).filter(([name]) => names.includes(name)));
}
