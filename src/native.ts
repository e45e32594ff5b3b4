/**
 * The same classes over the provider plugin `paas-addons`: each add-on has its own row, `pulumi import`
 * works, and other languages can share the stack.
 *
 * @packageDocumentation
 */
import { nativeDoor } from "./program/door";
import { MigetAddon as DynamicMigetAddon } from "./program/miget/zz_addon";
import { NorthflankAddon as DynamicNorthflankAddon } from "./program/northflank/zz_addon";
import { AddonsProvider as DynamicAddonsProvider } from "./program/provider";

/** A managed database or volume of a Miget app, over the provider plugin. */
export class MigetAddon extends DynamicMigetAddon {
  /** @internal */
  static override readonly door = nativeDoor;
}

/** A managed database, cache, queue or object store of a Northflank project, over the provider plugin. */
export class NorthflankAddon extends DynamicNorthflankAddon {
  /** @internal */
  static override readonly door = nativeDoor;
}

/** Access to an account of its own, for the classes of this entry point. */
export class AddonsProvider extends DynamicAddonsProvider {
  /** @internal */
  static override readonly door = nativeDoor;
}

// The classes above stand in the place of those of the same name.
export * from "./index";
