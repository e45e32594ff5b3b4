import type { Deadline } from "../http/deadline";
import { messageOf, UnreachableError } from "../http/errors";
import { providerField, secretPathsField, userProps } from "../fields/common";
import type { FieldTable } from "../fields/field";
import type {
  RequestContext,
  RemoteAddon,
  ListedAddon,
  AddonApi,
  AddonKind,
  Runtime,
} from "./kind";
import type { Poller } from "./poller";
import { UserError } from "./state";
import { isRecord, isUnknown, type Props } from "../fields/values";

/** One operation of the engine on one resource: what all its parts share. */
export interface Session<E extends RemoteAddon> {
  readonly platform: AddonKind<E>;
  readonly operations: AddonApi<E>;
  readonly runtime: Runtime;
  readonly call: RequestContext;
  readonly poller: Poller;
  /** The list of all add-ons there; callers of the same moment share one. */
  readonly listAll: (deadline: Deadline) => Promise<readonly ListedAddon[]>;
  /** Forgets a list that may be older than what was just done. */
  readonly forgetList: () => void;
  /** Natural keys that creates of this process have taken. */
  readonly claims: Map<string, string>;
  /** A text without what the user made secret. */
  readonly hide: (text: string) => string;
  /** What is about to leave for the state, with a mark at what repeats a secret input. */
  readonly seal: (state: Props) => Record<string, unknown>;
  /** `the postgres add-on "orders" in app …`. */
  readonly label: string;
}

/** An input without which the platform cannot be asked. */
export function knownText(props: Props, name: string, platform: string): string {
  const value = props[name];
  if (typeof value === "string" && value !== "" && !isUnknown(value)) return value;
  throw new UserError(`${name} is not known, so ${platform} cannot be asked.`);
}

/** The two parts of a Pulumi id, `<scope>/<key>`. */
export function idOf<E extends RemoteAddon>(
  platform: AddonKind<E>,
  props: Props,
  key: string,
): string {
  return `${String(props[platform.scopeField])}/${key}`;
}

export function parseId<E extends RemoteAddon>(
  platform: AddonKind<E>,
  id: string,
): { scope: string; key: string } {
  const [scope, key, ...rest] = id.split("/");
  if (scope === undefined || scope === "" || key === undefined || key === "" || rest.length > 0) {
    throw new UserError(
      `${JSON.stringify(id)} is not the id of a ${platform.title} add-on: it has the form <${platform.scopeField}>/<${platform.idOutput}>.`,
    );
  }
  return { scope, key };
}

/**
 * What goes into state: the inputs and the outputs, with the text that loads this provider again and
 * the list of what the user made secret.
 */
export function stateOf(inputs: Props, outputs: Props, machinery: Props): Props {
  const kept = [providerField, secretPathsField].filter((key) => machinery[key] !== undefined);
  return {
    ...userProps(inputs),
    ...outputs,
    ...Object.fromEntries(kept.map((key) => [key, machinery[key]])),
  };
}

/** Only what the table knows as inputs, of outputs that hold both. */
export function inputsOf<E>(table: FieldTable<E>, props: Props): Props {
  const names = new Set(Object.keys(table).map((path) => path.split(".")[0]));
  return Object.fromEntries(Object.entries(props).filter(([key]) => names.has(key)));
}

const secretKey = /pass|secret|token|key|credential|uri|url/iu;

/**
 * The texts in a resource's connection data that would give access: what is called a password or a
 * key, and URIs. A port or a user name such as "postgres" would only mutilate messages.
 */
export function connectionSecrets(props: Props): string[] {
  const collect = (value: unknown, key: string): string[] => {
    if (isRecord(value))
      return Object.entries(value).flatMap(([name, entry]) => collect(entry, name));
    const telling = secretKey.test(key) || (typeof value === "string" && value.includes("://"));
    return typeof value === "string" && telling ? [value] : [];
  };
  return ["vars", "credentials", "connection"].flatMap((name) => collect(props[name], ""));
}

/** What went wrong, on which add-on. */
export function explain(label: string, error: unknown): string {
  const message = messageOf(error);
  const isOfAll = error instanceof UserError || error instanceof UnreachableError;
  return isOfAll ? message : `${label}: ${message}`;
}
