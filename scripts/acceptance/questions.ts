import { contractOf, type Platform } from "../../test/contract/contract";
import {
  isJsonObject,
  numberAt,
  objectAt,
  stringAt,
  stringsAt,
  type JsonObject,
} from "../../test/contract/json";
import { answerOf, entityOf, succeeded, type Exchange, type Recording } from "./exchange";
import { itemsIn } from "./target";

export interface Question {
  readonly id: string;
  readonly platform: Platform;
  readonly question: string;
  /** The answer that contract, emulator or package count on. */
  readonly assumed: string;
  /** Every answer that is foreseen, and what to change where it is not the assumed one. */
  readonly answers: Readonly<Record<string, string>>;
  /** Marks of the contract that it settles, by their place. */
  readonly settles?: readonly string[];
  /** The answer that a recording gives; undefined where it does not tell. */
  readonly judge: (records: Records) => string | undefined;
}

/** A recording with ways to find things in it. */
export class Records {
  constructor(readonly recording: Recording) {}

  /** The exchanges of a step. */
  of(step: string, operation?: string): Exchange[] {
    return this.recording.exchanges.filter(
      (each) => each.step === step && (operation === undefined || each.operation === operation),
    );
  }

  first(step: string, operation?: string): Exchange | undefined {
    return this.of(step, operation)[0];
  }

  last(step: string, operation?: string): Exchange | undefined {
    return this.of(step, operation).at(-1);
  }

  /** `accepted` or `refused`, of the request that a step made. */
  accepted(step: string): string | undefined {
    const [sent] = this.of(step);
    return sent && (succeeded(sent) ? "accepted" : "refused");
  }

  all(operation: string): Exchange[] {
    return this.recording.exchanges.filter((each) => each.operation === operation);
  }

  /** The same of a request that repeats what another step has done. */
  repeated(step: string): string | undefined {
    return this.of(step).length === 0 ? undefined : this.accepted(`${step} again`);
  }

  connection(step: string): string | undefined {
    const said = this.recording.connections[step];
    return said === "entered" || said === "refused" ? said : undefined;
  }
}

const no = "nothing: the package allows for both";
const ready = new Set(["running", "healthy", "bound", "active"]);
const stateOf = (exchange: Exchange | undefined) =>
  stringAt(entityOf(exchange), "state") ?? stringAt(entityOf(exchange), "status");
const isReady = (exchange: Exchange) => ready.has(stateOf(exchange) ?? "");

/** Whether the list right after a create has what was made. */
function lag(type: string): Question["judge"] {
  return (records) => {
    const made = records.first(`${type}: create`);
    const list = records.first(`${type}: list`);
    if (made === undefined || !succeeded(made) || list === undefined || !succeeded(list)) return;
    const name = stringAt(entityOf(made), "name");
    return itemsIn(list.response, "addons").some((each) => each.name === name) ? "at once" : "late";
  };
}

/** Whether the data of a connection is in the first answer that could have it. */
function since(
  operation: string,
  could: (exchange: Exchange) => boolean,
  isShown: (exchange: Exchange) => boolean,
): Question["judge"] {
  return (records) => {
    const reads = records.of("create", operation).filter(could);
    const index = reads.findIndex(isShown);
    if (reads.length === 0) return undefined;
    return index < 0 ? "never" : index === 0 ? "with ready" : "later";
  };
}

function deletion(records: Records): string | undefined {
  const deleted = records.first("delete at once");
  const read = records.first("read at once");
  if (deleted === undefined || !succeeded(deleted) || read === undefined) return undefined;
  return read.status === 404 ? "gone at once" : "for a while";
}

const hidden = (records: Records) =>
  String(records.first("check not-found")?.status ?? "") || undefined;
const reuse = (records: Records) => records.accepted("name again");
const repeated = (records: Records) =>
  String(records.first("delete what is gone")?.status ?? "") || undefined;

