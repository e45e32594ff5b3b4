import { expect } from "chai";
import { recordAt, textOf, type JsonRecord } from "../support/json";
import { benchFor, create, created, messageOf } from "./host";
import { platforms } from "./platforms";

for (const platform of platforms) {
  describe(`the ${platform.title} provider in the plugin process`, function () {
    this.timeout(60_000);

    const { inputs, scope, keyOutput, change, loader } = platform;
    const bench = benchFor(platform);

    const keyOf = (id: string) => id.replace(`${scope}/`, "");
    const isStackless = (text: string) => {
      expect(text).not.to.equal("");
      expect(text).not.to.match(/^\s+at .*[:(]/mu);
    };

    afterEach(() => {
      expect(bench().emulator.violations).to.deep.equal([]);
    });

    it("goes through a life: check, create, diff, read, update, delete", async () => {
      const { host, emulator } = bench();
      const checked = await host.check({}, inputs("life"));
      expect(checked.failures).to.deep.equal([]);
      expect(checked.inputs).to.include({ adopt: false, allowReplace: false, waitForReady: true });

      const { id, properties } = created(await host.create(checked.inputs));
      expect(id).to.equal(`${scope}/${textOf(properties[keyOutput])}`);
      expect(properties.__provider).to.equal(loader);
      expect(textOf(recordAt(properties, "connection").uri)).to.match(/^postgres(ql)?:\/\//u);
      expect(await host.diff(id, properties, checked.inputs)).to.include({ changes: "none" });

      const read = await host.read(id, properties);
      expect(read).to.include({ id });
      expect(read.properties).to.deep.equal(properties);

      const news = (await host.check(checked.inputs, { ...inputs("life"), ...change })).inputs;
      expect(await host.diff(id, properties, news)).to.deep.equal({
        changes: "some",
        replaces: [],
        deleteBeforeReplace: false,
      });
      const updated = await host.update(id, properties, news);
      expect(updated).to.have.property("kind", "updated");
      expect(platform.seen(emulator, keyOf(id))).to.equal("changed");

      await host.delete(id, properties);
      expect(platform.count(emulator)).to.equal(0);
      await host.delete(id, properties);
    });

    it("answers a read of one that is gone with a blank id, and a get of it with an error", async () => {
      const { host, emulator } = bench();
      const { id, properties } = await create(bench(), inputs("gone"));
      platform.remove(emulator, keyOf(id));
      expect(await host.read(id, properties)).to.include({ id: "" });
      const missing = `${scope}/${platform.missing}`;
      const message = await messageOf(host.read(missing, {}));
      expect(message).to.contain(`there is no add-on with the id ${missing}`);
    });

    it("reads with get what it did not create", async () => {
      const { host } = bench();
      const { id, properties } = await create(bench(), inputs("found"));
      const got = await host.read(id, {});
      expect(got.id).to.equal(id);
      expect(got.properties.connection).to.deep.equal(properties.connection);
      expect(got.properties).to.include({ state: properties.state, type: properties.type });
      await host.delete(id, properties);
    });

    it("keeps what it created when it never becomes ready, and goes on in update", async () => {
      const { host, emulator } = bench();
      platform.outcome(emulator, "failed");
      const checked = await host.check({}, inputs("broken"));
      const result = await host.create(checked.inputs);
      if (result.kind !== "partial") throw new Error(`not a partial failure: ${result.kind}`);
      expect(result.id).to.match(new RegExp(`^${scope}/.`, "u"));
      expect(result.properties.__provider).to.equal(loader);
      expect(result.properties).to.include({ name: "broken" });
      expect(result.reasons).to.have.lengthOf(1);
      expect(result.reasons[0]).to.contain('"broken"').and.to.contain('in state "failed"');
      result.reasons.forEach(isStackless);

      const again = await host.update(result.id, result.properties, checked.inputs);
      if (again.kind !== "partial") throw new Error(`not a partial failure: ${again.kind}`);
      expect(again.properties.__provider).to.equal(loader);
      const posts = emulator.requests.filter(({ body }) => recordAt(body).name === "broken");
      expect(posts).to.have.lengthOf(1);
      await host.delete(result.id, again.properties);
    });

    it("does not wait where that is not wanted; the outputs come with a read", async () => {
      const { host } = bench();
      const unready = { ...inputs("later"), waitForReady: false };
      const { id, properties } = await create(bench(), unready);
      expect(properties.connection).to.equal(undefined);
      const { inputs: news } = await host.check(unready, { ...unready, waitForReady: true });
      const updated = await host.update(id, properties, news);
      if (updated.kind !== "updated") throw new Error(updated.message);
      expect(textOf(recordAt(updated.properties, "connection").uri)).not.to.equal("");
      await host.delete(id, properties);
    });

    it("serves calls at the same time, and shares the looks at the list", async () => {
      const { host, emulator } = bench();
      const names = Array.from({ length: 12 }, (_, index) => `many-${String(index)}`);
      emulator.clearLog();
      const before = platform.count(emulator);
      const all = await Promise.all(names.map((name) => create(bench(), inputs(name))));
      expect(new Set(all.map(({ id }) => id)).size).to.equal(names.length);
      expect(all.map(({ properties }) => properties.name)).to.deep.equal(names);
      const looks = emulator.requests.filter(
        ({ operationId }) => operationId === platform.operations.list,
      );
      expect(looks.length).to.be.below(names.length);
      await Promise.all(all.map(({ id, properties }) => host.delete(id, properties)));
      expect(platform.count(emulator)).to.equal(before);
    });

    it("says in words what failed, without a stack", async () => {
      const { host, emulator } = bench();
      const { id, properties } = await create(bench(), inputs("errors"));
      const checked = await host.check({}, { ...inputs("errors"), ...change });
      const refuse = (operationId: string, times = 1) =>
        emulator.faults.add({ kind: "status", status: 403, operationId, times });

      refuse(platform.operations.create);
      const refused = await host.create((await host.check({}, inputs("refused"))).inputs);
      refuse(platform.operations.update);
      const update = await host.update(id, properties, checked.inputs);
      refuse("getAddon");
      const read = await messageOf(host.read(id, properties));
      refuse("deleteAddon");
      const remove = await messageOf(host.delete(id, properties));
      const badId = await messageOf(host.read("nonsense", {}));
      // After a creation that failed because of an add-on, that one is not deleted in the same run.
      const taken = await host.create((await host.check({}, inputs("errors"))).inputs);
      const kept = await messageOf(host.delete(id, properties));

      expect(taken).to.have.property("kind", "failed");
      expect(refused).to.have.property("kind", "failed");
      expect(update).to.have.property("kind", "partial");
      const texts = [taken, refused, update].map((result) =>
        "message" in result ? result.message : "",
      );
      for (const text of [...texts, read, remove, badId]) isStackless(text);
      expect(texts[0]).to.contain("exists already");
      for (const text of [texts[1], texts[2], read, remove])
        expect(text).to.match(/403|allow|permission/iu);
      expect(badId).to.contain('"nonsense" is not the id of a');
      expect(host.output()).not.to.match(/^\s+at .*[:(]/mu);
      expect(kept).to.contain("was not deleted").and.to.contain("aliases");
    });
  });

  describe(`the ${platform.title} provider where answers lack what they usually have`, function () {
    this.timeout(60_000);
    const bench = benchFor(platform, {
      northflankUid: false,
      northflankCreateTimes: false,
      migetExternalOff: "null",
      migetEnvelope: "data",
      migetUpdateAnswer: "empty",
    });

    it("lets nothing out that is not JSON, in success and in failure", async () => {
      const { host, emulator } = bench();
      // Anything else would fail in the plugin's server: with an error here, or without any answer.
      const { id, properties } = await create(bench(), platform.inputs("sparse"));
      const isJson = (value: JsonRecord) =>
        expect(JSON.parse(JSON.stringify(value))).to.deep.equal(value);
      isJson(properties);
      isJson((await host.read(id, properties)).properties);
      platform.outcome(emulator, "working");
      const limit = { customTimeouts: { create: "1s" } };
      const { inputs } = await host.check({}, { ...platform.inputs("never"), ...limit });
      const result = await host.create(inputs);
      if (result.kind !== "partial") throw new Error(`not a partial failure: ${result.kind}`);
      isJson(result.properties);
      expect(result.reasons.join()).to.contain("the time limit of 1 s");
      await host.delete(id, properties);
      await host.delete(result.id, result.properties);
      expect(host.output()).not.to.contain("Unexpected struct type");
    });
  });
}
