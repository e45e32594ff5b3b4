import type { Deadline } from "../http/deadline";
import { messageOf, UnreachableError } from "../http/errors";
import { hiddenInputs, timeoutsField, userProps } from "../fields/common";
import type { FieldTable } from "../fields/field";
import type {
  RequestContext,
  RemoteAddon,
  ListedAddon,
  AddonApi,
  AddonKind,
  Runtime,
} from "./kind";
import type { AddonRef } from "./journal";
import type { Ownership } from "./ownership";
import type { Poller } from "./poller";
import { UserError } from "./state";
import { isRecord, isUnknown, type Props } from "../fields/values";

/** One operation of the engine on one resource: what all its parts share. */
export interface Session<E extends RemoteAddon> {
  readonly kind: AddonKind<E>;
  readonly api: AddonApi<E>;
  readonly runtime: Runtime;
  readonly context: RequestContext;
  /** The time limit of the operation, in words. */
  readonly limit: string;
  readonly poller: Poller;
  readonly ownership: Ownership;
  /** The resource's URN; empty where the door does not know it. */
  readonly urn: string;
  /** Id of the app or project. */
  readonly scopeId: string;
  /** For whom requests are made, in words: `teamId is "acme"`. */
  readonly account: string;
  /** The list of all add-ons there; callers of the same moment share one. */
  readonly listAll: (deadline: Deadline) => Promise<readonly ListedAddon[]>;
  /** Forgets a list that may be older than what was just done. */
  readonly forgetList: () => void;
  /** A text without what the user made secret. */
  readonly maskSecrets: (text: string) => string;
  /** What is about to leave for the state, with a mark at what repeats a secret input. */
  readonly markSecrets: (state: Props) => Record<string, unknown>;
  /** `Miget postgres add-on "orders" of app …`. */
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

/** Which add-on it is, for the journal of owners. `outputs`: those of the state, or of an answer. */
export function refOf<E extends RemoteAddon>(
  kind: AddonKind<E>,
  id: string,
  { uid, createdAt }: Props,
): AddonRef {
  return {
    platform: kind.title,
    id: id.toLowerCase(),
    ...(typeof uid === "string" ? { uid } : {}),
    ...(typeof createdAt === "string" ? { createdAt } : {}),
  };
}

/** What goes into state: the inputs and the outputs, with what the door adds to both. */
export function stateOf(inputs: Props, outputs: Props, door: Props): Props {
  const kept = [...hiddenInputs, timeoutsField].filter((key) => door[key] !== undefined);
  return {
    ...userProps(inputs),
    ...outputs,
    ...Object.fromEntries(kept.map((key) => [key, door[key]])),
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