const both: readonly Omit<Question, "platform">[] = [
  {
    id: "hidden",
    question: "Which status has what one may not see?",
    assumed: "404",
    answers: {
      "403": "src/provider/existence.ts: 403 must not count as present",
      "404": no,
      "401": "src/http/failures.ts: a hidden object looks like a bad token",
    },
    settles: ["x-conventions/hidden-objects", "x-lifecycle/absent"],
    judge: hidden,
  },
  {
    id: "name-release",
    question: "Is the name free as soon as the add-on is gone?",
    assumed: "accepted",
    answers: {
      accepted: no,
      refused: "src/provider/delete.ts: a replacement must wait until the name is free",
    },
    judge: reuse,
  },
  {
    id: "delete-twice",
    question: "What does deleting something that is gone answer?",
    assumed: "404",
    answers: {
      "404": no,
      "200": no,
      "204": no,
      "409": "src/provider/delete.ts: count 409 after a deletion as gone",
    },
    judge: repeated,
  },
  {
    id: "gone",
    question: "Is an add-on gone at once after its deletion?",
    assumed: "either",
    answers: { "gone at once": no, "for a while": no },
    judge: deletion,
  },
];

const of = (platform: Platform, list: readonly Omit<Question, "platform">[]): Question[] =>
  list.map((each) => ({ ...each, platform }));

const external = (records: Records) =>
  records.of("external access", "getAddonCredentials").map((each) => ({
    at: each.at,
    isShown: keysOf(each).some((key) => /^external/iu.test(key)),
  }));

function keysOf(exchange: Exchange | undefined): string[] {
  const { secrets, envs } = entityOf(exchange);
  return [secrets, envs].flatMap((map) => (isJsonObject(map) ? Object.keys(map) : []));
}

/** The keys that the contract lists for a type; those of special settings may lack. */
function keysFor(type: string): Question {
  const types = contractOf("northflank").document.at(
    "components",
    "schemas",
    "AddonCredentials",
    "x-keys",
    "types",
    type,
  );
  const listed = [
    ...stringsAt(types?.node ?? {}, "secrets"),
    ...stringsAt(types?.node ?? {}, "envs"),
  ];
  const special = /^EXTERNAL|READ|SLAVE|SENTINEL|_ADMIN$|JDBC|MQTT/u;
  return {
    id: `keys-${type}`,
    platform: "northflank",
    question: `Does ${type} have the credential keys that the contract lists?`,
    assumed: "all",
    answers: {
      all: no,
      "another spelling": "test/contract AddonCredentials x-keys: correct the spelling",
      "some are missing":
        "test/contract AddonCredentials x-keys, src/northflank/engines.ts: correct the keys (see the recording)",
    },
    judge: (records) => {
      const step = type === "postgresql" ? "create" : `${type}: credentials`;
      const keys = new Set(keysOf(records.last(step, "getAddonCredentials")));
      if (keys.size === 0) return undefined;
      const wanted = listed.filter((key) => !special.test(key));
      if (wanted.every((key) => keys.has(key))) return "all";
      const plain = (key: string) => key.toLowerCase().replaceAll("_", "");
      const loose = new Set([...keys].map(plain));
      return wanted.every((key) => loose.has(plain(key))) ? "another spelling" : "some are missing";
    },
  };
}

