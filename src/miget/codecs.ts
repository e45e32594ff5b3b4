import * as t from "io-ts";
import {
  optional,
  optionalList,
  optionalNumber,
  optionalRecord,
  optionalText,
} from "../http/codecs";
import { isRecord } from "../fields/values";
import type { RemoteAddon, ListedAddon } from "../provider/kind";

/**
 * io-ts codecs of what the Miget API answers. Unknown fields pass: the server adds some over time.
 * Only what nothing can work without is required, since parts of the answers are not documented.
 */

const optionalPort = optional(t.union([t.number, t.string]));

export const InternalDetails = t.partial({
  hostname: optionalText,
  database: optionalText,
  port: optionalPort,
  username: optionalText,
  password: optionalText,
  connection_url: optionalText,
});

export const ExternalDetails = t.partial({ external_connection_url: optionalText });

export const ConnectionDetails = t.partial({
  internal: optional(InternalDetails),
  external: optional(ExternalDetails),
});

const Members = t.partial({
  name: optionalText,
  label: optionalText,
  quota: optionalRecord,
  settings: optionalRecord,
  var: optionalRecord,
  role: optionalText,
  replicas: optionalList,
  primary_addon_uuid: optionalText,
  instances: optionalNumber,
  connection_details: optional(ConnectionDetails),
  created_at: optionalText,
  updated_at: optionalText,
});

const AddonBody = t.intersection([
  t.type({ uuid: t.string, type: t.string, state: t.string }),
  Members,
]);
export type AddonBody = t.TypeOf<typeof AddonBody>;

/** Not every entry of a list has a state: a cron job's add-on may lack it. */
const ListedBody = t.intersection([
  t.type({ uuid: t.string, type: t.string }),
  t.partial({ state: optionalText }),
  Members,
]);
export type ListedBody = t.TypeOf<typeof ListedBody>;

/** The entity as it is, else the one inside `data`: the documentation shows both. */
function bareOrData<C extends t.Mixed>(codec: C, name: string): t.Type<t.TypeOf<C>, unknown> {
  const wrapped = t.type({ data: codec });
  return new t.Type<t.TypeOf<C>, unknown>(
    name,
    codec.is,
    (value, context) => {
      // Messages name fields by their way through the codecs, which this one is no part of.
      const as = (type: t.Mixed) => [
        ...context.slice(0, -1),
        { key: context.at(-1)?.key ?? "", type },
      ];
      const isWrapped =
        typeof value === "object" && value !== null && "data" in value && !codec.is(value);
      if (!isWrapped) return codec.validate(value, as(codec));
      const inner = wrapped.validate(value, as(wrapped));
      return inner._tag === "Left" ? inner : t.success(inner.right.data);
    },
    t.identity,
  );
}

export const AddonAnswer = bareOrData(AddonBody, "an add-on");
export const AddonListAnswer = bareOrData(
  t.array(ListedBody, "a list of add-ons"),
  "a list of add-ons",
);

const App = t.intersection([
  t.type({ uuid: t.string }),
  t.partial({ name: optionalText, label: optionalText }),
]);
export type App = t.TypeOf<typeof App>;
export const AppListAnswer = bareOrData(t.array(App, "a list of apps"), "a list of apps");

const AppVariable = t.intersection([t.type({ key: t.string }), t.partial({ value: optionalText })]);
export type AppVariable = t.TypeOf<typeof AppVariable>;
export const AppVariablesAnswer = bareOrData(
  t.array(AppVariable, "a list of variables"),
  "a list of variables",
);

/** An add-on as the life cycle sees it. */
export interface RemoteMigetAddon extends RemoteAddon {
  readonly body: AddonBody;
}

/** What the outputs of these names show: no secret that the platform may add comes among them. */
const shown = {
  settings: ["mount_point", "access_type", "sub_path", "instances"],
  replicas: ["uuid", "name", "label", "state"],
};

export function remoteAddonOf(answer: AddonBody): RemoteMigetAddon {
  const { uuid: key, type, state, settings, replicas } = answer;
  const body = {
    ...answer,
    ...(isRecord(settings) ? { settings: pick(settings, shown.settings) } : {}),
    ...(Array.isArray(replicas)
      ? { replicas: replicas.filter(isRecord).map((replica) => pick(replica, shown.replicas)) }
      : {}),
  };
  return { key, state, type, body };
}

export function listedAddonOf({ uuid: key, type, state, label }: ListedBody): ListedAddon {
  return { key, type, state: state ?? "unknown", title: label ?? "" };
}

function pick(from: Readonly<Record<string, unknown>>, keys: readonly string[]) {
  return Object.fromEntries(Object.entries(from).filter(([key]) => keys.includes(key)));
}
