/**
 * A model of Pulumi's engine for a stack of custom resources, for tests in this process. It makes the
 * calls on providers that `pulumi up`, `refresh` and `destroy` make, in their order, and keeps state
 * as they do. Facts come from pulumi/pulumi 3.259, `pkg/`:
 *
 * - step_generator.go getOldResource: an old resource is found by URN, then by alias; one that is
 *   marked for deletion is not found.
 * - step_generator.go continueStepsFromImport: check gets old inputs, none with `--replace`, where diff
 *   is not called either.
 * - step_generator.go continueStepsFromDiff: a replacement checks a second time, without old inputs;
 *   `deleteBeforeReplace` of the resource option wins over the provider's; init errors make an update
 *   where nothing changed.
 * - deployment_executor.go: check and diff come one resource at a time, steps run in parallel; a failed
 *   check ends the run; deletions come after the program has ended, so after all creations and
 *   updates, and not at all after a failure, except with `--continue-on-error`.
 * - step_generator.go GenerateDeletes: what the program lacks, and what replacements left.
 * - update.go OnResourceStepPost: a failed update that names its outputs keeps the old inputs.
 * - step.go CreateStep: a failed creation with an id is kept with its new inputs; without one, nothing.
 * - step.go DeleteStep: a deletion before a replacement leaves the entry, marked `pendingReplacement`.
 * - step.go RefreshStep: read, then diff of what was read against the old inputs; clears init errors;
 *   a failed read leaves its entry, and the others are saved.
 * - The Node SDK's dynamic provider adds `__provider` to all inputs and outputs again.
 */

import { isRecord } from "../../src/fields/values";
import { type Declared, type Entry, type Props, type Stack, urnOf } from "./engine-state";

/** The resource that a call is about. */
export interface Subject {
  readonly provider: string;
  readonly type: string;
  readonly urn: string;
  /** Of the option \`customTimeouts\`. */
  readonly limits?: unknown;
}

/** Old inputs come last, for they reach the provider plugin only. */
export interface ProviderCalls {
  /** True for the provider plugin: it gets and gives marks of secrets, and hides nothing in inputs. */
  readonly keepsMarks?: true;
  check(
    olds: Props,
    news: Props,
  ): Promise<{ readonly inputs: Props; readonly failures: readonly { readonly reason: string }[] }>;
  diff(
    id: string,
    olds: Props,
    news: Props,
    oldInputs?: Props,
  ): Promise<{
    readonly changes: boolean;
    readonly replaces?: readonly string[];
    readonly deleteBeforeReplace?: boolean;
  }>;
  create(props: Props): Promise<{ readonly id: string; readonly outs: Props }>;
  read(
    id: string,
    props: Props,
    inputs?: Props,
  ): Promise<{ readonly id: string; readonly props: Props; readonly inputs?: Props }>;
  update(
    id: string,
    olds: Props,
    news: Props,
    oldInputs?: Props,
  ): Promise<{ readonly outs: Props }>;
  delete(id: string, props: Props): Promise<void>;
}

/** The plugin processes of one phase, preview or update: one for each provider resource. */
export type Plugins = (subject: Subject) => ProviderCalls;

/** What one run of the CLI is given by its surroundings. */
export interface Host {
  /** Called for each phase: both have plugin processes of their own. */
  launch(): Plugins;
  /** Fails when something of this run is killed. */
  readonly fate?: Promise<never>;
  /** What is killed: the plugin processes alone, or the CLI too. Default: the CLI. */
  readonly victim?: "plugin" | "cli";
}

export interface RunOptions {
  readonly refresh?: boolean;
  readonly continueOnError?: boolean;
  readonly skipPreview?: boolean;
  /** URNs that `--replace` names. */
  readonly replace?: readonly string[];
  /** How many steps run at once. */
  readonly parallel?: number;
}

export interface Step {
  readonly op:
    | "same"
    | "create"
    | "update"
    | "delete"
    | "read"
    | "create-replacement"
    | "delete-replaced"
    | "discard";
  readonly urn: string;
  readonly failed?: true;
}

export interface Failure {
  readonly urn: string;
  readonly message: string;
}

export interface Outcome {
  readonly ok: boolean;
  readonly killed: boolean;
  /** What a preview announces; reads excepted. */
  readonly planned: readonly Step[];
  /** What was done, in the order of its end. */
  readonly steps: readonly Step[];
  readonly errors: readonly Failure[];
}

class Killed extends Error {}

type Command = "up" | "refresh" | "destroy";

export const up = (stack: Stack, program: readonly Declared[], host: Host, options?: RunOptions) =>
  run("up", stack, program, host, options);