const northflank: readonly Omit<Question, "platform">[] = [
  ...both,
  {
    id: "create-shape",
    question: "Does a create answer the flat form?",
    assumed: "flat",
    answers: { flat: no, nested: "test/contract createAddon: the answer is that of getAddon" },
    judge: (records) => {
      const [made] = records.all("createAddon").filter(succeeded);
      return made && ("spec" in entityOf(made) ? "nested" : "flat");
    },
  },
  {
    id: "list-lag",
    question: "Does the list have a new add-on at once?",
    assumed: "at once",
    answers: {
      "at once": no,
      late: "src/provider/create-once.ts: look more than once before a lost create is sent again; emulator: staleListMs",
    },
    judge: lag("redis"),
  },
  {
    id: "credentials-when",
    question: "When do credentials appear?",
    assumed: "with ready",
    answers: {
      "with ready": no,
      later: no,
      never: "src/northflank/api.ts: credentials are not to be had",
    },
    judge: since("getAddonCredentials", succeeded, (each) => keysOf(each).length > 0),
  },
  {
    id: "external-delay",
    question: "Do the EXTERNAL_ keys come with the status running?",
    assumed: "later",
    answers: {
      "at once": "nothing: the package waits for them in any case",
      later: no,
      never: "src/northflank/connection.ts: the external address has other keys",
    },
    judge: (records) => {
      const asked = external(records);
      if (asked.length === 0) return undefined;
      if (asked[0]?.isShown === true) return "at once";
      return asked.some(({ isShown }) => isShown) ? "later" : "never";
    },
  },
  {
    id: "former-credentials",
    question: "Do the former credentials stay valid until a rotation is finalised?",
    assumed: "entered",
    answers: {
      entered: no,
      refused: "src/northflank/fields.ts: keepOldPassword true has no effect",
    },
    judge: (records) => records.connection("connect with the former password, kept"),
  },
  {
    id: "finalised-credentials",
    question: "Are the former credentials refused once it is finalised?",
    assumed: "refused",
    answers: {
      refused: no,
      entered: "src/northflank/rotation.ts: finalising does not end the former credentials",
    },
    judge: (records) => records.connection("connect with the former password, ended"),
  },
  {
    id: "rotation-rests",
    question: "At which word does a rotation rest that is not finalised?",
    assumed: "rotated",
    answers: {
      rotated: no,
      completed: "src/northflank/rotation.ts: a rotation ends without being finalised",
    },
    judge: (records) => {
      const config = objectAt(
        objectAt(entityOf(records.last("rotate and keep", "getAddon")), "spec"),
        "config",
      );
      return stringAt(objectAt(config, "secretRotation"), "status");
    },
  },
  {
    id: "taken-name",
    question: "Which status has a create with a name that is taken?",
    assumed: "409",
    answers: {
      "409": no,
      "400": "src/provider/create-once.ts: 400 can mean a taken name",
      "422": "src/provider/create-once.ts: 422 can mean a taken name",
      "200": "src/provider/create-once.ts: a second create makes a second add-on",
    },
    judge: (records) => String(records.first("taken name")?.status ?? "") || undefined,
  },
  {
    id: "busy",
    question: "Is a change taken while the add-on restarts?",
    assumed: "either",
    answers: { accepted: no, refused: no },
    judge: (records) => records.accepted("change while busy"),
  },
  {
    id: "unknown-field",
    question: "Does PATCH refuse a field that it does not know?",
    assumed: "refused",
    answers: {
      refused: no,
      accepted: "test/contract: request bodies are open; a typo of the package would go unnoticed",
    },
    judge: (records) => records.accepted("unknown field"),
  },
  {
    id: "pause-paused",
    question: "What does pausing twice answer?",
    assumed: "either",
    answers: { accepted: no, refused: no },
    judge: (records) => records.repeated("pause"),
  },
  {
    id: "resume-running",
    question: "What does resuming a running add-on answer?",
    assumed: "either",
    answers: { accepted: no, refused: no },
    judge: (records) => records.repeated("resume"),
  },
  {
    id: "compression",
    question: "May a snapshot schedule carry compressionType, as the documented example does?",
    assumed: "either",
    answers: { accepted: no, refused: no },
    judge: (records) => records.accepted("schedule with compression"),
  },
  {
    id: "bad-version",
    question: "Which status has a version that is not offered?",
    assumed: "400",
    answers: {
      "400": no,
      "409": no,
      "422": no,
      "200": "src/northflank/catalogue.ts: the server takes any version",
    },
    judge: (records) => String(records.first("check bad-version")?.status ?? "") || undefined,
  },
  {
    id: "home",
    question: "What settles the project path, which no answer repeats?",
    assumed: "accepted",
    answers: { accepted: no, refused: "the project cannot be read with this token" },
    settles: ["x-field-map/fields/0"],
    judge: (records) => records.accepted("check project"),
  },
];

const quotaOf = (exchange: Exchange | undefined): JsonObject =>
  objectAt(entityOf(exchange), "quota");

const detailsOf = (exchange: Exchange): JsonObject =>
  objectAt(entityOf(exchange), "connection_details");

