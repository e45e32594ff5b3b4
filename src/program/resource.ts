import * as pulumi from "@pulumi/pulumi";
import { aliasesOf } from "./aliases";
import type { AddonConnection } from "./zz_connection";
import { type Door, dynamicDoor } from "./door";
import { assertOwnProvider } from "./provider";
import { PromiseTraces } from "./promise-traces";
import { type Credentials, type Vars, varsOf } from "./vars";

/** What the program side has to know of a kind of resource. */
export interface ResourceKind {
  /** `miget:Addon`. */
  readonly type: string;
  /** `MigetAddon`. */
  readonly className: string;
  /** What the engine's plugin process loads; every stack's state names it, so it may never change. */
  readonly providerModule: string;
  /** Names of all inputs, which are outputs too. */
  readonly inputs: readonly string[];
  /** Outputs that are not inputs too. */
  readonly outputs: readonly string[];
  /** Inputs that are secret even when given as plain text. */
  readonly secretInputs: readonly string[];
  /** Outputs that are secret as a whole. */
  readonly secretOutputs: readonly string[];
  /** Outputs of the provider plugin that getters stand for. */
  readonly plainOutputs: readonly string[];
}

/** Base of the resource classes. */
export abstract class AddonResource extends pulumi.CustomResource {
  /** How the engine reaches the provider: the entry point that the program imports decides. */
  /** @internal */
  static readonly door: Door = dynamicDoor;

  // Absent with mocks, or before the add-on is ready.
  /** @internal */
  declare readonly connection: pulumi.Output<Partial<AddonConnection> | undefined>;
  /** @internal */
  declare readonly credentials: pulumi.Output<Credentials | undefined>;
  /** @internal */
  declare readonly vars: pulumi.Output<Vars>;
  /** @internal */
  declare readonly waitForReady: pulumi.Output<boolean | undefined>;
  /** @internal */
  declare readonly type: pulumi.Output<string | undefined>;

  protected constructor(
    kind: ResourceKind,
    name: string,
    args: object | undefined,
    opts: pulumi.CustomResourceOptions = {},
  ) {
    const { door } = new.target;
    assertOwnProvider(door, opts);
    door.assertReady(kind);
    // Only what is listed here becomes a property of the resource.
    const blank = Object.fromEntries(
      [...kind.inputs, ...kind.outputs].map((key) => [key, undefined]),
    );
    const props: pulumi.Inputs = {
      ...blank,
      ...(args === undefined
        ? {}
        : { name, ...withSecrets(kind, args), ...door.hidden(kind, name, args, opts) }),
    };
    const [type, otherType] = [door.type(kind), door.otherType(kind)];
    const own = {
      ...door.options,
      aliases: aliasesOf(opts.aliases ?? [], type, otherType),
      additionalSecretOutputs: [...kind.secretOutputs, ...kind.secretInputs, ...kind.plainOutputs],
      // Else `--replace` would create before it deletes, and a name can be taken only once.
      ...(allowsReplace(args) ? { deleteBeforeReplace: true } : {}),
    };
    const traces = new PromiseTraces();
    const [last, value] = door.last(kind);
    Reflect.deleteProperty(props, last);
    Object.defineProperty(props, last, traces.last(value));
    try {
      super(type, name, props, pulumi.mergeOptions({ ...opts, aliases: [] }, own));
    } finally {
      traces.end();
    }
    // Northflank's are its credentials once more.
    if (kind.outputs.includes("credentials")) this.vars = varsOf(this.credentials, this.vars);
  }

  /** Made of `connection` in the program, so that the state holds no secret twice. */
  /** @internal */
  protected part<T>(
    choose: (connection: Partial<AddonConnection>) => T,
  ): pulumi.Output<pulumi.Unwrap<T>> {
    const facts = pulumi.all([this.connection, this.waitForReady, this.type]);
    const part = facts.apply(([connection = {}, waits, type]) => {
      const isAbsent = Object.keys(connection).length === 0;
      if (isAbsent && waits === false && type !== "storage") this.warnOfAbsence();
      return choose(connection);
    });
    return pulumi.secret(part);
  }

  private warnOfAbsence(): void {
    if (warned.has(this)) return;
    warned.add(this);
    void pulumi.log.warn(
      "Its connection data is not known yet, since waitForReady is false: url, host and the other plain outputs are empty. They come with the next `pulumi refresh` or `pulumi up`.",
      this,
    );
  }
}

const warned = new WeakSet<AddonResource>();

/** A literal, since options cannot depend on outputs. */
function allowsReplace(args: object | undefined): boolean {
  return args !== undefined && "allowReplace" in args && args.allowReplace === true;
}

/** The inputs that are given, those that are always secret made so. */
function withSecrets(kind: ResourceKind, args: object): pulumi.Inputs {
  return Object.fromEntries(
    Object.entries(args)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]: [string, pulumi.Input<unknown>]) => [
        key,
        kind.secretInputs.includes(key) ? pulumi.secret(value) : value,
      ]),
  );
}
