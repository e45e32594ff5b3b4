import { isLeft } from "fp-ts/Either";
import * as t from "io-ts";
import { contractOf, type Platform } from "../../test/contract/contract";
import { isJsonObject, stringAt, stringsAt, type JsonValue } from "../../test/contract/json";
import { entityOf, succeeded, type Exchange, type Recording } from "./recording";
import { addressesIn, itemsIn, seenIn } from "./target";

const answer = t.union([
  /** The status of a step's request. */
  t.type({ status: t.string }),
  /** Whether it was accepted or refused. */
  t.type({ accepted: t.string }),
  /** What a client was told that a step connected. */
  t.type({ connection: t.string }),
  /** What stands at a place of the last exchange of an operation, or a word for it. */
  t.intersection([
    t.type({ value: t.string, in: t.string, of: t.string }),
    t.partial({ words: t.record(t.string, t.string), else: t.string }),
  ]),
  /** When, once it is ready, a place is filled. */
  t.type({ when: t.string, in: t.string, of: t.string }),
  t.type({ keys: t.string, in: t.string }),
  t.type({ address: t.string, in: t.string }),
  /** By a function of its own. */
  t.type({
    by: t.keyof({ list: 0, label: 0, "list-connection": 0, variables: 0, "own-variable": 0 }),
  }),
]);
type Answer = t.TypeOf<typeof answer>;

const question = t.intersection([
  t.type({ ask: t.string, answer, fine: t.array(t.string), otherwise: t.string }),
  t.partial({ settles: t.array(t.string) }),
]);
export type Question = t.TypeOf<typeof question>;

const asked = t.type({
  "x-questions": t.record(t.string, question),
  "x-unasked": t.array(t.type({ places: t.string, why: t.string })),
});

/** What a contract wants to be asked, and what it does not expect to be told. */
export function askedBy(platform: Platform): t.TypeOf<typeof asked> {
  const decoded = asked.decode(contractOf(platform).document.root);
  if (isLeft(decoded)) throw new Error(`${platform}: x-questions or x-unasked cannot be read.`);
  return decoded.right;
}

/** What the run asked the platform itself, with ways to find things in it. */
export class Records {
  readonly platform: Platform;
  private readonly exchanges: readonly Exchange[];

  constructor(private readonly recording: Recording) {
    this.platform = recording.platform;
    this.exchanges = recording.exchanges.filter(({ lane }) => lane === "calls");
  }

  /** The answer to a question; undefined where the recording does not tell. */
  answer(by: Answer): string | undefined {
    if ("status" in by) return this.of(by.status)[0]?.status.toString();
    if ("accepted" in by) {
      const [sent] = this.of(by.accepted);
      return sent && (succeeded(sent) ? "accepted" : "refused");
    }
    if ("connection" in by) {
      const said = this.recording.connections[`calls: ${by.connection}`];
      return said === "entered" || said === "refused" ? said : undefined;
    }
    if ("value" in by) return this.value(by);
    if ("when" in by) {
      const isEmpty = (value: JsonValue = null) => ["null", "{}"].includes(JSON.stringify(value));
      return this.when(by.in, by.of, (each) => !isEmpty(valueAt(each, by.when)));
    }
    if ("keys" in by) return this.keys(by.keys, by.in);
    if ("address" in by) {
      const reads = (each: Exchange) => addressesIn(this.platform, by.address, each.response);
      return this.when(by.in, "getAddonCredentials", (each) => reads(each)?.external !== undefined);
    }
    return special[by.by](this);
  }

  of(step: string, operation?: string): Exchange[] {
    return this.exchanges.filter(
      (each) => each.step === step && (operation === undefined || each.operation === operation),
    );
  }

  last(step: string, operation?: string): Exchange | undefined {
    return this.of(step, operation).filter(succeeded).at(-1);
  }

  private value(by: Extract<Answer, { value: string }>): string | undefined {
    const last = this.last(by.in, by.of);
    if (last === undefined) return undefined;
    const value = valueAt(last, by.value);
    const told =
      value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);
    return by.words?.[told] ?? by.else ?? told;
  }

  private when(
    step: string,
    operation: string,
    isShown: (exchange: Exchange) => boolean,
  ): string | undefined {
    // What is read while it is not ready says nothing.
    const ready = this.of(step, operation).filter((each) => {
      const seen = seenIn(this.platform, each.response);
      return succeeded(each) && (seen === undefined || seen.phase === "ready");
    });
    if (ready.length === 0) return undefined;
    return ["never", "at once"][ready.findIndex(isShown) + 1] ?? "later";
  }

  /** Whether credentials have what the contract lists, but for special settings and addresses. */
  private keys(type: string, step: string): string | undefined {
    const last = this.last(step, "getAddonCredentials");
    if (last === undefined) return undefined;
    const place = ["components", "schemas", "AddonCredentials", "x-keys", "types", type];
    const node = contractOf(this.platform).document.at(...place)?.node ?? {};
    const wanted = [...stringsAt(node, "secrets"), ...stringsAt(node, "envs")].filter(
      (key) => !/^EXTERNAL|READ|SLAVE|SENTINEL|_ADMIN$|JDBC|MQTT/u.test(key),
    );
    const { secrets, envs } = entityOf(last);
    const keys = [secrets, envs].flatMap((map) => Object.keys(isJsonObject(map) ? map : {}));
    const simple = (key: string) => key.toLowerCase().replaceAll("_", "");
    const loose = new Set(keys.map(simple));
    if (wanted.every((key) => keys.includes(key))) return "all";
    return wanted.every((key) => loose.has(simple(key))) ? "in another spelling" : "not all";
  }
}

function valueAt(exchange: Exchange, path: string): JsonValue | undefined {
  const { response } = exchange;
  let value: JsonValue | undefined = { response, entity: entityOf(exchange) };
  for (const key of path.split(".")) value = isJsonObject(value) ? value[key] : undefined;
  return value;
}

const variables = (records: Records) => itemsIn(records.last("variables")?.response, "vars");

/** Answers that no table can tell. */
const special: Readonly<
  Record<Extract<Answer, { by: string }>["by"], (records: Records) => string | undefined>
> = {
  list: (records) => {
    const [made, list] = [records.last("create"), records.last("list")];
    const { name } = entityOf(made);
    if (name === undefined || list === undefined) return undefined;
    const found = itemsIn(list.response, "addons").some((each) => each.name === name);
    return found ? "at once" : "late";
  },
  label: (records) => {
    const label = stringAt(entityOf(records.last("label with spaces", "getAddon")), "label");
    return label && (label === label.trim() ? "trimmed" : "kept");
  },
  "list-connection": (records) => {
    const { name } = entityOf(records.last("create"));
    const listed = itemsIn(records.last("list later")?.response, "addons");
    const own = listed.find((each) => each.name === name);
    return own && (isJsonObject(own.connection_details) ? "yes" : "no");
  },
  variables: (records) => {
    const read = records.last("rotate", "getAddon");
    const password = read && valueAt(read, "entity.connection_details.internal.password");
    if (typeof password !== "string" || variables(records).length === 0) return undefined;
    return JSON.stringify(variables(records)).includes(`:${password}@`) ? "present" : "former";
  },
  "own-variable": (records) => {
    if (records.last("variables") === undefined) return undefined;
    const own = /^PAAS_ACCEPTANCE_.*_CALLS_.*_URL$/u;
    return variables(records).some(({ key }) => typeof key === "string" && own.test(key))
      ? "yes"
      : "no";
  },
};
