import type { Platform } from "../contract/contract";
import { isJsonObject, objectAt, parseJson, type JsonObject } from "../contract/json";
import type { StartOptions } from "../emulator/index";
import { nodeFetchTransport, type Transport } from "../../src/http/transport";

/** A request to an emulated platform, and the answer that it gave. */
interface Exchange {
  readonly request: string;
  readonly body: JsonObject;
  /** How many requests of this method and path there were before. */
  readonly before: number;
  readonly status: number;
  readonly text: string;
}

/** Makes another answer of one, where it applies. */
type Forge = (exchange: Exchange) => { status?: number; text?: string } | undefined;

/** The other answers to questions, as a platform that behaves in another way would give them. */
export interface Second {
  readonly platform: Platform;
  readonly behaviours: StartOptions;
  readonly forge?: Forge;
  /** Databases let in whom they should refuse, and the other way round. */
  readonly isReversed?: boolean;
  readonly answers: Readonly<Record<string, string>>;
}

const never = 3_600_000;
const created = JSON.stringify({ data: { id: "made", name: "made", status: "running" } });

/** The first list comes from before the creation. */
const late =
  (empty: string): Forge =>
  ({ request, before }) =>
    /^GET .*(?<!dead)\/addons$/u.test(request) && before === 0 ? { text: empty } : undefined;

/** The add-on is there for another look after its last deletion. */
function lingering(): Forge {
  let isDeleted = false;
  return ({ request, before }) => {
    if (/^DELETE .*-calls$/u.test(request) && before === 2) isDeleted = true;
    else if (/^GET .*-calls$/u.test(request) && isDeleted) {
      isDeleted = false;
      return { status: 200, text: created };
    }
    return undefined;
  };
}

const northflank: Forge = ({ request, body, before, status, text }) => {
  const isMain = /addons\/paas-acceptance-\d+-\d+-calls(?:\/|$)/u.test(request);
  if (request.endsWith("no-such-project-of-yours/addons/none")) return { status: 403 };
  if (/^GET .*projects\/[^/]+$/u.test(request)) return { status: 403 };
  if (request.startsWith("DELETE") && status === 404) return { status: 409 };
  if (request.startsWith("POST") && status === 409 && isMain) return { status: 200, text: created };
  if (request.startsWith("PATCH") && body.description !== undefined) return { status: 409 };
  if (body.noSuchField !== undefined) return { status: 200, text: created };
  if (body.compressionType !== undefined) return { status: 200, text: created };
  if (body.version === "0.0.1") return { status: 422 };
  if (request.startsWith("PATCH") && body.version !== undefined) return { status: 422 };
  if (request.startsWith("POST") && request.endsWith("/addons") && status === 409)
    return { status: 422 };
  if (isMain && request.endsWith("/credentials") && before < 2)
    return { text: JSON.stringify({ data: { secrets: {}, envs: {} } }) };
  if (request.endsWith("rabbitmq/credentials"))
    return { text: JSON.stringify({ data: { secrets: {}, envs: { NOTHING: "1" } } }) };
  if (request.startsWith("GET")) return { text: text.replace('"rotated"', '"completed"') };
  return undefined;
};

const miget: Forge = ({ request, body, status, text }) => {
  if (request.includes("00000000dead")) return { status: 403 };
  if (request.startsWith("DELETE") && status === 404) return { status: 409 };
  if (status === 422 && body.label === undefined && body.type === "postgres")
    return { status: 201, text: "{}" };
  if (typeof body.name === "string" && body.name.endsWith("-twin")) return { status: 422 };
  if (request.endsWith("/rotate_password")) return { text: JSON.stringify({ message: "Done" }) };
  if (request.startsWith("GET")) {
    return {
      text: text
        .replace(/"label":"\s+(.*?)\s+"/gu, '"label":"$1"')
        .replace('"ram_size":268435456', '"ram_size":256'),
    };
  }
  return undefined;
};

/** The app's variables as they would be if a rotation changed them, and had other names. */
function variables(): Forge {
  let password = "";
  return ({ request, text }) => {
    const parsed = parseJson(text);
    const details = isJsonObject(parsed) ? objectAt(parsed, "connection_details") : {};
    const found = objectAt(details, "internal").password;
    if (typeof found === "string") password = found;
    if (!request.endsWith("/vars")) return undefined;
    const value = `postgres://me:${encodeURIComponent(password)}@db.example.com:5432/data`;
    return { text: JSON.stringify([{ key: "DATABASE_URL", value }]) };
  };
}

