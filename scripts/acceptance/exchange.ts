import { isLeft } from "fp-ts/Either";
import * as t from "io-ts";
import { contractOf, type Platform } from "../../test/contract/contract";
import {
  isJsonObject,
  isJsonValue,
  parseJson,
  type JsonObject,
  type JsonValue,
} from "../../test/contract/json";

const json = new t.Type<JsonValue>(
  "JSON",
  isJsonValue,
  (value, context) => (isJsonValue(value) ? t.success(value) : t.failure(value, context)),
  t.identity,
);

const exchange = t.readonly(
  t.intersection([
    t.type({
      /** The step of the run in which it was sent. */
      step: t.string,
      /** Milliseconds since the run began. */
      at: t.number,
      operation: t.string,
      method: t.string,
      path: t.string,
      query: t.record(t.string, t.string),
      status: t.number,
      /** What in it is not as the contract says. */
      violations: t.readonlyArray(t.string),
    }),
    t.partial({ request: json, response: json }),
  ]),
);

const recording = t.readonly(
  t.type({
    platform: t.union([t.literal("miget"), t.literal("northflank")]),
    /** What a step of the CLI did that it should not have done, by step. */
    surprises: t.record(t.string, t.string),
    /** What connecting to the database said, by step. */
    connections: t.record(t.string, t.string),
    exchanges: t.readonlyArray(exchange),
  }),
);

/** One request and its answer, as they are kept: without secrets. */
export type Exchange = t.TypeOf<typeof exchange>;

/** All that a run has to be judged by. */
export type Recording = t.TypeOf<typeof recording>;

/** A recording from a file. */
export function decode(value: unknown): Recording {
  const decoded = recording.decode(value);
  if (isLeft(decoded)) throw new Error("This is no recording of an acceptance run.");
  return decoded.right;
}

/** The answer without the envelope that the platform, or only some documentation, puts around it. */
export function answerOf({ response }: Exchange): JsonValue | undefined {
  return isJsonObject(response) && "data" in response ? response.data : response;
}

export function entityOf(exchange: Exchange | undefined): JsonObject {
  const answer = exchange && answerOf(exchange);
  return isJsonObject(answer) ? answer : {};
}

export const succeeded = ({ status }: Exchange): boolean => status >= 200 && status < 300;

export interface RawExchange {
  readonly method: string;
  /** With the query. */
  readonly target: string;
  readonly requestText: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly responseText: string;
}

/** A raw exchange read by the contract, and held against it. */
export function read(
  platform: Platform,
  raw: RawExchange,
): Omit<Exchange, "step" | "at"> & { readonly params: Readonly<Record<string, string>> } {
  const { method, target, requestText, status, headers, responseText } = raw;
  const url = new URL(target, "http://localhost");
  const [path = ""] = target.split("?");
  const contract = contractOf(platform);
  const match = contract.operationFor(method, path);
  const query = Object.fromEntries(url.searchParams);
  const body = requestText === "" ? undefined : parseJson(requestText);
  const response = responseText === "" ? undefined : parseJson(responseText);
  // A probe may send what the contract forbids; what a server takes and answers is what counts.
  const accepted = status >= 200 && status < 300;
  const found = match
    ? [
        ...(accepted ? contract.validateRequest({ method, path, query, body }) : []),
        ...contract.validateResponse({ method, path, status, headers, body: response }),
      ]
    : [`${method} of a path that the contract does not have`];
  return {
    operation: match?.operation.operationId ?? "unknown",
    method,
    path,
    params: match?.params ?? {},
    query,
    ...(body !== undefined && { request: body }),
    status,
    ...(response !== undefined && { response }),
    violations: found,
  };
}
