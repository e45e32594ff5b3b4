import { DynamicProvider } from "./handler";
import { engineRuntime } from "./engine";
import { NorthflankKind } from "../../northflank/kind";

/**
 * What the engine's plugin process loads for a NorthflankAddon. Every stack's state names this module as
 * `pulumi-paas-addons/northflank/provider`, so it may never move.
 * To programs it is an object like any other, without methods to call.
 */
const provider: object = new DynamicProvider(new NorthflankKind(), engineRuntime());

export = provider;
