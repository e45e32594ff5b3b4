import { credentials, Metadata, status, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  CheckRequest,
  ConfigureRequest,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  DiffResponse,
  ReadRequest,
  UpdateRequest,
  type CheckResponse,
  type ConfigureResponse,
  type CreateResponse,
  type ReadResponse,
  type UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { JsonRecord } from "./json";
import {
  decodeFailure,
  fromStruct,
  toStruct,
  type Failure,
  type PartialFailure,
} from "./plugin-messages";

export type { Failure, PartialFailure } from "./plugin-messages";

/** What stands for a value that is not known yet, in check and diff during a preview. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export interface CheckResult {
  readonly inputs: JsonRecord;
  readonly failures: readonly { readonly property: string; readonly reason: string }[];
}

export interface DiffResult {
  readonly changes: "some" | "none" | "unknown";
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

export type CreateResult =
  | { readonly kind: "created"; readonly id: string; readonly properties: JsonRecord }
  | PartialFailure
  | Failure;

export type UpdateResult =
  { readonly kind: "updated"; readonly properties: JsonRecord } | PartialFailure | Failure;

export interface ReadResult {
  /** "" when the resource is gone. */
  readonly id: string;
  readonly properties: JsonRecord;
  /** Only if the provider returned inputs. */
  readonly inputs?: JsonRecord;
}

/** A call that failed where the engine has no use for more than the message. */
export class ProviderCallError extends Error {
  override readonly name = "ProviderCallError";
}

const lost = [status.DEADLINE_EXCEEDED, status.UNAVAILABLE, status.CANCELLED];

type Callback<Response> = (error: ServiceError | null, response: Response) => void;

/** Calls the provider of one loader text, in the way the engine does. */
export class PluginClient {
  private readonly client: ResourceProviderClient;

  constructor(
    port: number,
    private readonly loader: string,
    private readonly timeout: number,
  ) {
    const address = `127.0.0.1:${String(port)}`;
    this.client = new ResourceProviderClient(address, credentials.createInsecure());
  }

  /** Takes effect on providers that have not been called yet: the plugin configures each once. */
  async configure(config: JsonRecord): Promise<void> {
    const request = new ConfigureRequest();
    request.setArgs(toStruct(config));
    await this.ask<ConfigureResponse>((...rest) => this.client.configure(request, ...rest));
  }

  async check(olds: JsonRecord, news: JsonRecord): Promise<CheckResult> {
    const request = new CheckRequest();
    request.setOlds(this.struct(olds));
    request.setNews(this.struct(news));
    const response = await this.ask<CheckResponse>((...rest) =>
      this.client.check(request, ...rest),
    );
    return {
      inputs: fromStruct(response.getInputs()),
      failures: response
        .getFailuresList()
        .map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() })),
    };
  }

  /** `olds` are the old outputs, as the engine sends them. */
  async diff(id: string, olds: JsonRecord, news: JsonRecord): Promise<DiffResult> {
    const request = new DiffRequest();
    request.setId(id);
    request.setOlds(this.struct(olds));
    request.setNews(this.struct(news));
    const response = await this.ask<DiffResponse>((...rest) => this.client.diff(request, ...rest));
    return {
      changes: changesOf(response.getChanges()),
      replaces: response.getReplacesList(),
      deleteBeforeReplace: response.getDeletebeforereplace(),
    };
  }

  async create(properties: JsonRecord): Promise<CreateResult> {
    const request = new CreateRequest();
    request.setProperties(this.struct(properties));
    return await this.attempt<CreateResponse, CreateResult>(
      (...rest) => this.client.create(request, ...rest),
      (response) => ({
        kind: "created",
        id: response.getId(),
        properties: fromStruct(response.getProperties()),
      }),
    );
  }

  async read(id: string, properties: JsonRecord): Promise<ReadResult> {
    const request = new ReadRequest();
    request.setId(id);
    request.setProperties(this.struct(properties));
    const response = await this.ask<ReadResponse>((...rest) => this.client.read(request, ...rest));
    return {
      id: response.getId(),
      properties: fromStruct(response.getProperties()),
      ...(response.hasInputs() ? { inputs: fromStruct(response.getInputs()) } : {}),
    };
  }

  /** `olds` are the old outputs. */
  async update(id: string, olds: JsonRecord, news: JsonRecord): Promise<UpdateResult> {
    const request = new UpdateRequest();
    request.setId(id);
    request.setOlds(this.struct(olds));
    request.setNews(this.struct(news));
    return await this.attempt<UpdateResponse, UpdateResult>(
      (...rest) => this.client.update(request, ...rest),
      (response) => ({ kind: "updated", properties: fromStruct(response.getProperties()) }),
    );
  }

  async delete(id: string, properties: JsonRecord): Promise<void> {
    const request = new DeleteRequest();
    request.setId(id);
    request.setProperties(this.struct(properties));
    await this.ask<Empty>((...rest) => this.client.delete(request, ...rest));
  }

  close(): void {
    this.client.close();
  }

  private struct(properties: JsonRecord) {
    return toStruct({ __provider: this.loader, ...properties });
  }

  private ask<Response>(call: Call<Response>): Promise<Response> {
    return new Promise((resolve, reject) => {
      this.start(call, (error, response) => {
        if (error === null) resolve(response);
        else reject(new ProviderCallError(error.details));
      });
    });
  }

  private attempt<Response, Result>(
    call: Call<Response>,
    decode: (response: Response) => Result,
  ): Promise<Result | PartialFailure | Failure> {
    return new Promise((resolve, reject) => {
      this.start(call, (error, response) => {
        if (error === null) resolve(decode(response));
        // These are not answers of the provider: it hangs, or its process is gone.
        else if (lost.includes(error.code)) reject(new ProviderCallError(error.details));
        else resolve(decodeFailure(error));
      });
    });
  }

  private start<Response>(call: Call<Response>, callback: Callback<Response>): void {
    call(new Metadata(), { deadline: Date.now() + this.timeout }, callback);
  }
}

type Call<Response> = (
  metadata: Metadata,
  options: { readonly deadline: number },
  callback: Callback<Response>,
) => unknown;

function changesOf(changes: DiffResponse.DiffChanges): DiffResult["changes"] {
  if (changes === DiffResponse.DiffChanges.DIFF_SOME) return "some";
  return changes === DiffResponse.DiffChanges.DIFF_NONE ? "none" : "unknown";
}
