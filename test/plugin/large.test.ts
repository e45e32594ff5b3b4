import { expect } from "chai";
import { benchFor } from "./host";
import { platforms } from "./platforms";

/** As long as check allows inputs to be: what a partial failure saves travels in a header. */
const long = "0123456789abcdef".repeat(1300);
const large: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  Miget: {
    creationMode: "external_replica",
    externalHost: "db.example.com",
    authType: "tls",
    replicationUsername: "demo",
    caCrt: long,
    tlsCrt: "not a certificate",
    tlsKey: "not a key",
  },
  Northflank: { metadata: { labels: { note: long } } },
};

for (const platform of platforms) {
  describe(`a creation of ${platform.title} with long inputs that does not end well`, function () {
    this.timeout(60_000);
    const bench = benchFor(platform);

    it("is answered and saved, and goes on at the next up without a replacement", async () => {
      const { host, emulator } = bench();
      platform.outcome(emulator, "failed");
      const program = { ...platform.inputs("long"), ...large[platform.title] };
      const tooLong = await host.check({}, { ...program, label: long, description: long });
      expect(tooLong.failures.map(({ reason }) => reason).join()).to.contain("too long together");
      const checked = await host.check({}, program);
      expect(checked.failures).to.deep.equal([]);
      const result = await host.create(checked.inputs);
      if (result.kind !== "partial") throw new Error(`not a partial failure: ${result.kind}`);
      expect(result.properties).to.include({ name: "long", state: "failed" });
      expect(result.properties).to.have.property(platform.keyOutput);

      const again = await host.check(checked.inputs, program);
      expect(again.failures).to.deep.equal([]);
      const diff = await host.diff(result.id, result.properties, again.inputs);
      expect(diff).to.deep.include({ changes: "some", replaces: [] });
      const updated = await host.update(result.id, result.properties, again.inputs);
      expect(updated.kind).to.equal("partial");
      await host.delete(result.id, result.properties);
      expect(platform.count(emulator)).to.equal(0);
    });
  });
}
