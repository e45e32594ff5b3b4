import {
  credentials,
  Metadata,
  ServerCredentials,
  type Server,
  type ServiceError,
} from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { providerServer, type ServerOptions } from "../../src/doors/native/server";
import type { Runtime } from "../../src/provider/kind";
import { PartialFailure, UserError } from "../../src/provider/state";
import type { JsonRecord } from "./json";
import { decodeFailure, fromStruct, toStruct } from "./plugin-messages";

type Callback<R> = (error: ServiceError | null, response: R) => void;
type Call<R> = (metadata: Metadata, callback: Callback<R>) => unknown;

/** The provider plugin's server in this process, and a client that calls it as the engine does. */
export class NativePlugin {
  private constructor(
    private readonly server: Server,
    readonly client: ResourceProviderClient,
  ) {}

  static async start(
    runtime: Runtime,
    options: Partial<ServerOptions> = {},
  ): Promise<NativePlugin> {
    const server = providerServer({
      runtime,
      about: (_urn, work) => work(),
      onCancel: () => undefined,
      ...options,
    });
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

  /** What the call answered; fails with what the engine would show, or keep. */
  ask<R>(call: Call<R>): Promise<R> {
    return new Promise((resolve, reject) => {
      call(new Metadata(), (error, response) => {
        if (error === null) {
          resolve(response);
          return;
        }
        const failure = decodeFailure(error);
        if (failure.kind === "failed") reject(new UserError(failure.message));
        else reject(new PartialFailure(failure.id, failure.message, failure.properties));
      });
    });
  }

  resource(type: string, name = "orders"): NativeClient {
    return new NativeClient(this, `urn:pulumi:dev::test::${type}::${name}`);
  }

  async schema(): Promise<string> {
    const request = new proto.GetSchemaRequest();
    const response = await this.ask<proto.GetSchemaResponse>((...rest) =>
      this.client.getSchema(request, ...rest),
    );
    return response.getSchema();
  }

  async configure(args: JsonRecord): Promise<void> {
    const request = new proto.ConfigureRequest();
    request.setArgs(toStruct(args));
    await this.ask<proto.ConfigureResponse>((...rest) => this.client.configure(request, ...rest));
  }

  stop(): void {
    this.client.close();
    this.server.forceShutdown();
  }
}

/** One resource's calls; properties as they are on the wire, marks included. */
export class NativeClient {
  constructor(
    private readonly plugin: NativePlugin,
    readonly urn: string,
  ) {}

  async check(olds: JsonRecord, news: JsonRecord) {
    const request = new proto.CheckRequest();
    request.setUrn(this.urn);
    if (Object.keys(olds).length > 0) request.setOlds(toStruct(olds));
    request.setNews(toStruct(news));
    const { client } = this.plugin;
    const response = await this.plugin.ask<proto.CheckResponse>((...rest) =>
      client.check(request, ...rest),
    );
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
    const { client } = this.plugin;
    const response = await this.plugin.ask<proto.DiffResponse>((...rest) =>
      client.diff(request, ...rest),
    );
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
    const { client } = this.plugin;
    const response = await this.plugin.ask<proto.CreateResponse>((...rest) =>
      client.create(request, ...rest),
    );
    return { id: response.getId(), outs: fromStruct(response.getProperties()) };
  }

  async read(id: string, state: JsonRecord, inputs: JsonRecord) {
    const request = new proto.ReadRequest();
    request.setUrn(this.urn);
    request.setId(id);
    request.setProperties(toStruct(state));
    request.setInputs(toStruct(inputs));
    const { client } = this.plugin;
    const response = await this.plugin.ask<proto.ReadResponse>((...rest) =>
      client.read(request, ...rest),
    );
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
    const { client } = this.plugin;
    const response = await this.plugin.ask<proto.UpdateResponse>((...rest) =>
      client.update(request, ...rest),
    );
    return { outs: fromStruct(response.getProperties()) };
  }

  async delete(id: string, state: JsonRecord, { timeout = 0 } = {}): Promise<void> {
    const request = new proto.DeleteRequest();
    request.setUrn(this.urn);
    request.setId(id);
    request.setProperties(toStruct(state));
    request.setTimeout(timeout);
    const { client } = this.plugin;
    await this.plugin.ask((...rest) => client.delete(request, ...rest));
  }
}
