import { DynamicProvider } from "./handler";
import { engineRuntime } from "./engine";
import { MigetKind } from "../../miget/kind";

/**
 * What the engine's plugin process loads for a MigetAddon. Every stack's state names this module as
 * `pulumi-paas-addons/miget/provider`, so it may never move.
 * To programs it is an object like any other, without methods to call.
 */
const provider: object = new DynamicProvider(new MigetKind(), engineRuntime());

export = provider;
