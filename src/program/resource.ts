import { createRequire } from "node:module";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { AddonConnection } from "./connection";
import { programError } from "./error";
import { PromiseTraces } from "./promise-traces";

/** What the program side has to know of a kind of resource. */
export interface ResourceKind {
  /** `miget:Addon`. */
  readonly type: string;
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
}

/** The text that the plugin process evaluates to get the provider. State holds it for every resource. */
export function loaderText(providerModule: string): string {
  return `exports.handler = () => require("${providerModule}");`;
}

/**
 * Base of the resource classes: a custom resource of Pulumi's dynamic type with a constant loader
 * text in place of a serialized provider, so that nothing of the program is captured in state.
 */
export abstract class AddonResource extends pulumi.CustomResource {
  // Absent with mocks, or before the add-on is ready.
  /** @internal */
  declare readonly connection: pulumi.Output<Partial<AddonConnection> | undefined>;
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
    assertResolvable(kind.providerModule);
    // Only what is listed here becomes a property of the resource.
    const blank = Object.fromEntries(
      [...kind.inputs, ...kind.outputs].map((key) => [key, undefined]),
    );
    const props: pulumi.Inputs = {
      ...blank,
      ...(args === undefined
        ? {}
        : { name, ...withSecrets(kind, args), ...hidden(kind, name, args, opts) }),
    };
    // Without this, `--replace` would create before it deletes, though a name can be taken only once.
    const order = allowsReplace(args) ? { deleteBeforeReplace: true } : {};
    const options = {
      additionalSecretOutputs: [...kind.secretOutputs, ...kind.secretInputs],
      // Else `--replace` would create before it deletes, and a name can be taken only once.
      ...(allowsReplace(args) ? { deleteBeforeReplace: true } : {}),
    };
    const traces = new PromiseTraces();
    Object.defineProperty(props, "__provider", traces.last(loaderText(kind.providerModule)));
    try {
      super(`pulumi-nodejs:dynamic/${kind.type}`, name, props, pulumi.mergeOptions(opts, options));
    } finally {
      traces.end();
    }
  }

  /**
   * The ordinary client URL, complete and encoded. Secret, as are its parts: they are those of
   * `connection`, as plain outputs. A text is empty and a port 0 where the add-on has none.
   */
  get url(): pulumi.Output<string> {
    return this.part(({ uri = "" }) => uri);
  }

  /** Host inside the platform's network. */
  get host(): pulumi.Output<string> {
    return this.part(({ host = "" }) => host);
  }

  /** Port inside the platform's network. */
  get port(): pulumi.Output<number> {
    return this.part(({ port = 0 }) => port);
  }

  /** User name; the access key of an object store. */
  get username(): pulumi.Output<string> {
    return this.part(({ username = "" }) => username);
  }

  /** Password; the secret key of an object store. */
  get password(): pulumi.Output<string> {
    return this.part(({ password = "" }) => password);
  }

  /** Name of the database, or of the vhost of a message broker. */
  get database(): pulumi.Output<string> {
    return this.part(({ database = "" }) => database);
  }

  /** The client URL from the internet, while external access is on. */
  get externalUrl(): pulumi.Output<string> {
    return this.part(({ external }) => external?.uri ?? "");
  }

  /** Made of `connection` in the program, so that the state holds no secret twice. */
  private part<T>(
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

/** What the engine does not pass to dynamic providers, and they need. */
function hidden(
  kind: ResourceKind,
  name: string,
  args: object,
  opts: pulumi.CustomResourceOptions,
): pulumi.Inputs {
  const secrets = secretPaths(args, "");
  return {
    __urn: urnOf(`pulumi-nodejs:dynamic/${kind.type}`, name, opts.parent),
    ...(opts.customTimeouts === undefined ? {} : { customTimeouts: opts.customTimeouts }),
    ...(secrets.length === 0
      ? {}
      : { __secretInputs: Promise.all(secrets).then((paths) => paths.flat().sort()) }),
  };
}

function urnOf(type: string, name: string, parent?: pulumi.Resource): pulumi.Output<string> {
  const isStack = parent === undefined || parent instanceof pulumi.runtime.Stack;
  return pulumi.createUrn(name, type, isStack ? undefined : parent);
}

/** Dotted paths of what the user made secret: such values must not be repeated in messages. */
function secretPaths(value: unknown, path: string): Promise<string[]>[] {
  if (pulumi.Output.isInstance(value)) {
    return [pulumi.isSecret(value).then((secret) => (secret ? [path] : []))];
  }
  if (Array.isArray(value)) return value.flatMap((entry) => secretPaths(entry, path));
  if (typeof value !== "object" || value === null || value instanceof Promise) return [];
  return Object.entries(value).flatMap(([key, entry]) =>
    secretPaths(entry, path === "" ? key : `${path}.${key}`),
  );
}

const resolvable = new Set<string>();

/**
 * The plugin process loads the provider from the project's folder. Where it would not find it, say
 * so here, in words; its own error comes later and names internals.
 */
function assertResolvable(providerModule: string): void {
  // The variable tells a program that the CLI runs, in the project's folder, from unit tests with
  // mocks and from programs inside of another one.
  if (resolvable.has(providerModule) || process.env.PULUMI_CONFIG === undefined) return;
  try {
    createRequire(join(process.cwd(), "program.js")).resolve(providerModule);
  } catch {
    throw programError(
      `The package pulumi-paas-addons cannot be found from the project's folder. Make it a direct dependency there: run \`npm install pulumi-paas-addons\` (or the same with your package manager) in the folder that holds Pulumi.yaml.`,
    );
  }
  resolvable.add(providerModule);
}
