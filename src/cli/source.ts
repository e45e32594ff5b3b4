import { type PlatformSettings, settingOf } from "../provider/settings";
import type { RequestBudget } from "../http/budget";
import { NotFoundError } from "../http/errors";
import { strict } from "../provider/check-answer";
import type {
  RequestContext,
  RemoteAddon,
  ListedAddon,
  AddonApi,
  AddonKind,
  ReadConfig,
  Runtime,
} from "../provider/kind";
import { type Failure, observe, type Setting, withDefaults } from "../fields/field";
import { SecretInputs } from "../fields/secret-inputs";
import { shapeFailures } from "../fields/validate";
import { inspect, type Props } from "../fields/values";
import { inputsOf } from "./import/inputs";
import type { Offer } from "./init/offers";
import type { Found, Place, Skipped, Target } from "./import/survey";

/** An app or project. */
export interface Scope {
  readonly id: string;
  readonly title: string;
}

/** Where and as whom a platform is asked. */
export interface Access {
  readonly config: ReadConfig;
  readonly runtime: Runtime;
  /** Id of the workspace or team, where the command line names one. */
  readonly holder?: string;
}

/** What the command line has to know of a platform, beside what the life cycle knows. */
export interface SourceParts<E extends RemoteAddon> {
  readonly platform: AddonKind<E>;
  readonly target: Omit<Target, "baseUrl" | "tokenKey" | "title">;
  readonly settings: PlatformSettings;
  /** The workspace or team. */
  readonly holder: { readonly field: string; readonly noun: string; readonly setting: Setting };
  /** What the token has to be allowed to do that no reading can tell. */
  readonly unchecked: string;
  readonly isOwnId: (key: string) => boolean;
  /** What the reader of a program may wonder about. */
  readonly remarks: (inputs: Props) => readonly string[];
  readonly account: (access: Access, holder: string | undefined) => Account<E>;
}

/** The calls that the platform port does not have. */
export interface Account<E extends RemoteAddon> {
  readonly budget: RequestBudget;
  scopes(call: RequestContext): Promise<readonly Scope[]>;
  /** What can be created. */
  offers(): Promise<readonly Offer[]>;
  /** Inputs that another endpoint tells. */
  told(scope: string, entity: E, call: RequestContext): Promise<ReadonlyMap<string, unknown>>;
}

/** A platform as the command line uses it; which one it is makes no difference any more. */
export interface Source {
  readonly target: Omit<Target, "baseUrl">;
  readonly settings: PlatformSettings;
  readonly holder: SourceParts<RemoteAddon>["holder"];
  /** The input that names the app or project. */
  readonly scopeField: string;
  /** What Pulumi calls its add-ons, by either door. */
  readonly resourceTypes: readonly string[];
  /** Whether an add-on of this platform can have the id. */
  readonly isOwnId: (key: string) => boolean;
  readonly unchecked: string;
  /** What is wrong with an id of an app or project, or a workspace or team; undefined if nothing is. */
  misfit(field: "scope" | "holder", id: string): string | undefined;
  /** What is wrong with the inputs of a program. */
  failures(inputs: Props): readonly Failure[];
  /** Throws what the first call would: no token, or an unsafe base URL. */
  open(access: Access): OpenSource;
}

/** An add-on that is on the platform. */
export interface Existing {
  /** The Pulumi id. */
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly state: string;
  /** ISO 8601, where the platform tells. */
  readonly createdAt: string | undefined;
}

export interface OpenSource {
  readonly budget: RequestBudget;
  /** The workspace or team in which it is asked, where one is named anywhere. */
  readonly holder: string | undefined;
  scopes(call: RequestContext): Promise<readonly Scope[]>;
  /** What can be created. */
  offers(): Promise<readonly Offer[]>;
  list(scope: string, call: RequestContext): Promise<readonly ListedAddon[]>;
  /** Reads an add-on, one of those that are listed with it, into the inputs of a program. */
  inspect(
    scope: string,
    listed: ListedAddon,
    all: readonly ListedAddon[],
    given: ReadonlyMap<string, string>,
    call: RequestContext,
  ): Promise<{ readonly found: Found } | { readonly skipped: Skipped }>;
  /** The add-ons with the natural key of these inputs that are not being deleted. */
  existing(scope: string, inputs: Props, call: RequestContext): Promise<readonly Existing[]>;
  /** Undefined if there is none. */
  find(scope: string, key: string, call: RequestContext): Promise<Existing | undefined>;
  /** Whether it may read how to connect to one of these; undefined: there is none to try. */
  tryConnection(
    scope: string,
    listed: readonly ListedAddon[],
    call: RequestContext,
  ): Promise<true | undefined>;
}

