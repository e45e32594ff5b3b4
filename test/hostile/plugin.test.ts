import { expect } from "chai";
import type { Fault, Outgoing } from "../emulator/index";
import { benchFor, create, created, messageOf } from "../plugin/host";
import { platforms } from "../plugin/platforms";
import { isRecord, textOf } from "../support/json";
import { messageFaults } from "./support/messages";
import { deepText, magicObjects, oddKeys, oddTexts } from "./support/texts";
import { faultsIn } from "./support/values";

/** Free objects that the platforms' answers have, filled with what an engine trips over. */
const loaded = {
  ...Object.fromEntries(oddKeys.map((key, index) => [key, oddTexts[index % oddTexts.length]])),
  magic: magicObjects,
  texts: oddTexts.filter(({ length }) => length < 5000),
};

/** An answer in which every free object is loaded; others stay as they are. */
function load(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((entry) => load(entry));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, load(inner, name)]);
  const free = ["settings", "quota", "var", "typeSpecificSettings"].includes(key);
  const texts = ["envs", "secrets"].includes(key);
  const more = texts ? Object.fromEntries(oddTexts.map((text, index) => [`T${index}`, text])) : {};
  return { ...Object.fromEntries(entries), ...(free ? loaded : more) };
}

const forged = (
  text: (truth: string) => string,
): Pick<Fault & { kind: "forged" }, "kind" | "forge"> => ({
  kind: "forged",
  forge: (answer: Outgoing) => ({ ...answer, text: text(answer.text) }),
});
const always = { times: 1000 };
const loading = forged((truth) => JSON.stringify(load(JSON.parse(truth))));
const nonsense = ["", "null", "[]", "{", '"\ud800"', "1e400", deepText(10_000, "list")];

for (const platform of platforms) {
  describe(`the ${platform.title} plugin process under hostile answers`, function () {
    this.timeout(90_000);
    const bench = benchFor(platform);
    const { inputs, operations, change } = platform;

    it("answers every call with what the engine can carry, and lives on", async () => {
      const { host, emulator } = bench();
      for (const operationId of ["getAddon", "getAddonCredentials", "listAddons"]) {
        emulator.faults.add({ ...loading, ...always, operationId });
      }
      const { id, properties } = await create(bench(), inputs("loaded"));
      expect(faultsIn(properties)).to.deep.equal([]);
      const back = await host.read(id, properties);
      expect(back.id).to.equal(id);
      expect([...faultsIn(back.properties), ...faultsIn(back.inputs ?? {})]).to.deep.equal([]);
      const { inputs: news } = await host.check(inputs("loaded"), {
        ...inputs("loaded"),
        ...change,
      });
      const updated = await host.update(id, back.properties, news);
      if (updated.kind !== "updated") throw new Error(updated.message);
      expect(faultsIn(updated.properties)).to.deep.equal([]);
      await host.delete(id, updated.properties);
      emulator.faults.clear();
      expect(platform.count(emulator)).to.equal(0);
    });

    it("keeps the id and the properties of what was made, whatever the platform says next", async () => {
      const { host, emulator } = bench();
      const limit = { customTimeouts: { create: "2s", update: "2s" } };
      // Each gets an answer of its own, and all of them wait at once.
      const fault = emulator.faults.add({
        ...forged((truth) => nonsense[Number(/kept-(\d)/u.exec(truth)?.[1])] ?? truth),
        ...always,
        operationId: "getAddon",
      });
      const results = await Promise.all(
        nonsense.map(async (_, index) => {
          const checked = await host.check({}, { ...inputs(`kept-${index}`), ...limit });
          return host.create(checked.inputs);
        }),
      );
      fault.remove();
      for (const [index, result] of results.entries()) {
        if (result.kind !== "partial") throw new Error(`not a partial failure: ${result.kind}`);
        expect(textOf(result.properties[platform.keyOutput])).to.equal(result.id.split("/")[1]);
        expect(result.properties).to.include({ name: `kept-${index}` });
        expect(messageFaults(result.reasons.join("\n"), [])).to.deep.equal([]);
        await host.delete(result.id, result.properties);
      }
      expect(platform.count(emulator)).to.equal(0);
    });

    it("says no in words that the engine can print, and lives on", async () => {
      const { host, emulator } = bench();
      const { id, properties } = await create(bench(), inputs("worded"));
      const bodies = [...oddTexts, { message: "\ud800", id: "x".repeat(100_000), details: loaded }];
      for (const error of bodies) {
        emulator.faults.add({
          kind: "forged",
          operationId: "getAddon",
          forge: ({ headers }) => ({ status: 422, headers, text: JSON.stringify({ error }) }),
        });
        const message = await messageOf(host.read(id, properties));
        expect(messageFaults(message, [])).to.deep.equal([]);
      }
      emulator.faults.add({ ...forged(() => "{"), operationId: operations.create });
      const lost = await host.create((await host.check({}, inputs("lost"))).inputs);
      expect(created(lost).id).not.to.equal("");
      await host.delete(created(lost).id, created(lost).properties);
      await host.delete(id, properties);
      expect(platform.count(emulator)).to.equal(0);
      expect(host.output()).not.to.match(/^\s+at .*[:(]/mu);
    });
  });
}
