import { messageOf } from "../http/errors";
import { maskSecrets, toPrintable, sanitize } from "../http/redact";
import { check, type Checked } from "./check";
import { userProps } from "../fields/common";
import { changesOf, diff, type Diff } from "./diff";
import type { RemoteAddon, AddonKind, ReadConfig, Runtime } from "./kind";
import { replacementRefused } from "./replacement-refused";
import type { CreateResult, ReadResult, Runner, UpdateResult } from "./runner";
import { SecretInputs } from "../fields/secret-inputs";
import { toState, UserError } from "./state";
import { isUnknown, type Props } from "../fields/values";

/** The engine's request to configure a dynamic provider. */
export interface ConfigureRequest {
  readonly config: { get(key: string): string | undefined };
}

/**
 * A dynamic provider over a platform: what the engine's plugin process calls. All that leaves it is
 * plain JSON, and all that it throws is an error for the user.
 */
export class Provider<E extends RemoteAddon> {
  private config: ReadConfig = () => undefined;
  private readonly warned = new Set<string>();
  private readonly runtime: Runtime;
  private loading: Promise<Runner<E>> | undefined;

  constructor(
    private readonly platform: AddonKind<E>,
    runtime: Runtime,
  ) {
    this.runtime = { ...runtime, log: (line) => runtime.log(toPrintable(line)) };
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
      this.say(news, `${change.path} ${replacementRefused(change, secret)}`, secret.values());
    }
  }

  /** What a new add-on's id will be, where its name does not show it. */
  private announce(inputs: Props): void {
    const { platform } = this;
    const { name } = inputs;
    const key = isUnknown(name) ? undefined : platform.predictedId(inputs);
    if (key === undefined || key === name) return;
    const secrets = new SecretInputs(platform.fields, [inputs]).values();
    const line = maskSecrets(`${platform.describe(inputs)}: its id will be ${key}`, secrets);
    this.once(line);
  }

  private async warn(olds: Props, inputs: Props): Promise<void> {
    const { platform, runtime, config } = this;
    const doubts = await platform.warnings({ config, runtime, props: inputs }, olds, inputs);
    const secrets = new SecretInputs(platform.fields, [inputs]).values();
    for (const doubt of doubts) this.say(inputs, doubt, secrets);
  }

  private say(props: Props, doubt: string, secrets: readonly string[]): void {
    const label = maskSecrets(this.platform.describe(props), secrets);
    const line = `warning: ${label}: ${sanitize(doubt, secrets)}`;
    this.once(line);
  }

  /** Each line once, though the engine may check an add-on more than once in this process. */
  private once(line: string): void {
    if (!this.warned.has(line)) this.runtime.log(line);
    this.warned.add(line);
  }

  diff(_id: string, olds: Props, news: Props): Promise<Diff> {
    return this.guarded(() => {
      this.foretell(olds, news);
      return diff(this.platform.fields, olds, news);
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

  delete(id: string, props: Props): Promise<void> {
    return this.guarded(async () => (await this.runner()).delete(id, props));
  }

  /** Loaded with the first operation: a preview has none, and should not pay for them. */
  private runner(): Promise<Runner<E>> {
    const { platform, runtime } = this;
    this.loading ??= import("./runner.js").then(({ Runner }) => {
      return new Runner(platform, runtime, (key) => this.config(key));
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
