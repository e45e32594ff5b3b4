import { messageOf } from "../http/errors";
import { maskSecrets, toPrintable, sanitize } from "../http/redact";
import { check, type Checked } from "./check";
import { previewField, urnField, userProps } from "../fields/common";
import { Costs } from "./costs";
import { diff, type Diff } from "./diff";
import type { RemoteAddon, AddonKind, ListedAddon, ReadConfig, Runtime } from "./kind";
import { adoptedIds, declaredTwice, idKey, keyIn, Ownership, ownerOutput } from "./ownership";
import type { CreateResult, ReadResult, Runner, UpdateResult } from "./runner";
import type { Failure, Setting } from "../fields/field";
import { SecretInputs } from "../fields/secret-inputs";
import { alikeIn, isAdopted, nameTaken, Previews } from "./preview";
import { keptWarning } from "./removed";
import { idOf, refOf } from "./session";
import { findSetting, safeBaseUrl, settingOf } from "./settings";
import { SingleFlight } from "./single-flight";
import { toState, UserError } from "./state";
import { isUnknown, type Props, same, unknownValue } from "../fields/values";

/** A list younger than this, in milliseconds, counts as of the same moment. */
const sameMoment = 1000;

/** The engine's request to configure a dynamic provider. */
export interface ConfigureRequest {
  readonly config: { get(key: string): string | undefined };
}

/**
 * A dynamic provider over a kind: what the engine's plugin process calls. All that leaves it is
 * plain JSON, and all that it throws is an error for the user.
 */
export class Provider<E extends RemoteAddon> {
  private config: ReadConfig = () => undefined;
  private readonly said = new Set<string>();
  private readonly costs = new Costs();
  /** What a preview says of each resource, by its URN. */
  private readonly notes = new Map<unknown, readonly string[]>();
  private readonly lists: SingleFlight<readonly ListedAddon[]>;
  private readonly previews: Previews<E>;
  private readonly runtime: Runtime;
  private readonly ownership: Ownership;
  private loading: Promise<Runner<E>> | undefined;

  constructor(
    private readonly kind: AddonKind<E>,
    runtime: Runtime,
  ) {
    this.ownership = new Ownership(runtime.journal);
    this.lists = new SingleFlight(runtime.clock, "list the add-ons", sameMoment);
    this.previews = new Previews(kind, this.lists);
    const log = (line: string) => {
      this.said.add(line);
      runtime.log(toPrintable(line));
    };
    this.runtime = { ...runtime, log };
  }

  /** Called once, lazily; a call may arrive before it has returned, so it only sets a field. */
  configure(request: ConfigureRequest): void {
    this.config = (key) => request.config.get(key);
  }

  check(olds: Props, news: Props): Promise<Checked> {
    return this.guarded(async () => {
      const { kind, runtime, config } = this;
      const setting = (each: Setting) => settingOf(each, config, runtime.env);
      const checked = check(kind, olds, news, setting);
      const { inputs } = checked;
      this.notes.delete(inputs[urnField]);
      const failures = [...checked.failures, ...this.addressFailures()];
      if (failures.length === 0) {
        if (Object.keys(olds).length === 0) this.announce(inputs);
        const other = this.declare(olds, inputs);
        if (other !== undefined) {
          return {
            inputs: toState(inputs),
            failures: [{ property: "", reason: declaredTwice(this.labelOf(inputs), other) }],
          };
        }
        await this.warn(userProps(olds), inputs);
        if (news[previewField] === true) this.tellPlan(inputs[urnField]);
      }
      return {
        inputs: toState(inputs),
        failures: failures.map(({ property, reason }) => {
          // The engine prints the value of the property, and `{<nil>}` for a missing or nested one.
          return { property: property in news ? property : "", reason };
        }),
      };
    });
  }

  /** A base URL that no request could be sent to. */
  private addressFailures(): readonly Failure[] {
    const { kind, runtime, config } = this;
    const { baseUrl } = kind.settings;
    const found = findSetting(baseUrl, config, runtime.env);
    try {
      if (found !== undefined) safeBaseUrl(found.value, baseUrl);
      return [];
    } catch (error) {
      return [{ property: "", reason: messageOf(error) }];
    }
  }

  /** Notes what the resource declares, and returns the URN of another that declares the same. */
  private declare(olds: Props, inputs: Props): string | undefined {
    const { kind, ownership } = this;
    const urn = inputs[urnField];
    if (typeof urn !== "string") return undefined;
    const { adopt, allowReplace } = inputs;
    const isNew = Object.keys(olds).length === 0;
    const isTold = adoptedIds(this.runtime.env).some((id) => id !== "");
    const key = typeof adopt === "string" ? idKey(adopt) : kind.naturalKey(inputs);
    return ownership.declare({
      urn,
      keys: key.includes(unknownValue) ? [] : [keyIn(kind.title, inputs[kind.scopeField], key)],
      isNew,
      adopts: isNew && (adopt === true || typeof adopt === "string" || isTold),
      mayReplace: allowReplace === true && typeof adopt !== "string",
    });
  }

  /** What a new add-on's id will be, where its name does not show it. */
  private announce(inputs: Props): void {
    const { kind } = this;
    const { name } = inputs;
    const key = isUnknown(name) ? undefined : kind.predictedId(inputs);
    if (key === undefined || key === name) return;
    this.note(inputs, `its id will be ${key}`);
  }