export const refresh = (stack: Stack, host: Host, options?: RunOptions) =>
  run("refresh", stack, [], host, { ...options, refresh: true });

export const destroy = (stack: Stack, host: Host, options?: RunOptions) =>
  run("destroy", stack, [], host, options);

/** What a preview would show, without anything being done or kept. */
export async function preview(
  stack: Stack,
  program: readonly Declared[],
  host: Host,
  options: RunOptions = {},
): Promise<Phase> {
  const phase = new Phase("up", stack.copy(), program, host, options, true);
  await phase.run();
  return phase;
}

async function run(
  command: Command,
  stack: Stack,
  program: readonly Declared[],
  host: Host,
  options: RunOptions = {},
): Promise<Outcome> {
  const planned: Step[] = [];
  if (options.skipPreview !== true) {
    const first = new Phase(command, stack.copy(), program, host, options, true);
    const killed = await isKilled(first, host);
    planned.push(...first.steps);
    if (killed || first.errors.length > 0) {
      return { ok: false, killed, planned, steps: [], errors: first.errors };
    }
  }
  const phase = new Phase(command, stack, program, host, options, false);
  const killed = await isKilled(phase, host);
  const { steps, errors } = phase;
  return { ok: errors.length === 0 && !killed, killed, planned, steps, errors };
}

/** Runs the phase to its end, or until the CLI is killed. */
async function isKilled(phase: Phase, { fate, victim = "cli" }: Host): Promise<boolean> {
  if (fate === undefined || victim === "plugin") {
    await phase.run();
    return false;
  }
  try {
    const end = fate.catch(() => {
      phase.end();
      throw new Killed();
    });
    await Promise.race([phase.run(), end]);
    return false;
  } catch (error) {
    if (error instanceof Killed) return true;
    throw error;
  }
}

/** A preview, or the update after it. */
class Phase {
  readonly steps: Step[] = [];
  readonly errors: Failure[] = [];
  private readonly plugins: Plugins;
  private readonly running = new Set<Promise<void>>();
  /** URNs of the program, and of the entries that they were found as. */
  private readonly operatedOn = new Set<string>();
  private ended = false;

  constructor(
    private readonly command: Command,
    private readonly stack: Stack,
    private readonly program: readonly Declared[],
    private readonly host: Host,
    private readonly options: RunOptions,
    private readonly dry: boolean,
  ) {
    this.plugins = host.launch();
  }

  async run(): Promise<void> {
    if (!this.dry) this.stack.pending = this.stack.pending.filter(({ op }) => op === "creating");
    if (this.options.refresh === true) await this.refresh();
    if (this.errors.length > 0 || this.command === "refresh") return;
    for (const declared of this.program) {
      if (this.isCancelled()) break;
      const chain = await this.plan(declared);
      while (this.running.size >= (this.options.parallel ?? 8)) await Promise.race(this.running);
      if (chain !== undefined) this.start(chain);
    }
    await this.finish();
    if (this.isCancelled()) return;
    for (const entry of [...this.stack.entries]) this.leave(entry);
    await this.finish();
  }

  /** Nothing is saved from now on. */
  end(): void {
    this.ended = true;
  }

  private isCancelled(): boolean {
    return this.errors.length > 0 && this.options.continueOnError !== true;
  }

  private start(chain: () => Promise<void>): void {
    if (this.isCancelled()) return;
    const work = chain().finally(() => this.running.delete(work));
    this.running.add(work);
  }

  private async finish(): Promise<void> {
    while (this.running.size > 0) await Promise.race(this.running);
  }

  private provider(resource: Declared | Entry): ProviderCalls {
    const { provider, type } = resource;
    const isEntry = "urn" in resource;
    const limits = isEntry ? resource.limits : resource.args.customTimeouts;
    return this.plugins({ provider, type, urn: isEntry ? resource.urn : urnOf(resource), limits });
  }

  /** A call on a plugin; one that is killed never answers, or its connection ends. */
  private async call<T>(work: Promise<T>): Promise<T> {
    const { fate, victim } = this.host;
    const result = await (fate === undefined || victim !== "plugin"
      ? work
      : Promise.race([work, fate]));
    return this.ended ? new Promise<never>(() => undefined) : result;
  }

  private async refresh(): Promise<void> {
    await Promise.all(this.stack.entries.map((entry) => this.refreshOne(entry)));
  }

