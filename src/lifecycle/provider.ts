import { deadlineIn } from "../http/deadline";
import { messageOf } from "../http/errors";
import { hide, printable, redact } from "../http/redact";
import { abridged } from "./abridge";
import { check, type Checked } from "./check";
import { timeLimit, type TimedOperation, userProps } from "./common";
import { create, type Created } from "./create";
import { changesOf, diff, type Diff } from "./diff";
import { strict } from "./identity";
import type { Entity, Listed, Platform, ReadConfig, Runtime } from "./platform";
import { Poller } from "./poller";
import { Progress } from "./progress";
import { read, type ReadBack } from "./read";
import { refusalOf } from "./refusal";
import { remove } from "./remove";
import { connectionSecrets, explain, parseId, type Session } from "./session";
import { seal } from "./seal";
import { SecretInputs } from "./secrets";
import { SharedCalls } from "./shared";
import { PartialFailure, toState, UserError } from "./state";
import { update } from "./update";
import { isUnknown, type Props } from "./values";

/** The engine's request to configure a dynamic provider. */
export interface ConfigureRequest {
  readonly config: { get(key: string): string | undefined };
}

/** A list younger than this, in milliseconds, counts as of the same moment. */
const sameMoment = 1000;

/**
 * A dynamic provider over a platform: what the engine's plugin process calls. All that leaves it is
 * plain JSON, and all that it throws is an error for the user.
 */
export class Provider<E extends Entity> {
  private config: ReadConfig = () => undefined;
  private readonly progress: Progress;
  private readonly lists: SharedCalls<readonly Listed[]>;
  private readonly pollers = new Map<string, Poller>();
  private readonly claims = new Map<string, string>();
  private readonly warned = new Set<string>();
  private readonly runtime: Runtime;

  constructor(
    private readonly platform: Platform<E>,
    runtime: Runtime,
  ) {
    this.runtime = { ...runtime, log: (line) => runtime.log(printable(line)) };
    this.progress = new Progress(this.runtime.clock, this.runtime.log);
    this.lists = new SharedCalls(runtime.clock, sameMoment);
  }

  /** Called once, lazily; a call may arrive before it has returned, so it only sets a field. */
  configure(request: ConfigureRequest): void {
    this.config = (key) => request.config.get(key);
  }

  check(olds: Props, news: Props): Promise<Checked> {
    return this.guarded(async () => {
      const { platform, runtime, config } = this;
      const setting = (field: string) => platform.setting(config, runtime.env, field);
      const { inputs, failures } = check(platform, olds, news, setting);
      if (failures.length === 0) {
        if (Object.keys(olds).length === 0) this.announce(inputs);
        await this.warn(userProps(olds), inputs);
      }
      return { inputs: toState(inputs), failures };
    });
  }

  /**
   * Check sees old inputs only, so it cannot refuse what depends on what runs, such as a version
   * below the one that a selector stood for. The update will; the preview says so.
   */
  private foretell(olds: Props, news: Props): void {
    const { fields } = this.platform;
    if (news.allowReplace === true) return;
    const secret = new SecretInputs(fields, [news, olds]);
    for (const change of changesOf(fields, userProps(olds), userProps(news))) {
      if (change.kind !== "replace") continue;
      this.say(news, `${change.path} ${refusalOf(change, secret)}`, secret.values());
    }
  }

  /** What a new add-on's id will be, where its name does not show it. */
  private announce(inputs: Props): void {
    const { platform, runtime } = this;
    const { name } = inputs;
    const key = isUnknown(name) ? undefined : platform.keyFor(inputs);
    if (key === undefined || key === name) return;
    const secrets = new SecretInputs(platform.fields, [inputs]).values();
    const line = hide(`${platform.describe(inputs)}: its id will be ${key}`, secrets);
    if (!this.warned.has(line)) runtime.log(line);
    this.warned.add(line);
  }

  /** Each warning once a run, though preview and update both check. */
  private async warn(olds: Props, inputs: Props): Promise<void> {
    const { platform, runtime, config } = this;
    const doubts = await platform.doubts({ config, runtime, props: inputs }, olds, inputs);
    const secrets = new SecretInputs(platform.fields, [inputs]).values();
    for (const doubt of doubts) this.say(inputs, doubt, secrets);
  }

