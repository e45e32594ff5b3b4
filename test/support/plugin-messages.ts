import type { Metadata } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { isRecord, type JsonRecord } from "./json";

/** Properties as a protobuf struct, which knows only what JSON knows. */
export function toStruct(properties: JsonRecord): Struct {
  return Struct.fromJavaScript(wireRecord(properties, "properties"));
}

export function fromStruct(struct: Struct | undefined): JsonRecord {
  return struct?.toJavaScript() ?? {};
}

function wireRecord(record: JsonRecord, path: string): Record<string, JavaScriptValue> {
  const entries = Object.entries(record);
  return Object.fromEntries(entries.map(([key, item]) => [key, wireValue(item, `${path}.${key}`)]));
}

function wireValue(value: unknown, path: string): JavaScriptValue {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return value;
  if (Array.isArray(value)) {
    return value.map((item, index) => wireValue(item, `${path}[${String(index)}]`));
  }
  if (isRecord(value)) return wireRecord(value, path);
  throw new Error(`${path} cannot be sent to a provider: it is ${typeof value}`);
}

/** A resource that exists, but is not what it should be. */
export interface PartialFailure {
  readonly kind: "partial";
  readonly id: string;
  readonly properties: JsonRecord;
  /** What the user is shown. */
  readonly reasons: readonly string[];
  readonly message: string;
}

/** A call that failed, leaving nothing in the state. */
export interface Failure {
  readonly kind: "failed";
  readonly message: string;
}

/** An error as it comes over the wire, or as a handler answers it. */
export interface FailedCall {
  readonly metadata?: Metadata;
  readonly details?: string;
}

/** Tells a partial failure, which comes in a binary trailer, from a plain one. */
export function decodeFailure({ metadata, details = "" }: FailedCall): PartialFailure | Failure {
  for (const value of metadata?.get("grpc-status-details-bin") ?? []) {
    if (typeof value === "string") continue;
    for (const detail of Status.deserializeBinary(value).getDetailsList()) {
      const failed = detail.unpack(
        (bytes) => ErrorResourceInitFailed.deserializeBinary(bytes),
        "pulumirpc.ErrorResourceInitFailed",
      );
      if (failed === null) continue;
      return {
        kind: "partial",
        id: failed.getId(),
        properties: fromStruct(failed.getProperties()),
        reasons: failed.getReasonsList(),
        message: details,
      };
    }
  }
  return { kind: "failed", message: details };
}