const miget: readonly Omit<Question, "platform">[] = [
  ...both,
  {
    id: "in-practice",
    question: "Are label and version required?",
    assumed: "both",
    answers: {
      both: no,
      "not both": "test/contract AddonCreateInPractice: the documented minimum is enough",
    },
    settles: ["components/schemas/AddonCreateInPractice"],
    judge: (records) => {
      const [label, version] = ["check no-label", "check no-version"].map((step) =>
        records.accepted(step),
      );
      return (
        label && version && (label === "refused" && version === "refused" ? "both" : "not both")
      );
    },
  },
  {
    id: "own-variable",
    question: "Does a database write a variable that is named after it?",
    assumed: "yes",
    answers: { yes: no, no: "src/miget/connection.ts: the variable has another name" },
    settles: ["paths//api/v1/apps/{uuid}/addons/post/x-side-effects/0"],
    judge: (records) => {
      const read = records.first("variables after the rotation");
      const answer = read && answerOf(read);
      if (!Array.isArray(answer)) return undefined;
      return answer.some(
        (each) =>
          isJsonObject(each) &&
          /^PAAS_ACCEPTANCE_.*_MAIN_.*_URL$/u.test(stringAt(each, "key") ?? ""),
      )
        ? "yes"
        : "no";
    },
  },
  {
    id: "partial-put",
    question: "Does a PUT keep the fields that it omits?",
    assumed: "kept",
    answers: {
      kept: no,
      reset: "src/miget/api.ts: send every field with each PUT; test/contract updateAddon",
    },
    judge: (records) => {
      const [before, after] = [records.last("before one field"), records.last("after one field")];
      if (
        records.accepted("one field") !== "accepted" ||
        before === undefined ||
        after === undefined
      )
        return;
      return JSON.stringify(quotaOf(before)) === JSON.stringify(quotaOf(after)) ? "kept" : "reset";
    },
  },
  {
    id: "envelope",
    question: "Are answers bare?",
    assumed: "bare",
    answers: {
      bare: no,
      data: "test/contract x-conventions/envelope, emulator default migetEnvelope",
    },
    judge: (records) => {
      const [made] = records.all("createAddon").filter(succeeded);
      return made && (isJsonObject(made.response) && "data" in made.response ? "data" : "bare");
    },
  },
  {
    id: "create-status",
    question: "Which status has a create?",
    assumed: "201",
    answers: {
      "201": no,
      "200": "test/contract createAddon; emulator migetCreateStatus",
      "202": "test/contract createAddon; emulator migetCreateStatus",
    },
    settles: ["components/responses/AddonCreated"],
    judge: (records) => {
      const [made] = records.all("createAddon").filter(succeeded);
      return made && String(made.status);
    },
  },
  {
    id: "update-answer",
    question: "What does a PUT answer?",
    assumed: "entity",
    answers: {
      entity: no,
      message: "test/contract AddonUpdated; emulator migetUpdateAnswer",
      empty: "test/contract AddonUpdated; emulator migetUpdateAnswer",
    },
    settles: ["components/responses/AddonUpdated"],
    judge: (records) => {
      const [put] = records.all("updateAddon").filter(succeeded);
      if (put === undefined) return;
      if (put.response === undefined) return "empty";
      return "uuid" in entityOf(put) ? "entity" : "message";
    },
  },
  {
    id: "connection-when",
    question: "When does connection_details appear?",
    assumed: "later",
    answers: {
      "with ready": "nothing: the package waits for it in any case",
      later: no,
      never: "src/miget/connection.ts: read `var` or the app's variables; emulator migetConnection",
    },
    judge: since("getAddon", isReady, (each) => "internal" in detailsOf(each)),
  },
  {
    id: "external-off",
    question: "How does `external` look while public access is off?",
    assumed: "absent",
    answers: { absent: no, null: "emulator migetExternalOff", object: "emulator migetExternalOff" },
    judge: (records) => {
      const read = records.of("create", "getAddon").find((each) => "internal" in detailsOf(each));
      if (read === undefined) return;
      const { external: shown } = detailsOf(read);
      return shown === undefined ? "absent" : shown === null ? "null" : "object";
    },
  },
  {
    id: "list-lag",
    question: "Does the list have a new add-on at once?",
    assumed: "at once",
    answers: {
      "at once": no,
      late: "src/provider/create-once.ts: look more than once before a lost create is sent again; emulator: staleListMs",
    },
    judge: lag("valkey"),
  },
  {
    id: "list-connection",
    question: "Do lists carry connection_details?",
    assumed: "no",
    answers: { no, yes: "src/miget/client.ts: a list holds secrets; emulator migetListConnection" },
    judge: (records) => {
      const lists = records.all("listAddons").flatMap((each) => itemsIn(each.response, "addons"));
      if (lists.length === 0) return;
      return lists.some((each) => "internal" in objectAt(each, "connection_details"))
        ? "yes"
        : "no";
    },
  },
  {
    id: "label-trim",
    question: "Are labels trimmed?",
    assumed: "either",
    answers: { trimmed: no, kept: no },
    judge: (records) => {
      const label = stringAt(entityOf(records.last("label with spaces, read")), "label");
      if (records.accepted("label with spaces") !== "accepted" || label === undefined) return;
      return label === label.trim() ? "trimmed" : "kept";
    },
  },
  {
    id: "units",
    question: "Is memory read back in bytes?",
    assumed: "bytes",
    answers: { bytes: no, another: "src/miget/fields.ts: ram_size is read in another unit" },
    settles: ["x-conventions/units"],
    judge: (records) => {
      const size = numberAt(quotaOf(records.last("memory", "getAddon")), "ram_size");
      return size === undefined ? undefined : size === 256 * 1024 ** 2 ? "bytes" : "another";
    },
  },
  {
    id: "cores",
    question: "Are cores read back as they were sent?",
    assumed: "as sent",
    answers: {
      "as sent": no,
      pinned: "nothing: small plans answer 0.1",
      another: "src/miget/fields.ts: cpu_size is rounded",
    },
    judge: (records) => {
      const size = numberAt(quotaOf(records.last("cores", "getAddon")), "cpu_size");
      return size === undefined
        ? undefined
        : size === 0.5
          ? "as sent"
          : size === 0.1
            ? "pinned"
            : "another";
    },
  },
  {
    id: "shrink",
    question: "Is a smaller disk refused?",
    assumed: "refused",
    answers: { refused: no, accepted: "src/miget/fields.ts: a disk can shrink in place" },
    judge: (records) => records.accepted("smaller disk"),
  },
  {
    id: "same-label",
    question: "May two add-ons of a type have one label?",
    assumed: "either",
    answers: { accepted: no, refused: no },
    judge: (records) => records.accepted("same label"),
  },
  {
    id: "former-password",
    question: "Is the former password refused after a rotation?",
    assumed: "refused",
    answers: { refused: no, entered: "docs: the former password stays valid for a while" },
    judge: (records) => records.connection("connect with the former password, ended"),
  },
  {
    id: "rotation-key",
    question: "Under which key is the new password?",
    assumed: "password",
    answers: {
      password: no,
      another: "test/contract RotatePasswordResult; emulator rotatePassword",
    },
    judge: (records) => {
      const rotated = records.first("rotate", "rotatePassword");
      return rotated && succeeded(rotated)
        ? "password" in entityOf(rotated)
          ? "password"
          : "another"
        : undefined;
    },
  },
  {
    id: "variables",
    question: "Do the app's variables keep the former password?",
    assumed: "former",
    answers: {
      former: no,
      present: "docs/miget-addon.md: a rotation changes the app's variables too",
    },
    judge: variables,
  },
];

/** Whether any variable of the app still has the password from before the rotation. */
function variables(records: Records): string | undefined {
  const read = records.first("variables after the rotation");
  const present = stringAt(
    objectAt(detailsOf(records.last("rotate", "getAddon") ?? noExchange), "internal"),
    "password",
  );
  const answer = read && answerOf(read);
  if (present === undefined || !Array.isArray(answer) || answer.length === 0) return undefined;
  return JSON.stringify(answer).includes(`:${present}@`) ? "present" : "former";
}

const noExchange: Exchange = {
  step: "",
  at: 0,
  operation: "",
  method: "",
  path: "",
  query: {},
  status: 0,
  violations: [],
};

export const questions: readonly Question[] = [
  ...of("northflank", northflank),
  ...["postgresql", "mysql", "mongodb", "redis", "rabbitmq", "minio"].map(keysFor),
  ...of("miget", miget),
];
