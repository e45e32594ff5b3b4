import {
  credentials,
  Metadata,
  type sendUnaryData,
  ServerCredentials,
  type Server,
  type ServiceError,
} from "@grpc/grpc-js";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { handlers, providerServer } from "../../src/doors/native/server";
import type { Runtime } from "../../src/provider/kind";
import { PartialFailure, UserError } from "../../src/provider/state";
import type { JsonRecord } from "./json";
import { decodeFailure, type FailedCall, fromStruct, toStruct } from "./plugin-messages";

type Callback<R> = (error: ServiceError | null, response: R) => void;
type Call<R> = (metadata: Metadata, callback: Callback<R>) => unknown;
type Unary<Q, R> = (request: Q) => Promise<R>;

/** What the engine asks about a resource. */
interface ResourceCalls {
  readonly check: Unary<proto.CheckRequest, proto.CheckResponse>;
  readonly diff: Unary<proto.DiffRequest, proto.DiffResponse>;
  readonly create: Unary<proto.CreateRequest, proto.CreateResponse>;
  readonly read: Unary<proto.ReadRequest, proto.ReadResponse>;
  readonly update: Unary<proto.UpdateRequest, proto.UpdateResponse>;
  readonly delete: Unary<proto.DeleteRequest, Empty>;
}

/** What the call answered; fails with what the engine would show, or keep. */
function ask<R>(call: Call<R>): Promise<R> {
  return new Promise((resolve, reject) => {
    call(new Metadata(), (error, response) => {
      if (error === null) resolve(response);
      else reject(asShown(error));
    });
  });
}

function asShown(error: FailedCall): Error {
  const failure = decodeFailure(error);
  return failure.kind === "failed"
    ? new UserError(failure.message)
    : new PartialFailure(failure.id, failure.message, failure.properties);
}

const alone = {
  about: <T>(_urn: string, work: () => Promise<T>) => work(),
};

/** The provider plugin without its server: its handlers are called as they are. */
export function resourceClient(runtime: Runtime): (urn: string) => NativeClient {
  const own = handlers({ runtime, ...alone });
  const calls: ResourceCalls = {
    check: direct(own.check),
    diff: direct(own.diff),
    create: direct(own.create),
    read: direct(own.read),
    update: direct(own.update),
    delete: direct(own.delete),
  };
  return (urn) => new NativeClient(calls, urn);
}

type Handler<Q, R> = (call: { readonly request: Q }, reply: sendUnaryData<R>) => void;

function direct<Q, R>(handler: Handler<Q, R>): Unary<Q, R> {
  return (request) =>
    new Promise((resolve, reject) => {
      handler({ request }, (error, response) => {
        if (response !== undefined && response !== null) resolve(response);
        else reject(asShown(error ?? {}));
      });
    });
}

function remote(client: ResourceProviderClient): ResourceCalls {
  return {
    check: (request) => ask((...rest) => client.check(request, ...rest)),
    diff: (request) => ask((...rest) => client.diff(request, ...rest)),
    create: (request) => ask((...rest) => client.create(request, ...rest)),
    read: (request) => ask((...rest) => client.read(request, ...rest)),
    update: (request) => ask((...rest) => client.update(request, ...rest)),
    delete: (request) => ask((...rest) => client.delete(request, ...rest)),
  };
}

/** The provider plugin's server in this process, and a client that calls it as the engine does. */
export class NativePlugin {
  private constructor(
    private readonly server: Server,
    readonly client: ResourceProviderClient,
  ) {}

  static async start(runtime: Runtime): Promise<NativePlugin> {
    const server = providerServer({ runtime, ...alone });
    const port = await new Promise<number>((resolve, reject) => {
      const own = ServerCredentials.createInsecure();
      server.bindAsync("127.0.0.1:0", own, (error, bound) => {
        if (error === null) resolve(bound);
        else reject(error);
      });
    });
    const address = `127.0.0.1:${String(port)}`;
    const plugin = new NativePlugin(
      server,
      new ResourceProviderClient(address, credentials.createInsecure()),
    );
    return plugin;
  }