  private async refreshOne(entry: Entry): Promise<void> {
    if (entry.pendingReplacement) return;
    const provider = this.provider(entry);
    try {
      const { inputs: oldInputs, outputs: olds } = asGiven(provider, entry);
      const back = await this.call(provider.read(entry.id, olds, oldInputs));
      if (back.id === "") {
        this.steps.push({ op: "delete", urn: entry.urn });
        this.stack.remove(entry);
        return;
      }
      const marked = withLoader(back.props, entry.outputs);
      const outputs = plain(marked);
      const inputs = withLoader(back.inputs ?? entry.inputs, entry.inputs);
      const shown = provider.keepsMarks === true ? marked : outputs;
      await this.call(provider.diff(back.id, shown, oldInputs, inputs));
      this.steps.push({ op: "read", urn: entry.urn });
      Object.assign(entry, { id: back.id, inputs, outputs, marked, initErrors: [] });
    } catch (error) {
      this.fail({ op: "read", urn: entry.urn }, error);
    }
  }

  /** Check and diff of one resource; what is to be done follows from them. */
  private async plan(declared: Declared): Promise<(() => Promise<void>) | undefined> {
    const urn = urnOf(declared);
    if (this.operatedOn.has(urn)) {
      this.errors.push({ urn, message: `Duplicate resource URN '${urn}'` });
      return undefined;
    }
    const old = this.stack.find([urn, ...declared.aliases]);
    this.operatedOn.add(urn);
    if (old !== undefined) this.operatedOn.add(old.urn);
    const provider = this.provider(declared);
    const isDynamic = provider.keepsMarks !== true;
    const loader = isDynamic ? { __provider: `the loader's text of ${declared.type}` } : {};
    const news: Props = { ...declared.args, ...loader, ...(isDynamic && { __urn: urn }) };
    const { inputs: oldInputs, outputs: olds } =
      old === undefined ? { inputs: {}, outputs: {} } : asGiven(provider, old);
    const isForced = old !== undefined && (this.options.replace ?? []).includes(old.urn);
    const check = async (olds: Props): Promise<Props | undefined> => {
      const { inputs, failures } = await this.call(provider.check(olds, news));
      this.errors.push(...failures.map(({ reason }) => ({ urn, message: reason })));
      return failures.length > 0 ? undefined : { ...inputs, ...loader };
    };
    try {
      let inputs = await check(isForced ? {} : oldInputs);
      if (inputs === undefined) return undefined;
      if (old === undefined) return this.create("create", declared, urn, inputs);
      const diff = isForced
        ? { changes: true, replaces: ["id"] }
        : await this.call(provider.diff(old.id, olds, inputs, oldInputs));
      const isReplaced = diff.changes && (diff.replaces ?? []).length > 0;
      if (isReplaced || old.pendingReplacement) {
        if (!isForced) inputs = await check({});
        if (inputs === undefined) return undefined;
        return this.replace(old, declared, urn, inputs, diff.deleteBeforeReplace === true);
      }
      if (diff.changes || old.initErrors.length > 0) return this.update(old, declared, urn, inputs);
      return this.same(old, declared, urn, inputs);
    } catch (error) {
      this.errors.push({ urn, message: messageOf(error) });
      return undefined;
    }
  }

  private same(old: Entry, declared: Declared, urn: string, inputs: Props) {
    return () => {
      this.steps.push({ op: "same", urn });
      Object.assign(old, { urn, inputs, ...optionsOf(declared) });
      return Promise.resolve();
    };
  }

  private create(
    op: "create" | "create-replacement",
    declared: Declared,
    urn: string,
    inputs: Props,
    done: (made: boolean) => void = () => undefined,
  ) {
    return async () => {
      if (this.dry) {
        this.steps.push({ op, urn });
        return;
      }
      const operation = this.stack.begin("creating", urn);
      const keep = (id: string, outputs: Props, initErrors: readonly string[]) => {
        const marked = withLoader(outputs, inputs);
        done(true);
        const { type } = declared;
        const kept = {
          inputs,
          outputs: plain(marked),
          marked,
          initErrors,
          pendingReplacement: false,
        };
        this.stack.entries.push({ urn, type, id, delete: false, ...kept, ...optionsOf(declared) });
      };
      try {
        const { id, outs } = await this.call(this.provider(declared).create(inputs));
        keep(id, outs, []);
        this.steps.push({ op, urn });
      } catch (error) {
        const partial = partialOf(error);
        if (partial !== undefined) keep(partial.id, partial.properties, partial.reasons);
        else done(false);
        this.fail({ op, urn }, error);
      }
      this.stack.complete(operation);
    };
  }