export function sourceOf<E extends RemoteAddon>(parts: SourceParts<E>): Source {
  const { platform, settings, holder, unchecked, isOwnId } = parts;
  const target = { ...parts.target, title: platform.title, tokenKey: settings.token.key };
  return {
    target,
    settings,
    holder,
    scopeField: platform.scopeField,
    resourceTypes: [
      `pulumi-nodejs:dynamic/${target.platform}:Addon`,
      `paas-addons:index:${target.className}`,
    ],
    unchecked,
    isOwnId,
    misfit: (kind, id) =>
      misfitOf(platform, kind === "scope" ? platform.scopeField : holder.field, id),
    failures: (inputs) => {
      const complete = withDefaults(platform.fields, inputs, () => undefined);
      const noSecrets = new SecretInputs(platform.fields, []);
      const failures = shapeFailures(platform.fields, complete, noSecrets).map(
        ({ path, reason }) => ({ property: path, reason }),
      );
      return [...failures, ...platform.rules(complete)];
    },
    open: (access) => new OpenedSource(parts, target, access),
  };
}

class OpenedSource<E extends RemoteAddon> implements OpenSource {
  readonly holder: string | undefined;
  readonly budget: RequestBudget;
  private readonly account: Account<E>;

  constructor(
    private readonly parts: SourceParts<E>,
    private readonly target: Omit<Target, "baseUrl">,
    private readonly access: Access,
  ) {
    const { holder } = parts;
    const { config, runtime } = access;
    this.holder = access.holder ?? settingOf(holder.setting, config, runtime.env);
    this.account = parts.account(access, this.holder);
    this.budget = this.account.budget;
  }

  scopes(call: RequestContext): Promise<readonly Scope[]> {
    return this.account.scopes(call);
  }

  offers(): Promise<readonly Offer[]> {
    return this.account.offers();
  }

  async list(scope: string, call: RequestContext): Promise<readonly ListedAddon[]> {
    return (await this.operations(scope)).list(call);
  }

  async inspect(
    scope: string,
    listed: ListedAddon,
    all: readonly ListedAddon[],
    given: ReadonlyMap<string, string>,
    call: RequestContext,
  ): Promise<{ readonly found: Found } | { readonly skipped: Skipped }> {
    const { platform, remarks } = this.parts;
    const { key, title, type } = listed;
    const place: Place = { platform: this.target.platform, scope, key, title, type };
    const skip = (reason: string, failed = false) => ({ skipped: { ...place, reason, failed } });
    // The list tells enough of these; what they are addressed by may answer nothing.
    if (misfitOf(platform, "type", type) !== undefined) {
      return skip(`no program can declare an add-on of type ${inspect(type)}.`);
    }
    const operations = await this.operations(scope);
    const entity = await operations.get(key, call);
    if (entity === undefined) return skip("it is gone, or the token may not read it.", true);
    if (platform.phase(entity) === "deleting") return skip("it is being deleted.");
    const obstacle = platform.adoptionObstacle(entity);
    if (obstacle !== undefined) return skip(obstacle);
    const outcome = inputsOf({
      platform,
      entity,
      place: this.place(scope),
      told: await this.told(scope, entity, call),
      given: givenFor(given, platform.fields, scope, key),
    });
    if (!outcome.adoptable) return skip(sentence(outcome.reason));
    const { inputs } = outcome;
    const outputs = platform.outputs(entity);
    const warning = warningOf(platform, entity);
    const declared = withDefaults(platform.fields, inputs.values, () => undefined);
    // Without a title in the program it would be that of the resource.
    const isNamed = typeof declared[platform.titleField] === "string";
    const alike = all.filter((entry) => platform.hasNaturalKey(declared, entry));
    return {
      found: {
        ...place,
        isUnique: isNamed && alike.length === 1 && alike[0]?.key === key,
        remarks: remarks(inputs.values),
        state: entity.state,
        ...(typeof outputs.assignedName === "string" ? { name: outputs.assignedName } : {}),
        ...(warning === undefined ? {} : { warning }),
        inputs,
      },
    };
  }

