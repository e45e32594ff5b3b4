import { DynamicProvider } from "../../src/doors/dynamic/handler";
import { durationMs, hiddenInputs, secretPathsField, timeoutsField } from "../../src/fields/common";
import { isRecord } from "../../src/fields/values";
import { MigetKind } from "../../src/miget/kind";
import { NorthflankKind } from "../../src/northflank/kind";
import { toStruct } from "../../src/doors/native/wire";
import type { Runtime } from "../../src/provider/kind";
import type { ProviderCalls, Subject } from "./engine-model";
import type { Props } from "./engine-state";
import { type NativeClient, resourceClient } from "./native-client";
import { fromStruct } from "./plugin-messages";

/** Through which door the tests drive the life cycle. */
export const doors = ["dynamic", "native"] as const;
export type DoorName = (typeof doors)[number];
let chosen: DoorName = "dynamic";

export const door = (): DoorName => chosen;

/** Declares tests that go through a door. */
export function through(name: DoorName, declare: () => void): void {
  const choose = (next: DoorName) => () => {
    chosen = next;
  };
  before(choose(name));
  after(choose("dynamic"));
  choose(name)();
  declare();
  choose("dynamic")();
}

/** A plugin process, which serves the resources of both platforms. */
export type Process = (subject: Subject) => ProviderCalls;

/** Starts one in this process. */
export function launch(name: DoorName, runtime: Runtime): Process {
  return name === "native" ? nativeProcess(runtime) : dynamicProcess(runtime);
}

function dynamicProcess(runtime: Runtime): Process {
  let deleted = "";
  const urns = () => () => deleted;
  const miget = new DynamicProvider(new MigetKind(), runtime, urns);
  const northflank = new DynamicProvider(new NorthflankKind(), runtime, urns);
  return ({ type, urn }) => {
    const provider = type === "miget" ? miget : northflank;
    return {
      check: (olds, news) => provider.check(olds, news),
      diff: (id, olds, news) => provider.diff(id, olds, news),
      create: (props) => provider.create(props),
      read: (id, props) => provider.read(id, props),
      update: (id, olds, news) => provider.update(id, olds, news),
      delete: (id, props) => {
        deleted = urn;
        return provider.delete(id, props);
      },
    };
  };
}

const types: Readonly<Record<string, string>> = {
  miget: "paas-addons:index:MigetAddon",
  northflank: "paas-addons:index:NorthflankAddon",
};

function nativeProcess(runtime: Runtime): Process {
  const client = resourceClient(runtime);
  return ({ type, urn, limits }) => {
    const own = urn.replace(/pulumi-nodejs:dynamic\/\w+:Addon/u, types[type] ?? type);
    return nativeCalls(client(own), limits);
  };
}

/** The calls of the engine's model, as the engine makes them on the provider plugin. */
function nativeCalls(client: NativeClient, limits: unknown): ProviderCalls {
  const timeout = (operation: string) => {
    const limit = isRecord(limits) ? durationMs(limits[operation]) : undefined;
    return { timeout: (limit ?? 0) / 1000 };
  };
  return {
    keepsMarks: true,
    check: (olds, news) => client.check(sent(olds), sent(news)),
    diff: (id, olds, news, oldInputs = {}) =>
      client.diff(id, sent(olds), sent(oldInputs), sent(news)),
    create: (props) => client.create(sent(props), timeout("create")),
    read: (id, props, inputs = props) => client.read(id, sent(props), sent(inputs)),
    update: (id, olds, news, oldInputs = {}) =>
      client.update(id, sent(olds), sent(oldInputs), sent(news), timeout("update")),
    delete: (id, props) => client.delete(id, sent(props), timeout("delete")),
  };
}

const hidden: readonly string[] = [...hiddenInputs, timeoutsField];

/** As the engine has it: without what the dynamic door hides in inputs, and secrets marked. */
function sent(props: Props): Props {
  const own = Object.fromEntries(Object.entries(props).filter(([key]) => !hidden.includes(key)));
  const listed = props[secretPathsField];
  return fromStruct(toStruct(own, Array.isArray(listed) ? listed.map(String) : []));
}
