import { type Deadline, deadlineIn, inWords } from "../http/deadline";
import { maskSecrets } from "../http/redact";
import { fitHeader, fitReason } from "./fit-header";
import { timeLimit, type TimedOperation, urnField, userProps } from "../fields/common";
import { create } from "./create";
import { adoptionChanges } from "./adopt";
import { previewLimit } from "./preview";
import { strict } from "./check-answer";
import type { RemoteAddon, ListedAddon, AddonKind, ReadConfig, Runtime } from "./kind";
import type { Ownership } from "./ownership";
import { Poller } from "./poller";
import { Progress } from "./progress";
import { read } from "./read";
import { remove } from "./delete";
import { connectionSecrets, explain, parseId, type Session } from "./session";
import { markSecrets } from "./mark-secrets";
import { settingOf } from "./settings";
import { SecretInputs } from "../fields/secret-inputs";
import type { SingleFlight } from "./single-flight";
import { PartialFailure, toState, UserError } from "./state";
import { update } from "./update";
import { inspect, type Props } from "../fields/values";

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

/** The operations that ask the platform, and what those that run at once share. */
export class Runner<E extends RemoteAddon> {
  private readonly progress: Progress;
  private readonly pollers = new Map<string, Poller>();

  constructor(
    private readonly kind: AddonKind<E>,
    private readonly runtime: Runtime,
    private readonly ownership: Ownership,
    /** Lists of the same moment, which previews share. */
    private readonly lists: SingleFlight<readonly ListedAddon[]>,
    private readonly config: ReadConfig,
  ) {
    this.progress = new Progress(runtime);
  }

  /** What taking an add-on over would change there, or why that cannot be; for a preview. */
  async adoption(props: Props, key: string): Promise<readonly string[]> {
    const inputs = userProps(props);
    try {
      const session = await this.session("read", props, {}, previewLimit);
      return await adoptionChanges(session, key, inputs);
    } catch (error) {
      return error instanceof UserError ? [error.message] : [];
    }
  }

  create(props: Props): Promise<CreateResult> {
    return this.operate("create", props, {}, async (session) => {
      const { id, outs } = await create(session, props, userProps(props));
      return { id, outs: session.markSecrets(toState(outs)) };
    });
  }

  read(id: string, props: Props): Promise<ReadResult> {
    const { scope, key } = parseId(this.kind, id);
    const known = { ...props, [this.kind.scopeField]: scope };
    return this.operate("read", known, {}, async (session) => {
      const back = await read(session, id, key, known);
      return {
        id: back.id,
        props: session.markSecrets(toState(back.props)),
        ...(back.inputs === undefined ? {} : { inputs: toState(back.inputs) }),
      };
    });
  }

  update(id: string, olds: Props, news: Props): Promise<UpdateResult> {
    return this.operate("update", news, olds, async (session) => {
      const { key } = parseId(this.kind, id);
      return { outs: session.markSecrets(toState(await update(session, id, key, olds, news))) };
    });
  }

  delete(id: string, props: Props, urn?: string): Promise<void> {
    const { scope, key } = parseId(this.kind, id);
    const known = { ...props, [this.kind.scopeField]: scope };
    const named = urn === undefined ? known : { ...known, [urnField]: urn };
    return this.operate("delete", named, {}, (session) => remove(session, id, key, known));
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

  private async session(
    operation: TimedOperation,
    props: Props,
    olds: Props,
    limit = timeLimit(operation, props),
  ): Promise<Session<E>> {
    const { kind, runtime, config, ownership } = this;
    const inputSecrets = new SecretInputs(kind.fields, [props, olds]).values();
    const secrets = [...inputSecrets, ...connectionSecrets(props), ...connectionSecrets(olds)];
    const scopeId = String(props[kind.scopeField]);
    const api = strict(await kind.open({ config, runtime, props }), kind.title, scopeId);
    const { scope } = api;
    // Lists belong to all who wait there, so no one's secrets apply to them.
    const list = (deadline: Deadline) =>
      this.lists.get(scope, deadline, (shared) => api.list({ ...shared, secrets: [] }));
    const fresh = (deadline: Deadline) => {
      this.lists.forget(scope);
      return list(deadline);
    };
    let poller = this.pollers.get(scope);
    if (poller === undefined) {
      poller = new Poller(fresh, runtime.clock, this.progress, api.polling);
      this.pollers.set(scope, poller);
    }
    const urn = props[urnField] ?? olds[urnField];
    return {
      kind,
      api,
      runtime: { ...runtime, log: (line) => runtime.log(maskSecrets(line, inputSecrets)) },
      context: { deadline: deadlineIn(runtime.clock, limit), secrets },
      limit: inWords(limit),
      poller,
      ownership,
      urn: typeof urn === "string" ? urn : "",
      scopeId,
      account: this.accountOf(props),
      listAll: list,
      forgetList: () => this.lists.forget(scope),
      maskSecrets: (text) => maskSecrets(text, inputSecrets),
      markSecrets: (state) => markSecrets(kind.fields, state, inputSecrets),
      label: maskSecrets(kind.describe(props), inputSecrets),
    };
  }

  /** For whom requests are made, and whether that has changed since the state was written. */
  private accountOf(props: Props): string {
    const { kind, config, runtime } = this;
    const { accountField } = kind;
    const from = kind.fields[accountField]?.defaultFrom;
    const isSetting = typeof from === "object" && "setting" in from;
    const configured = isSetting ? settingOf(from.setting, config, runtime.env) : undefined;
    const used = props[accountField] ?? configured;
    const text =
      used === undefined ? `no ${accountField} is set` : `${accountField} is ${inspect(used)}`;
    if (configured === undefined || configured === used) return text;
    return `${text}, as in the state, while ${inspect(configured)} is configured now`;
  }
}

/** What the user made secret stays out of messages, even a name. */
function withoutInputs<E extends RemoteAddon>(error: unknown, session: Session<E>): UserError {
  const { maskSecrets, markSecrets, label, kind } = session;
  if (error instanceof PartialFailure) {
    const reason = fitReason(maskSecrets(error.message));
    return new PartialFailure(
      error.id,
      reason,
      fitHeader(kind, markSecrets(error.properties), reason),
    );
  }
  return new UserError(
    maskSecrets(error instanceof UserError ? error.message : explain(label, error)),
  );
}