  async existing(scope: string, inputs: Props, call: RequestContext): Promise<readonly Existing[]> {
    const { platform } = this.parts;
    const alike = (await this.list(scope, call)).filter((listed) =>
      platform.hasNaturalKey(inputs, listed),
    );
    const found = await Promise.all(alike.map(({ key }) => this.find(scope, key, call)));
    return found.filter((each) => each !== undefined);
  }

  async find(scope: string, key: string, call: RequestContext): Promise<Existing | undefined> {
    const { platform } = this.parts;
    const entity = await (await this.operations(scope)).get(key, call);
    if (entity === undefined || platform.phase(entity) === "deleting") return undefined;
    const { createdAt } = platform.outputs(entity);
    const title = observe(platform.fields, entity, {}).get(platform.titleField);
    return {
      id: `${scope}/${key}`,
      type: entity.type,
      title: typeof title === "string" ? title : key,
      state: entity.state,
      createdAt: typeof createdAt === "string" ? createdAt : undefined,
    };
  }

  async tryConnection(
    scope: string,
    listed: readonly ListedAddon[],
    call: RequestContext,
  ): Promise<true | undefined> {
    const operations = await this.operations(scope);
    const { platform } = this.parts;
    const serving = listed.find((entry) => platform.phase(entry) === "ready");
    if (serving === undefined) return undefined;
    const entity = await operations.get(serving.key, call);
    if (entity === undefined) return undefined;
    // What it answers is of no interest here, and is let go at once.
    await operations.connect(entity, {}, call);
    return true;
  }

  /** Not every type has it, and nothing is lost without: the input is then left alone. */
  private async told(
    scope: string,
    entity: E,
    call: RequestContext,
  ): Promise<ReadonlyMap<string, unknown>> {
    try {
      return await this.account.told(scope, entity, call);
    } catch (error) {
      if (error instanceof NotFoundError) return new Map();
      throw error;
    }
  }

  private place(scope: string): Props {
    const { platform, holder } = this.parts;
    return {
      [platform.scopeField]: scope,
      ...(this.holder === undefined ? {} : { [holder.field]: this.holder }),
    };
  }

  private async operations(scope: string): Promise<AddonApi<E>> {
    const { platform } = this.parts;
    const { config, runtime } = this.access;
    const opened = await platform.open({ config, runtime, props: this.place(scope) });
    return strict(opened, platform.title, scope);
  }
}

/** What is wrong with the value of an input; undefined if nothing is. */
function misfitOf<E extends RemoteAddon>(
  { fields }: AddonKind<E>,
  input: string,
  value: unknown,
): string | undefined {
  const decoded = fields[input]?.codec.validate(value, []);
  return decoded?._tag === "Left" ? (decoded.left[0]?.message ?? "is not valid") : undefined;
}

/** What the user said of inputs, for all add-ons (`input`) or for this one (`id:input`). */
function givenFor(
  given: ReadonlyMap<string, string>,
  fields: object,
  scope: string,
  key: string,
): ReadonlyMap<string, string> {
  return new Map(
    Object.keys(fields).flatMap((path) => {
      const names = [`${scope}/${key}:${path}`, `${key}:${path}`, path];
      const value = names.map((name) => given.get(name)).find((text) => text !== undefined);
      return value === undefined ? [] : [[path, value]];
    }),
  );
}

function warningOf<E extends RemoteAddon>(platform: AddonKind<E>, entity: E): string | undefined {
  const { state } = entity;
  switch (platform.phase(entity)) {
    case "ready":
    case "paused":
    case "deleting":
      return undefined;
    case "pending":
      return `Its state was ${JSON.stringify(state)}; \`pulumi up\` waits until it serves.`;
    case "failed":
      return `Its state was ${JSON.stringify(state)}, in which \`pulumi up\` takes it over but ends with an error.`;
  }
}

function sentence(text: string): string {
  return text.endsWith(".") ? text : `${text}.`;
}