  private async warn(olds: Props, inputs: Props): Promise<void> {
    const { kind, runtime, config, previews, ownership } = this;
    const urn = inputs[urnField];
    const kept = keptWarning(kind, olds, inputs);
    if (kept !== undefined) this.say(inputs, kept);
    if (!previews.concerns(olds, inputs)) return;
    const options = { config, runtime, props: inputs };
    const [{ warnings, cost }, look] = await Promise.all([
      kind.offer(options, olds, inputs),
      previews.look(options),
    ]);
    if (look.failure !== undefined) {
      this.once(`warning: ${sanitize(look.failure, this.secretsIn(inputs))}`);
    }
    const isNew = Object.keys(olds).length === 0;
    // What is replaced is checked again as new, and its predecessor has the name until it goes.
    const isReplacement = isNew && ownership.isExisting(urn);
    const taken = isReplacement ? [] : await this.nameDoubts(olds, inputs, look.listed);
    for (const doubt of [...warnings, ...taken]) this.say(inputs, doubt);
    if (cost === undefined) return;
    this.note(inputs, `${cost.text}${this.costs.with(urn, cost)}`);
  }

  /** What there is already with the name of a new add-on, or with the new label of another. */
  private async nameDoubts(
    olds: Props,
    inputs: Props,
    listed: readonly ListedAddon[],
  ): Promise<readonly string[]> {
    const { kind, runtime } = this;
    const isNew = Object.keys(olds).length === 0;
    const isRenamed = !same(olds[kind.titleField], inputs[kind.titleField]);
    if (isNew ? typeof inputs.adopt === "string" : !isRenamed) return [];
    const [other] = alikeIn(kind, inputs, listed);
    if (other === undefined) return [];
    if (isNew && isAdopted(inputs, idOf(kind, inputs, other.key), runtime.env)) {
      return (await this.runner()).adoption(inputs, other.key);
    }
    return [nameTaken(kind, inputs, other, isNew)];
  }

  private note(inputs: Props, text: string): void {
    const { runtime, notes } = this;
    // The door may show it at the row of the add-on.
    const about = runtime.status === undefined ? `${this.labelOf(inputs)}: ` : "";
    const urn = inputs[urnField];
    const line = `${about}${maskSecrets(text, this.secretsIn(inputs))}`;
    notes.set(urn, [...(notes.get(urn) ?? []), line]);
  }

  /** Says what a preview has to say of a resource that was checked. */
  tellPlan(urn: unknown): void {
    for (const line of this.notes.get(urn) ?? []) this.once(line, `${String(urn)} ${line}`);
    this.notes.delete(urn);
  }

  private say(inputs: Props, doubt: string): void {
    const text = sanitize(doubt, this.secretsIn(inputs));
    this.once(`warning: ${this.labelOf(inputs)}: ${text}`);
  }

  private labelOf(inputs: Props): string {
    return maskSecrets(this.kind.describe(inputs), this.secretsIn(inputs));
  }

  private secretsIn(inputs: Props): readonly string[] {
    return new SecretInputs(this.kind.fields, [inputs]).values();
  }

  /** Each line once, though the engine may check an add-on more than once in this process. */
  private once(line: string, key = line): void {
    if (!this.said.has(key)) this.runtime.log(line);
    this.said.add(key);
  }

  diff(id: string, olds: Props, news: Props): Promise<Diff> {
    return this.guarded(() => {
      const { kind, ownership } = this;
      const answer = diff(kind.fields, olds, news);
      const [urn, mark] = [news[urnField], olds[ownerOutput] ?? ""];
      if (answer.replaces === undefined && typeof urn === "string" && typeof mark === "string") {
        ownership.hold(refOf(kind, id, olds), mark, urn, "seen");
      }
      // A refresh has said it in the same words.
      const notice = kind.notice?.(olds, news);
      if (notice !== undefined) this.once(`warning: ${this.labelOf(news)} ${notice}`);
      return answer;
    });
  }

  create(props: Props): Promise<CreateResult> {
    return this.guarded(async () => (await this.runner()).create(props));
  }

  read(id: string, props: Props): Promise<ReadResult> {
    return this.guarded(async () => (await this.runner()).read(id, props));
  }

  update(id: string, olds: Props, news: Props): Promise<UpdateResult> {
    return this.guarded(async () => (await this.runner()).update(id, olds, news));
  }

  /** `urn`: where the door knows it; else the one that the state has. */
  delete(id: string, props: Props, urn?: string): Promise<void> {
    return this.guarded(async () => (await this.runner()).delete(id, props, urn));
  }

  /** Loaded with the first operation: a preview has none, and should not pay for them. */
  private runner(): Promise<Runner<E>> {
    const { kind, runtime, ownership, lists } = this;
    this.loading ??= import("./runner.js").then(({ Runner }) => {
      return new Runner(kind, runtime, ownership, lists, (key) => this.config(key));
    });
    return this.loading;
  }

  /** Whatever is thrown reaches the engine as a message for the user: no stack, no foreign fields. */
  private async guarded<T>(run: () => T | Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if (error instanceof UserError) throw error;
      throw new UserError(messageOf(error));
    }
  }
}