  private update(old: Entry, declared: Declared, urn: string, inputs: Props) {
    return async () => {
      if (this.dry) {
        this.steps.push({ op: "update", urn });
        return;
      }
      const operation = this.stack.begin("updating", urn);
      try {
        const provider = this.provider(declared);
        const { outputs: olds, inputs: oldInputs } = asGiven(provider, old);
        const { outs } = await this.call(provider.update(old.id, olds, inputs, oldInputs));
        const marked = withLoader(outs, inputs);
        const kept = { urn, inputs, outputs: plain(marked), marked, initErrors: [] };
        Object.assign(old, kept, optionsOf(declared));
        this.steps.push({ op: "update", urn });
      } catch (error) {
        const partial = partialOf(error);
        if (partial !== undefined) {
          const marked = withLoader(partial.properties, inputs);
          const kept = { urn, outputs: plain(marked), marked, initErrors: partial.reasons };
          Object.assign(old, kept, optionsOf(declared));
        }
        this.fail({ op: "update", urn }, error);
      }
      this.stack.complete(operation);
    };
  }

  private replace(old: Entry, declared: Declared, urn: string, inputs: Props, byProvider: boolean) {
    if (!(declared.deleteBeforeReplace ?? byProvider)) {
      return this.create("create-replacement", declared, urn, inputs, (made) => {
        if (old.pendingReplacement) this.stack.remove(old);
        else if (made) old.delete = true;
      });
    }
    const create = this.create("create-replacement", declared, urn, inputs, (made) => {
      if (made) this.stack.remove(old);
    });
    return async () => {
      if (!old.pendingReplacement) {
        const done = await this.remove("delete-replaced", old);
        if (!done) return;
        if (!this.dry) old.pendingReplacement = true;
      }
      await create();
    };
  }

  /** What the program does not have, or a replacement has left. */
  private leave(entry: Entry): void {
    if (!entry.delete && this.operatedOn.has(entry.urn)) return;
    this.start(async () => {
      if (entry.pendingReplacement) this.steps.push({ op: "discard", urn: entry.urn });
      else if (!(await this.remove(entry.delete ? "delete-replaced" : "delete", entry))) return;
      if (!this.dry) this.stack.remove(entry);
    });
  }

  private async remove(op: "delete" | "delete-replaced", entry: Entry): Promise<boolean> {
    const { urn } = entry;
    if (this.dry || entry.retainOnDelete) {
      this.steps.push({ op, urn });
      return true;
    }
    const operation = this.stack.begin("deleting", urn);
    try {
      const provider = this.provider(entry);
      await this.call(provider.delete(entry.id, asGiven(provider, entry).outputs));
      this.steps.push({ op, urn });
      this.stack.complete(operation);
      return true;
    } catch (error) {
      this.fail({ op, urn }, error);
      this.stack.complete(operation);
      return false;
    }
  }

  private fail(step: Step, error: unknown): void {
    this.steps.push({ ...step, failed: true });
    this.errors.push({ urn: step.urn, message: messageOf(error) });
  }
}

function optionsOf({ provider, retainOnDelete, args }: Declared) {
  return { provider, retainOnDelete: retainOnDelete ?? false, limits: args.customTimeouts };
}

/** What a provider is handed of the state. */
function asGiven(
  { keepsMarks }: ProviderCalls,
  { inputs, marked, outputs }: Entry,
): Pick<Entry, "inputs" | "outputs"> {
  return keepsMarks === true ? { inputs, outputs: marked } : { inputs: plain(inputs), outputs };
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** What a failure says is there. The SDK takes any error with a truthy id for one. */
function partialOf(error: unknown) {
  if (!isRecord(error) && !(error instanceof Error)) return undefined;
  const id: unknown = Reflect.get(error, "id");
  const properties: unknown = Reflect.get(error, "properties");
  const reasons: unknown = Reflect.get(error, "reasons");
  if (typeof id !== "string" || id === "" || !isRecord(properties)) return undefined;
  return { id, properties, reasons: Array.isArray(reasons) ? reasons.map(String) : ["failed"] };
}

/** Plain JSON, as state has it, with the loader's text that the SDK adds. */
function withLoader(props: Props, from: Props): Props {
  const kept: unknown = JSON.parse(JSON.stringify({ ...props, __provider: from.__provider }));
  return isRecord(kept) ? kept : {};
}

const signature = "4dabf18193072939515e22adb298388d";

/** Values without the marks of secrets: providers are handed what is inside. */
export function plain(props: Props): Props {
  const bare = unmarked(props);
  return isRecord(bare) ? bare : {};
}

function unmarked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unmarked);
  if (!isRecord(value)) return value;
  if (signature in value) return unmarked(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, unmarked(entry)]));
}

/** Values without what is secret. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isRecord(value)) return value;
  if (signature in value) return "[secret]";
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, withoutSecrets(entry)]),
  );
}
