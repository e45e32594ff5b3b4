import { contractOf, type Platform } from "../../test/contract/contract";
import { isJsonObject, parseJson, type JsonObject, type JsonValue } from "../../test/contract/json";

/** One request and its answer, as they are kept: without secrets. */
export interface Exchange {
  /** The step of the run in which it was sent. */
  readonly step: string;
  /** Milliseconds since the run began. */
  readonly at: number;
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly request?: JsonValue;
  readonly status: number;
  readonly response?: JsonValue;
  /** What in it is not as the contract says. */
  readonly violations: readonly string[];
}

/** All that a run has to be judged by. */
export interface Recording {
  readonly platform: Platform;
  /** What a step of the CLI did that it should not have done, by step. */
  readonly surprises: Readonly<Record<string, string>>;
  /** What connecting to the database said, by step. */
  readonly connections: Readonly<Record<string, string>>;
  readonly exchanges: readonly Exchange[];
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