  private say(props: Props, doubt: string, secrets: readonly string[]): void {
    const label = hide(this.platform.describe(props), secrets);
    const line = `warning: ${label}: ${redact(doubt, secrets)}`;
    if (!this.warned.has(line)) this.runtime.log(line);
    this.warned.add(line);
  }

  diff(_id: string, olds: Props, news: Props): Promise<Diff> {
    return this.guarded(() => {
      this.foretell(olds, news);
      return diff(this.platform.fields, olds, news);
    });
  }

  create(props: Props): Promise<{ id: string; outs: Record<string, unknown> }> {
    return this.operate("create", props, {}, async (session) => {
      const created: Created = await create(session, props, userProps(props));
      return { id: created.id, outs: session.seal(toState(created.outs)) };
    });
  }

  read(
    id: string,
    props: Props,
  ): Promise<{
    id: string;
    props: Record<string, unknown>;
    inputs?: Record<string, unknown>;
  }> {
    return this.guarded(() => {
      const { scope, key } = parseId(this.platform, id);
      const known = { ...props, [this.platform.scopeField]: scope };
      return this.operate("read", known, {}, async (session) => {
        const back: ReadBack = await read(session, id, key, known);
        return {
          id: back.id,
          props: session.seal(toState(back.props)),
          ...(back.inputs === undefined ? {} : { inputs: toState(back.inputs) }),
        };
      });
    });
  }

  update(id: string, olds: Props, news: Props): Promise<{ outs: Record<string, unknown> }> {
    return this.operate("update", news, olds, async (session) => {
      const { key } = parseId(this.platform, id);
      return { outs: session.seal(toState(await update(session, id, key, olds, news))) };
    });
  }

  delete(id: string, props: Props): Promise<void> {
    return this.guarded(() => {
      const { scope, key } = parseId(this.platform, id);
      const known = { ...props, [this.platform.scopeField]: scope };
      return this.operate("delete", known, {}, (session) => remove(session, key, known));
    });
  }

  /** Runs an operation whose failures say which add-on they are about. */
  private operate<T>(
    operation: TimedOperation,
    props: Props,
    olds: Props,
    run: (session: Session<E>) => Promise<T>,
  ): Promise<T> {
    return this.guarded(async () => {
      const session = this.session(operation, props, olds);
      try {
        return await run(session);
      } catch (error) {
        throw withoutInputs(error, session);
      }
    });
  }

  private session(operation: TimedOperation, props: Props, olds: Props): Session<E> {
    const { platform, runtime } = this;
    const inputSecrets = new SecretInputs(platform.fields, [props, olds]).values();
    const secrets = [...inputSecrets, ...connectionSecrets(props), ...connectionSecrets(olds)];
    const operations = strict(
      platform.open({ config: this.config, runtime, props }),
      platform.title,
      String(props[platform.scopeField]),
    );
    const { scope } = operations;
    // Lists belong to all who wait there, so no one's secrets or deadline apply to them.
    const list = (deadline: Session<E>["call"]["deadline"]) =>
      this.lists.get(scope, () => operations.list({ deadline, secrets: [] }));
    const fresh = (deadline: Session<E>["call"]["deadline"]) => {
      this.lists.forget(scope);
      return list(deadline);
    };
    let poller = this.pollers.get(scope);
    if (poller === undefined) {
      poller = new Poller(fresh, runtime.clock, this.progress, () => operations.budgetPace());
      this.pollers.set(scope, poller);
    }
    return {
      platform,
      operations,
      runtime: { ...runtime, log: (line) => runtime.log(hide(line, inputSecrets)) },
      hide: (text) => hide(text, inputSecrets),
      seal: (state) => seal(platform.fields, state, inputSecrets),
      call: { deadline: deadlineIn(runtime.clock, timeLimit(operation, props)), secrets },
      poller,
      listAll: list,
      forgetList: () => this.lists.forget(scope),
      claims: this.claims,
      label: hide(platform.describe(props), inputSecrets),
    };
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

/** What the user made secret stays out of messages, even a name. */
function withoutInputs<E extends Entity>(error: unknown, session: Session<E>): UserError {
  const { hide, seal, label, platform } = session;
  if (error instanceof PartialFailure) {
    const reason = hide(error.message);
    const sealed = seal(error.properties);
    return new PartialFailure(error.id, reason, abridged(platform, sealed, reason));
  }
  return new UserError(hide(error instanceof UserError ? error.message : explain(label, error)));
}
