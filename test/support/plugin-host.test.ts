import { expect } from "chai";
import { startPluginHost, unknownValue, type PluginHost } from "./plugin-host";
import { thingLoader, thingProvider } from "./thing";

describe("plugin host harness", () => {
  let host: PluginHost;

  before(async () => {
    host = await startPluginHost({
      package: "none",
      loader: thingLoader,
      files: { "thing.js": thingProvider },
      config: { "thing:token": "token" },
    });
  });

  after(async () => {
    await host.stop();
  });

  it("checks and diffs, with unknown values", async () => {
    const { inputs, failures } = await host.check({}, { v: unknownValue });
    expect(inputs).to.deep.equal({ v: unknownValue, size: 1, __provider: thingLoader });
    expect(failures).to.deep.equal([]);
    const refused = await host.check({}, { v: "refused" });
    expect(refused.failures).to.deep.equal([{ property: "v", reason: "is refused" }]);

    expect(await host.diff("t1", { v: "1", size: 1 }, { v: "1", size: 2 })).to.deep.equal({
      changes: "some",
      replaces: ["size"],
      deleteBeforeReplace: true,
    });
  });

  it("creates, reads, updates and deletes, configured", async () => {
    const created = await host.create({ v: "1", size: 1 });
    const properties = { v: "1", size: 1, secret: "hush-token", __provider: thingLoader };
    expect(created).to.deep.equal({ kind: "created", id: "t1", properties });
    expect(await host.read("t1", { v: "1" })).to.have.property("id", "t1");
    expect(await host.read("missing", { v: "1" })).to.have.property("id", "");
    const updated = await host.update("t1", { v: "1", size: 1 }, { v: "2", size: 1 });
    expect(updated).to.have.property("kind", "updated");
    await host.delete("t1", { v: "2" });
    expect(host.output()).to.contain("creating 1");
  });

  it("tells a partial failure from a plain one", async () => {
    expect(await host.create({ v: "half", size: 3 })).to.deep.equal({
      kind: "partial",
      id: "t1",
      properties: { v: "half", size: 3, __provider: thingLoader },
      reasons: ["not ready"],
      message: "half made",
    });
    const plain = await host.create({ v: "plain failure", size: 3 });
    expect(plain).to.deep.equal({ kind: "failed", message: "no luck" });
  });

  it("gives up on a call that is never answered", async () => {
    // An undefined in an error's properties makes the SDK's server fail before it answers.
    const impatient = await startPluginHost({
      package: "none",
      loader: thingLoader,
      files: { "thing.js": thingProvider },
      timeout: 500,
    });
    const error = await impatient.create({ v: "half" }).catch((thrown: unknown) => thrown);
    const outcome = await impatient.stop();
    expect(error).to.have.property("name", "ProviderCallError");
    expect(outcome.stderr).to.contain("Unexpected struct type");
  });
});