const refusesAgain: Forge = ({ request, before }) =>
  /^POST .*\/addons$/u.test(request) && before > 0 ? { status: 422, text: "{}" } : undefined;

const withVariables = variables();
const lingers = lingering();
const noneListed = late(JSON.stringify({ data: { addons: [] } }));
const noneOfApp = late("[]");

export const seconds: readonly Second[] = [
  {
    platform: "northflank",
    behaviours: {
      northflankCreateShape: "nested",
      northflankCredentialCase: "camel",
      northflankExternalDelayMs: never,
    },
    forge: (exchange) => lingers(exchange) ?? noneListed(exchange) ?? northflank(exchange),
    isReversed: true,
    answers: {
      hidden: "403",
      gone: "200",
      "delete-twice": "409",
      "list-lag": "late",
      "create-shape": "nested",
      "credentials-when": "later",
      "rotation-rests": "completed",
      "taken-name": "422",
      busy: "refused",
      "unknown-field": "accepted",
      "pause-paused": "accepted",
      "resume-running": "accepted",
      compression: "accepted",
      "patch-version": "refused",
      "bad-version": "422",
      home: "refused",
      "keys-postgresql": "in another spelling",
      "keys-rabbitmq": "not all",
      ...Object.fromEntries(
        ["mysql", "mongodb", "redis", "minio"].map((type) => [
          `keys-${type}`,
          "in another spelling",
        ]),
      ),
      ...Object.fromEntries(
        ["postgresql", "mysql", "mongodb", "redis", "rabbitmq", "minio"].map((type) => [
          `external-${type}`,
          "never",
        ]),
      ),
    },
  },
  {
    platform: "northflank",
    behaviours: {},
    forge: refusesAgain,
    isReversed: true,
    answers: {
      "name-release": "refused",
      "former-credentials": "refused",
      "finalised-credentials": "entered",
    },
  },
  {
    platform: "miget",
    behaviours: {
      migetPartialPut: false,
      migetEnvelope: "data",
      migetCreateStatus: 202,
      migetUpdateAnswer: "message",
      migetExternalOff: "null",
      migetListConnection: true,
      migetSmallPlans: true,
      migetExternalDelayMs: never,
    },
    forge: (exchange) => noneOfApp(exchange) ?? miget(exchange),
    answers: {
      hidden: "403",
      "delete-twice": "409",
      "list-lag": "late",
      "in-practice": "accepted",
      envelope: "data",
      "create-status": "202",
      "update-answer": "no",
      "partial-put": "reset",
      shrink: "accepted",
      units: "256",
      cores: "0.1",
      "label-trim": "trimmed",
      "same-label": "refused",
      "external-when": "never",
      "external-off": "null",
      "list-connection": "yes",
      "rotation-key": "no",
    },
  },
  {
    platform: "miget",
    behaviours: {},
    forge: (exchange) => withVariables(exchange) ?? refusesAgain(exchange),
    isReversed: true,
    answers: {
      variables: "present",
      "own-variable": "no",
      "former-password": "entered",
      "name-release": "refused",
    },
  },
  {
    platform: "miget",
    behaviours: { migetConnection: "var" },
    forge: (exchange) =>
      // Still there right after its deletion.
      exchange.request.startsWith("GET") && exchange.status === 404 && exchange.before === 0
        ? {
            status: 200,
            text: JSON.stringify({ uuid: "one", type: "postgres", state: "deleting" }),
          }
        : undefined,
    answers: { "connection-when": "never", gone: "200" },
  },
];

/** The way to an emulated platform with other answers. */
export function forging(forge: Forge): Transport {
  const send = nodeFetchTransport(8);
  const counts = new Map<string, number>();
  return async (url, init) => {
    const answer = await send(url, init);
    const text = await answer.text();
    const request = `${init.method} ${new URL(url).pathname}`;
    const body = parseJson(init.body ?? "");
    const before = counts.get(request) ?? 0;
    counts.set(request, before + 1);
    const { status } = answer;
    const forged = forge({ request, body: isJsonObject(body) ? body : {}, before, status, text });
    return {
      status: forged?.status ?? status,
      headers: answer.headers,
      text: () => Promise.resolve(forged?.text ?? text),
    };
  };
}
