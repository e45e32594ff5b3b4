import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { MigetKind } from "../../miget/kind";
import { addon as migetAddon } from "../../miget/resource";
import { derivedOutputs } from "../../northflank/connection";
import { NorthflankKind } from "../../northflank/kind";
import { addon as northflankAddon } from "../../northflank/resource";
import type { RemoteAddon, Runtime } from "../../provider/kind";
import { PartialFailure } from "../../provider/state";
import type { Failure } from "../../fields/field";
import { version } from "../../zz_package";
import { failure, Unfinished } from "./failure";
import { functions } from "./functions";
import { type DetailedDiff, NativeResource, type PropertyChange, type Sent } from "./resource";
import { schemaText } from "./schema";
import { configFailures, configOf, inOwnWords, packageName, secretSettings } from "./settings";
import { received, type Received, toStruct } from "./wire";

/** What the server needs of the world beside the life cycle's runtime. */
export interface ServerOptions {
  readonly runtime: Runtime;
  /** Runs a call so that what it says is shown at the row of the resource with this URN. */
  readonly about: <T>(urn: string, work: () => Promise<T>) => Promise<T>;
}

interface Call<Q> {
  readonly request: Q;
}
type Reply<A> = grpc.sendUnaryData<A>;
type Resource = Pick<NativeResource<RemoteAddon>, keyof NativeResource<RemoteAddon>>;

/** The provider plugin's service. */
export function providerServer(options: ServerOptions): grpc.Server {
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1 });
  server.addService(ResourceProviderService, {
    ...handlers(options),
    ...notOffered(["parameterize", "call", "construct", "getMapping", "getMappings", "list"]),
  });
  return server;
}

/** Its calls: they translate between the engine's messages and the life cycle. */
export function handlers({ runtime, about }: ServerOptions) {
  const resources = resourcesWith(runtime);
  const run = {};
  let config = configOf({});

  const at = (urn: string) => {
    const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
    const resource = resources.get(type);
    if (resource === undefined) throw new Error(`${type} is not a resource of ${packageName}.`);
    return resource;
  };
  /** A handler whose answer, or error, reaches the engine whatever happens. */
  const handle =
    <Q, A>(work: (request: Q) => Promise<A> | A, urnOf: (request: Q) => string = () => "") =>
    ({ request }: Call<Q>, reply: Reply<A>) => {
      about(urnOf(request), async () => work(request)).then(
        (answer) => reply(null, answer),
        (error: unknown) => reply(failure(error)),
      );
    };
  const ofResource = <Q extends { getUrn(): string }, A>(
    work: (request: Q, resource: Resource) => Promise<A>,
  ) =>
    handle<Q, A>(
      (request) => work(request, at(request.getUrn())),
      (request) => request.getUrn(),
    );

  return {
    handshake: handle(() => {
      const response = new proto.ProviderHandshakeResponse();
      response.setAcceptSecrets(true);
      return response;
    }),
    attach: handle(() => new Empty()),
    getPluginInfo: handle(() => {
      const info = new PluginInfo();
      info.setVersion(version);
      return info;
    }),
    getSchema: handle(() => {
      const response = new proto.GetSchemaResponse();
      response.setSchema(schemaText());
      return response;
    }),
    checkConfig: handle((request: proto.CheckRequest) => {
      const news = received(request.getNews());
      return checkResponse(
        { props: news.props, secretPaths: [...secretSettings, ...news.secretPaths] },
        configFailures(news.props),
      );
    }),
    diffConfig: handle((request: proto.DiffRequest) => {
      // Another token or address is no reason to replace what was made with the one before.
      const [olds, news] = [received(request.getOlds()), received(request.getNews())];
      const isSame = JSON.stringify(olds.props) === JSON.stringify(news.props);
      return diffResponse({ changes: !isSame });
    }),
    configure: handle((request: proto.ConfigureRequest) => {
      config = configOf(received(request.getArgs()).props);
      for (const resource of resources.values()) resource.configure(config);
      const response = new proto.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      return response;
    }),
    invoke: handle(async (request: proto.InvokeRequest) => {
      const { props, secretPaths } = received(request.getArgs());
      const name = request.getTok().split(":").at(-1) ?? "";
      const lookup = Object.hasOwn(functions, name) ? functions[name] : undefined;
      if (lookup === undefined) throw new Error(`${request.getTok()} is not a function here.`);
      const isSecret = secretPaths.length > 0;
      const asking = { config, run, log: runtime.log, anew: false, isSecret };
      const response = new proto.InvokeResponse();
      response.setReturn(toStruct({ ...(await lookup.ask(props, asking)) }, []));
      return response;
    }),
    check: ofResource(async (request: proto.CheckRequest, resource) => {
      const [olds, news] = [received(request.getOlds()), received(request.getNews())];
      const checked = await resource.check({ urn: request.getUrn() }, olds, news);
      return checkResponse(checked, checked.failures);
    }),
    diff: ofResource(async (request: proto.DiffRequest, resource) => {
      const [olds, news] = [received(request.getOlds()), received(request.getNews())];
      const oldInputs = received(request.getOldInputs());
      const about = { urn: request.getUrn() };
      return diffResponse(await resource.diff(about, request.getId(), olds, oldInputs, news));
    }),
    create: ofResource(async (request: proto.CreateRequest, resource) => {
      const news = received(request.getProperties());
      const response = new proto.CreateResponse();
      if (request.getPreview()) {
        resource.tellPlan(request.getUrn());
        response.setProperties(structOf(resource.planned(news)));
        return response;
      }
      const created = await withState(resource, news, () => resource.create(callOf(request), news));
      response.setId(created.id);
      response.setProperties(structOf(created));
      return response;
    }),
    read: ofResource(async (request: proto.ReadRequest, resource) => {
      const state = received(request.getProperties());
      const inputs = received(request.getInputs());
      const back = await resource.read(callOf(request), request.getId(), state, inputs);
      const response = new proto.ReadResponse();
      response.setId(back.id);
      response.setProperties(structOf(back));
      response.setInputs(structOf(back.inputs));
      return response;
    }),
    update: ofResource(async (request: proto.UpdateRequest, resource) => {
      const [olds, news] = [received(request.getOlds()), received(request.getNews())];
      const response = new proto.UpdateResponse();
      if (request.getPreview()) {
        resource.tellPlan(request.getUrn());
        response.setProperties(structOf(resource.plannedUpdate(olds, news)));
        return response;
      }
      const updated = await withState(resource, news, () =>
        resource.update(
          callOf(request),
          request.getId(),
          olds,
          received(request.getOldInputs()),
          news,
        ),
      );
      response.setProperties(structOf(updated));
      return response;
    }),
    delete: ofResource(async (request: proto.DeleteRequest, resource) => {
      const olds = received(request.getProperties());
      await resource.delete(callOf(request), request.getId(), olds);
      return new Empty();
    }),
    // The engine waits for what is under way: ended, a database would be left half made.
    cancel: handle(() => new Empty()),
  };
}

