import { isLeft } from "fp-ts/Either";
import * as t from "io-ts";
import {
  isJsonObject,
  isJsonValue,
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
      /** Who sent it: the engine through one of the doors, or the run itself. */
      lane: t.string,
      /** The step of that lane. */
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
    /** What did not go as the package or the plan promises, by lane and step. */
    surprises: t.record(t.string, t.string),
    /** What connecting to a database said, by lane and step. */
    connections: t.record(t.string, t.string),
    exchanges: t.readonlyArray(exchange),
  }),
);

/** One request and its answer, as they are kept: without secrets. */
export type Exchange = t.TypeOf<typeof exchange>;

/** All that a run has to be judged by. */
export type Recording = t.TypeOf<typeof recording>;

/** A recording from a file. */
export function decodeRecording(value: unknown): Recording {
  const decoded = recording.decode(value);
  if (isLeft(decoded)) throw new Error("This is no recording of an acceptance run.");
  return decoded.right;
}

/** The entity in an answer, without an envelope. */
export function entityIn(response: JsonValue | undefined): JsonObject {
  if (!isJsonObject(response)) return {};
  return isJsonObject(response.data) ? response.data : response;
}

export const entityOf = (exchange: Exchange | undefined): JsonObject =>
  entityIn(exchange?.response);

export const succeeded = ({ status }: { readonly status: number }): boolean =>
  status >= 200 && status < 300;