  readonly ask = ask;

  resource(type: string, name = "orders"): NativeClient {
    return new NativeClient(remote(this.client), `urn:pulumi:dev::test::${type}::${name}`);
  }

  async schema(): Promise<string> {
    const request = new proto.GetSchemaRequest();
    const response = await ask<proto.GetSchemaResponse>((...rest) =>
      this.client.getSchema(request, ...rest),
    );
    return response.getSchema();
  }

  async configure(args: JsonRecord): Promise<void> {
    const request = new proto.ConfigureRequest();
    request.setArgs(toStruct(args));
    await ask<proto.ConfigureResponse>((...rest) => this.client.configure(request, ...rest));
  }

  stop(): void {
    this.client.close();
    this.server.forceShutdown();
  }
}

/** One resource's calls; properties as they are on the wire, marks included. */
export class NativeClient {
  constructor(
    private readonly calls: ResourceCalls,
    readonly urn: string,
  ) {}

  async check(olds: JsonRecord, news: JsonRecord) {
    const request = new proto.CheckRequest();
    request.setUrn(this.urn);
    if (Object.keys(olds).length > 0) request.setOlds(toStruct(olds));
    request.setNews(toStruct(news));
    const response = await this.calls.check(request);
    const failures = response.getFailuresList().map((failure) => {
      return { property: failure.getProperty(), reason: failure.getReason() };
    });
    return { inputs: fromStruct(response.getInputs()), failures };
  }

  async diff(id: string, olds: JsonRecord, oldInputs: JsonRecord, news: JsonRecord) {
    const request = new proto.DiffRequest();
    request.setUrn(this.urn);
    request.setId(id);
    request.setOlds(toStruct(olds));
    request.setOldInputs(toStruct(oldInputs));
    request.setNews(toStruct(news));
    const response = await this.calls.diff(request);
    const detail = response.getDetaileddiffMap().toObject(false, (_, entry) => entry.getKind());
    const replaces = response.getReplacesList();
    return {
      changes: response.getChanges() === proto.DiffResponse.DiffChanges.DIFF_SOME,
      ...(replaces.length === 0 ? {} : { replaces }),
      deleteBeforeReplace: response.getDeletebeforereplace(),
      stables: response.getStablesList(),
      detail: Object.fromEntries(detail),
    };
  }

  async create(properties: JsonRecord, { preview = false, timeout = 0 } = {}) {
    const request = new proto.CreateRequest();
    request.setUrn(this.urn);
    request.setProperties(toStruct(properties));
    request.setPreview(preview);
    request.setTimeout(timeout);
    const response = await this.calls.create(request);
    return { id: response.getId(), outs: fromStruct(response.getProperties()) };
  }

  async read(id: string, state: JsonRecord, inputs: JsonRecord) {
    const request = new proto.ReadRequest();
    request.setUrn(this.urn);
    request.setId(id);
    request.setProperties(toStruct(state));
    request.setInputs(toStruct(inputs));
    const response = await this.calls.read(request);
    return {
      id: response.getId(),
      props: fromStruct(response.getProperties()),
      inputs: fromStruct(response.getInputs()),
    };
  }

  async update(
    id: string,
    olds: JsonRecord,
    oldInputs: JsonRecord,
    news: JsonRecord,
    { preview = false, timeout = 0 } = {},
  ) {
    const request = new proto.UpdateRequest();
    request.setUrn(this.urn);
    request.setId(id);
    request.setOlds(toStruct(olds));
    request.setOldInputs(toStruct(oldInputs));
    request.setNews(toStruct(news));
    request.setPreview(preview);
    request.setTimeout(timeout);
    const response = await this.calls.update(request);
    return { outs: fromStruct(response.getProperties()) };
  }

  async delete(id: string, state: JsonRecord, { timeout = 0 } = {}): Promise<void> {
    const request = new proto.DeleteRequest();
    request.setUrn(this.urn);
    request.setId(id);
    request.setProperties(toStruct(state));
    request.setTimeout(timeout);
    await this.calls.delete(request);
  }
}