function resourcesWith(runtime: Runtime): ReadonlyMap<string, Resource> {
  const own: Runtime = { ...runtime, log: (line) => runtime.log(inOwnWords(line)) };
  const miget = new NativeResource(new MigetKind(), migetAddon.outputs, own, {
    renamed: ["name"],
  });
  const northflank = new NativeResource(new NorthflankKind(), northflankAddon.outputs, own, {
    derive: derivedOutputs,
  });
  return new Map<string, Resource>([
    [`${packageName}:index:MigetAddon`, miget],
    [`${packageName}:index:NorthflankAddon`, northflank],
  ]);
}

/** What the engine would otherwise wait for. */
function notOffered(names: readonly string[]): grpc.UntypedServiceImplementation {
  const refuse = (_call: unknown, reply: Reply<never>) => {
    reply({ code: grpc.status.UNIMPLEMENTED, details: "not offered by this provider" });
  };
  return Object.fromEntries(names.map((name) => [name, refuse]));
}

function callOf(request: { getUrn(): string; getTimeout(): number }) {
  return { urn: request.getUrn(), timeout: request.getTimeout() };
}

function structOf({ props, secretPaths }: Sent) {
  return toStruct(props, secretPaths);
}

function checkResponse(sent: Sent, failures: readonly Failure[]): proto.CheckResponse {
  const response = new proto.CheckResponse();
  response.setInputs(structOf(sent));
  response.setFailuresList(
    failures.map(({ property, reason }) => {
      const entry = new proto.CheckFailure();
      entry.setProperty(property);
      entry.setReason(inOwnWords(reason));
      return entry;
    }),
  );
  return response;
}

const { Kind } = proto.PropertyDiff;
type Kinds = readonly [plain: proto.PropertyDiff.Kind, replacing: proto.PropertyDiff.Kind];
const kinds: Record<PropertyChange["kind"], Kinds> = {
  add: [Kind.ADD, Kind.ADD_REPLACE],
  delete: [Kind.DELETE, Kind.DELETE_REPLACE],
  update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
};

function diffResponse({
  changes,
  replaces = [],
  deleteBeforeReplace = false,
  stables = [],
  detail = new Map<string, PropertyChange>(),
}: Partial<DetailedDiff> & Pick<DetailedDiff, "changes">): proto.DiffResponse {
  const { DiffChanges } = proto.DiffResponse;
  const response = new proto.DiffResponse();
  response.setChanges(changes ? DiffChanges.DIFF_SOME : DiffChanges.DIFF_NONE);
  response.setReplacesList([...replaces]);
  response.setStablesList([...stables]);
  response.setDeletebeforereplace(deleteBeforeReplace);
  const names = [...detail.keys()].map((path) => path.split(".")[0] ?? path);
  response.setDiffsList([...new Set(names)]);
  response.setHasdetaileddiff(detail.size > 0);
  for (const [path, { kind, replaces: isReplacing }] of detail) {
    const entry = new proto.PropertyDiff();
    const [plain, replacing] = kinds[kind];
    entry.setKind(isReplacing ? replacing : plain);
    response.getDetaileddiffMap().set(path, entry);
  }
  return response;
}

async function withState<T>(
  resource: Resource,
  news: Received,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PartialFailure)) throw error;
    throw new Unfinished(error, resource.sent(error.properties, news, false));
  }
}
