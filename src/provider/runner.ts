import { deadlineIn } from "../http/deadline";
import { maskSecrets } from "../http/redact";
import { fitHeader } from "./fit-header";
import { timeLimit, type TimedOperation, userProps } from "../fields/common";
import { create } from "./create";
import { strict } from "./check-answer";
import type { RemoteAddon, ListedAddon, AddonKind, ReadConfig, Runtime } from "./kind";
import { Poller } from "./poller";
import { Progress } from "./progress";
import { read } from "./read";
import { remove } from "./delete";
import { connectionSecrets, explain, parseId, type Session } from "./session";
import { markSecrets } from "./mark-secrets";
import { SecretInputs } from "../fields/secret-inputs";
import { SingleFlight } from "./single-flight";
import { PartialFailure, toState, UserError } from "./state";
import { update } from "./update";
import type { Props } from "../fields/values";

/** What the engine is told of a new add-on. */
export interface CreateResult {
  readonly id: string;
  readonly outs: Record<string, unknown>;
}

export interface ReadResult {
  readonly id: string;
  readonly props: Record<string, unknown>;
  readonly inputs?: Record<string, unknown>;
}

export interface UpdateResult {
  readonly outs: Record<string, unknown>;
}

/** A list younger than this, in milliseconds, counts as of the same moment. */
const sameMoment = 1000;

/** The operations that ask the platform, and what those that run at once share. */
export class Runner<E extends RemoteAddon> {
  private readonly progress: Progress;
  private readonly lists: SingleFlight<readonly ListedAddon[]>;
  private readonly pollers = new Map<string, Poller>();
  private readonly claims = new Map<string, string>();

  constructor(
    private readonly platform: AddonKind<E>,
    private readonly runtime: Runtime,
    private readonly config: ReadConfig,
  ) {
    this.progress = new Progress(runtime.clock, runtime.log);
    this.lists = new SingleFlight(runtime.clock, "list the add-ons", sameMoment);
  }

  create(props: Props): Promise<CreateResult> {
    return this.operate("create", props, {}, async (session) => {
      const { id, outs } = await create(session, props, userProps(props));
      return { id, outs: session.seal(toState(outs)) };
    });
  }

  read(id: string, props: Props): Promise<ReadResult> {
    const { scope, key } = parseId(this.platform, id);
    const known = { ...props, [this.platform.scopeField]: scope };
    return this.operate("read", known, {}, async (session) => {
      const back = await read(session, id, key, known);
      return {
        id: back.id,
        props: session.seal(toState(back.props)),
        ...(back.inputs === undefined ? {} : { inputs: toState(back.inputs) }),
      };
    });
  }

  update(id: string, olds: Props, news: Props): Promise<UpdateResult> {
    return this.operate("update", news, olds, async (session) => {
      const { key } = parseId(this.platform, id);
      return { outs: session.seal(toState(await update(session, id, key, olds, news))) };
    });
  }

  delete(id: string, props: Props): Promise<void> {
    const { scope, key } = parseId(this.platform, id);
    const known = { ...props, [this.platform.scopeField]: scope };
    return this.operate("delete", known, {}, (session) => remove(session, key, known));
  }

  /** Runs an operation whose failures say which add-on they are about. */
  private async operate<T>(
    operation: TimedOperation,
    props: Props,
    olds: Props,
    run: (session: Session<E>) => Promise<T>,
  ): Promise<T> {
    const session = await this.session(operation, props, olds);
    try {
      return await run(session);
    } catch (error) {
      throw withoutInputs(error, session);
    }
  }

  private async session(operation: TimedOperation, props: Props, olds: Props): Promise<Session<E>> {
    const { platform, runtime, config } = this;
    const inputSecrets = new SecretInputs(platform.fields, [props, olds]).values();
    const secrets = [...inputSecrets, ...connectionSecrets(props), ...connectionSecrets(olds)];
    const operations = strict(
      await platform.open({ config, runtime, props }),
      platform.title,
      String(props[platform.scopeField]),
    );
    const { scope } = operations;
    // Lists belong to all who wait there, so no one's secrets apply to them.
    const list = (deadline: Session<E>["call"]["deadline"]) =>
      this.lists.get(scope, deadline, (shared) => operations.list({ ...shared, secrets: [] }));
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
      runtime: { ...runtime, log: (line) => runtime.log(maskSecrets(line, inputSecrets)) },
      hide: (text) => maskSecrets(text, inputSecrets),
      seal: (state) => markSecrets(platform.fields, state, inputSecrets),
      call: { deadline: deadlineIn(runtime.clock, timeLimit(operation, props)), secrets },
      poller,
      listAll: list,
      forgetList: () => this.lists.forget(scope),
      claims: this.claims,
      label: maskSecrets(platform.describe(props), inputSecrets),
    };
  }
}

/** What the user made secret stays out of messages, even a name. */
function withoutInputs<E extends RemoteAddon>(error: unknown, session: Session<E>): UserError {
  const { hide, seal, label, platform } = session;
  if (error instanceof PartialFailure) {
    const reason = hide(error.message);
    const sealed = seal(error.properties);
    return new PartialFailure(error.id, reason, fitHeader(platform, sealed, reason));
  }
  return new UserError(hide(error instanceof UserError ? error.message : explain(label, error)));
}
