import * as pulumi from "@pulumi/pulumi";
import { type Door, dynamicDoor } from "./door";
import { programError } from "./error";

/** An input that can be left out, also by giving it as `undefined`. */
type In<T> = pulumi.Input<T> | undefined;

/** Access to Miget. What is left out comes from the environment. */
export interface MigetAccount {
  /** API token. Always secret. */
  apiToken?: In<string>;
  /** Workspace to act in. */
  workspaceId?: In<string>;
  /** Base URL of the API. */
  baseUrl?: In<string>;
}

/** Access to Northflank. What is left out comes from the environment. */
export interface NorthflankAccount {
  /** API token. Always secret. */
  apiToken?: In<string>;
  /** Team whose paths are used. */
  teamId?: In<string>;
  /** Base URL of the API. */
  baseUrl?: In<string>;
}

/** Arguments of {@link AddonsProvider}. */
export interface AddonsProviderArgs {
  /** For the Miget add-ons that use this provider. */
  miget?: MigetAccount | undefined;
  /** For the Northflank add-ons that use this provider. */
  northflank?: NorthflankAccount | undefined;
}

/**
 * Access to an account of its own, for more than one account in a stack. Hand it over with the
 * resource option `provider`, or `providers` of a component.
 *
 * @example
 * ```ts
 * const staging = new AddonsProvider("staging", { northflank: { apiToken: stagingToken } });
 * new NorthflankAddon("orders", args, { provider: staging });
 * ```
 */
export class AddonsProvider extends pulumi.ProviderResource {
  /** @internal */
  static readonly door: Door = dynamicDoor;
  /** @internal */
  readonly door: Door;

  /**
   * Declares a provider.
   *
   * @param name - Name of the Pulumi resource.
   * @param args - Tokens and addresses; tokens are secret in state.
   * @param opts - Pulumi's resource options.
   */
  constructor(name: string, args: AddonsProviderArgs, opts: pulumi.ResourceOptions = {}) {
    const { door } = new.target;
    super(door.package, name, inputsOf(args, door), pulumi.mergeOptions(opts, door.options));
    this.door = door;
  }
}

/** As each door names them: `northflank:apiToken`, `northflankApiToken`. */
function inputsOf(args: AddonsProviderArgs, door: Door): pulumi.Inputs {
  const inputs: pulumi.Inputs = {};
  const { miget = {}, northflank = {} } = args;
  for (const [platform, account] of Object.entries({ miget, northflank })) {
    for (const [name, value] of Object.entries<In<string>>({ ...account })) {
      if (value === undefined) continue;
      inputs[door.setting(platform, name)] = name === "apiToken" ? pulumi.secret(value) : value;
    }
  }
  return inputs;
}

/** The other entry's provider would be passed over without a word, and the default one used. */
export function assertOwnProvider(door: Door, opts: pulumi.CustomResourceOptions): void {
  const { provider } = opts;
  if (!(provider instanceof AddonsProvider) || provider.door === door) return;
  throw programError(
    `The option provider is an AddonsProvider of ${JSON.stringify(provider.door.entry)}, and the resource is one of ${JSON.stringify(door.entry)}. Import both from the same entry point.`,
  );
}
