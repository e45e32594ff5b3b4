import { status } from "@grpc/grpc-js";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { expect } from "chai";
import { received } from "../../src/doors/native/wire";
import { secretMark } from "../../src/provider/mark-secrets";
import { PartialFailure } from "../../src/provider/state";
import { unknownValue } from "../../src/fields/values";
import { kinds } from "../lifecycle/kinds";
import { Harness } from "../support/harness";
import { type JsonRecord, recordAt } from "../support/json";
import { type NativeClient, NativePlugin } from "../support/native-client";
import { toStruct } from "../support/plugin-messages";

const types = {
  miget: "paas-addons:index:MigetAddon",
  northflank: "paas-addons:index:NorthflankAddon",
};
const mark = (value: unknown) => ({ [secretMark.key]: secretMark.value, value });
const isMarked = (value: unknown) =>
  JSON.stringify(value).startsWith(`{"${secretMark.key}":"${secretMark.value}"`);
const plain = (props: JsonRecord) => received(toStruct(props)).props;

for (const kind of kinds) {
  describe(`the provider plugin with a ${kind.title} add-on`, () => {
    let world: Harness;
    let plugin: NativePlugin;
    let client: NativeClient;
    const run = <T>(work: Promise<T>) => world.run(work);

    beforeEach(async () => {
      world = await Harness.start({ provisioningMs: 30_000 });
      plugin = await NativePlugin.start(world.runtime());
      client = plugin.resource(types[kind.platform]);
    });

    afterEach(async () => {
      plugin.stop();
      await world.close();
      expect(world.emulator.violations, "exchanges against the contracts").to.deep.equal([]);
    });

    async function created(program: JsonRecord = kind.inputs) {
      const { inputs, failures } = await run(client.check({}, program));
      expect(failures).to.deep.equal([]);
      return { inputs, ...(await run(client.create(inputs))) };
    }

    it("finishes what is under way at a Cancel", async () => {
      const { inputs } = await run(client.check({}, kind.inputs));
      const creating = client.create(inputs);
      await plugin.ask<Empty>((...rest) => plugin.client.cancel(new Empty(), ...rest));
      const { id, outs } = await run(creating);
      expect(await run(client.diff(id, outs, inputs, inputs))).to.include({ changes: false });
    });

    it("creates, shows no change, reads, updates and deletes", async () => {
      const { id, inputs, outs } = await created();
      expect(await run(client.diff(id, outs, inputs, inputs))).to.include({ changes: false });
      const back = await run(client.read(id, outs, inputs));
      expect(plain(back.inputs)).to.deep.equal(plain(inputs));
      expect(await run(client.diff(id, back.props, back.inputs, inputs))).to.include({
        changes: false,
      });
      const changed = await run(client.check(inputs, { ...kind.inputs, ...kind.update }));
      const diff = await run(client.diff(id, back.props, inputs, changed.inputs));
      expect(diff).to.include({ changes: true, deleteBeforeReplace: false });
      const places = Object.keys(diff.detail).map((path) => path.split(".")[0]);
      expect([...new Set(places)].sort()).to.deep.equal(Object.keys(kind.update).sort());
      const updated = await run(client.update(id, back.props, inputs, changed.inputs));
      expect(await run(client.diff(id, updated.outs, changed.inputs, changed.inputs))).to.include({
        changes: false,
      });
      // A run that has the resource in its program deletes nothing of it.
      const other = await NativePlugin.start(world.runtime());
      await run(other.resource(types[kind.platform]).delete(id, updated.outs));
      other.stop();
      expect(kind.existing(world)).to.deep.equal([]);
    });

    it("keeps its connection secret, and nothing of its own machinery in the state", async () => {
      const { inputs, outs } = await created();
      for (const name of ["connection", "vars", "url", "password", "host", "port"]) {
        expect(isMarked(outs[name]), name).to.equal(true);
      }
      if (kind.platform === "northflank") {
        const { envs, secrets } = recordAt(plain(outs), "credentials");
        expect(plain(outs).vars).to.deep.equal({ ...recordAt(envs), ...recordAt(secrets) });
      }
      const uri = plain(outs).url;
      if (kind.uri === undefined) expect(uri).to.equal("");
      else expect(uri).to.match(kind.uri);
      const hidden = (props: JsonRecord) =>
        Object.keys(props).filter((name) => name.startsWith("__") || name === "customTimeouts");
      expect(hidden(inputs)).to.deep.equal([]);
      expect(hidden(outs)).to.deep.equal(["__owner"]);
    });

    it("keeps secret what the program made secret, also inside of objects", async () => {
      const [name] = Object.keys(kind.update);
      const text = kind.platform === "miget" ? "label" : "description";
      expect(name).to.not.equal(undefined);
      const { id, inputs, outs } = await created({ ...kind.inputs, [text]: mark("hush") });
      expect(inputs[text]).to.deep.equal(mark("hush"));
      expect(outs[text]).to.deep.equal(mark("hush"));
      const back = await run(client.read(id, outs, inputs));
      expect(back.props[text]).to.deep.equal(mark("hush"));
      expect(world.lines.join("\n")).to.not.include("hush");
    });

    it("takes its name from the resource's", async () => {
      const { name, ...program } = kind.inputs;
      expect(name).to.not.equal(undefined);
      const { inputs } = await run(client.check({}, program));
      expect(inputs.name).to.equal("orders");
    });

    it("previews with what is not known yet, and sends nothing", async () => {
      const open = { ...kind.inputs, name: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2" };
      const { inputs, failures } = await run(client.check({}, open));
      expect(failures).to.deep.equal([]);
      world.emulator.clearLog();
      const planned = await run(client.create(inputs, { preview: true }));
      expect(planned.id).to.equal("");
      expect(plain(planned.outs)).to.include({ name: unknownValue, connection: unknownValue });
      expect(isMarked(planned.outs.url)).to.equal(true);
      expect(world.requests()).to.deep.equal([]);
    });

    it("refuses a replacement, and replaces with the deletion first where that is allowed", async () => {
      const { id, inputs, outs } = await created();
      const changed = { ...kind.inputs, ...kind.replace };
      const { failures } = await run(client.check(inputs, changed));
      expect(failures.map(({ reason }) => reason).join()).to.match(/allowReplace: true/u);
      const allowed = await run(client.check(inputs, { ...changed, allowReplace: true }));
      expect(allowed.failures).to.deep.equal([]);
      const diff = await run(client.diff(id, outs, inputs, allowed.inputs));
      expect(diff.deleteBeforeReplace).to.equal(true);
      expect(diff.replaces).to.not.equal(undefined);
      const { UPDATE_REPLACE } = proto.PropertyDiff.Kind;
      expect(Object.values(diff.detail)).to.include(UPDATE_REPLACE);
    });

    it("saves what is there when the time limit of the request is over", async () => {
      world.emulator[kind.platform].nextOutcome(
        kind.platform === "miget" ? "processing" : "allocating",
      );
      const { inputs } = await run(client.check({}, kind.inputs));
      const failure = await world.failure(client.create(inputs, { timeout: 120 }));
      expect(failure).to.be.instanceOf(PartialFailure);
      if (!(failure instanceof PartialFailure)) return;
      expect(failure.message).to.match(/2 min/u);
      expect(failure.id).to.match(/.\/./u);
      expect(Object.keys(failure.properties)).to.include("__owner");
      expect(failure.properties).to.not.have.property("customTimeouts");
      expect(kind.existing(world)).to.have.length(1);
    });

    it("is imported with what the platform states, and takes the rest from the program", async () => {
      const { id } = await created();
      // Another stack, another process.
      const other = await NativePlugin.start(world.runtime());
      const own = other.resource(types[kind.platform]);
      try {
        const back = await run(own.read(id, {}, {}));
        expect(back.id).to.equal(id);
        expect(await run(own.check(back.inputs, back.inputs)))
          .to.include({})
          .and.deep.include({
            failures: [],
          });
        const { inputs, failures } = await run(own.check(back.inputs, kind.inputs));
        expect(failures).to.deep.equal([]);
        const diff = await run(own.diff(id, back.props, back.inputs, inputs));
        expect(diff).to.include({ changes: false });
        const [path = ""] = Object.keys(kind.replace);
        const refused = await run(own.check(inputs, { ...kind.inputs, ...kind.replace }));
        expect(refused.failures.map(({ reason }) => reason).join()).to.include(path);
      } finally {
        other.stop();
      }
    });
  });
}

describe("the provider plugin", () => {
  let world: Harness;
  let plugin: NativePlugin;

  beforeEach(async () => {
    world = await Harness.start();
    plugin = await NativePlugin.start(world.runtime());
  });

  afterEach(async () => {
    plugin.stop();
    await world.close();
  });

  const checked = async (args: JsonRecord) => {
    const request = new proto.CheckRequest();
    request.setNews(toStruct(args));
    return plugin.ask<proto.CheckResponse>((...rest) =>
      plugin.client.checkConfig(request, ...rest),
    );
  };

  it("keeps tokens secret, and says which inputs it has and which address is unsafe", async () => {
    const args = { migetApiToken: "plain", northflankBaseUrl: "http://example.com", apiToken: "x" };
    const response = await checked(args);
    const inputs = response.getInputs()?.toJavaScript() ?? {};
    expect(inputs.migetApiToken).to.deep.equal(mark("plain"));
    const reasons = response.getFailuresList().map((failure) => failure.getReason());
    expect(reasons.join("\n")).to.match(/apiToken is not an input.*migetApiToken/su);
    expect(reasons.join("\n")).to.match(/paas-addons:northflankBaseUrl.*https/su);
  });

  it("never replaces resources for another account", async () => {
    const request = new proto.DiffRequest();
    request.setOlds(toStruct({ migetApiToken: "one" }));
    request.setNews(toStruct({ migetApiToken: "two" }));
    const response = await plugin.ask<proto.DiffResponse>((...rest) =>
      plugin.client.diffConfig(request, ...rest),
    );
    expect(response.getChanges()).to.equal(proto.DiffResponse.DiffChanges.DIFF_SOME);
    expect(response.getReplacesList()).to.deep.equal([]);
  });

  it("uses its configuration before the environment", async () => {
    const { MIGET_BASE_URL = "" } = world.env;
    for (const name of Object.keys(world.env)) Reflect.deleteProperty(world.env, name);
    const kind = kinds[0];
    if (kind === undefined) return;
    const client = plugin.resource(types.miget);
    const { inputs } = await world.run(client.check({}, kind.inputs));
    const failure = await world.failure(client.create(inputs));
    expect(failure.message).to.match(/config set --secret paas-addons:migetApiToken/u);
    await plugin.configure({ migetApiToken: mark("wrong"), migetBaseUrl: MIGET_BASE_URL });
    const refused = await world.failure(client.create(inputs));
    expect(refused.message)
      .to.match(/401|token/u)
      .and.not.include("wrong");
  });

  it("does not offer what it does not have", async () => {
    const code = await new Promise((resolve) => {
      plugin.client.construct(new proto.ConstructRequest(), (error) => resolve(error?.code));
    });
    expect(code).to.equal(status.UNIMPLEMENTED);
  });

  it("names a resource that it does not have", async () => {
    const failure = await world.failure(plugin.resource("paas-addons:index:Nothing").check({}, {}));
    expect(failure.message).to.match(/Nothing is not a resource of paas-addons/u);
  });
});
