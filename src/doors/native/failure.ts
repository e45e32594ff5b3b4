import * as grpc from "@grpc/grpc-js";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { messageOf } from "../../http/errors";
import type { PartialFailure } from "../../provider/state";
import type { Sent } from "./resource";
import { inOwnWords } from "./settings";
import { toStruct } from "./wire";

/** A resource that exists, but is not what it should be, as the engine keeps it. */
export class Unfinished extends Error {
  constructor(
    readonly failure: PartialFailure,
    readonly state: Sent,
  ) {
    super(failure.message);
  }
}

/** An error as the engine gets it, with the state of what exists all the same. */
export function failure(error: unknown): Partial<grpc.StatusObject> {
  const message = inOwnWords(messageOf(error));
  const metadata = new grpc.Metadata();
  if (error instanceof Unfinished) {
    const detail = new proto.ErrorResourceInitFailed();
    detail.setId(error.failure.id);
    detail.setReasonsList(error.failure.reasons.map(inOwnWords));
    detail.setProperties(toStruct(error.state.props, error.state.secretPaths));
    const packed = new Any();
    packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const status = new Status();
    status.setCode(grpc.status.UNKNOWN);
    status.setMessage(message);
    status.setDetailsList([packed]);
    metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  }
  return { code: grpc.status.UNKNOWN, details: message, metadata };
}
