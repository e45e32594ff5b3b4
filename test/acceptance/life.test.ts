import { expect } from "chai";
import { judge } from "../../scripts/acceptance/report";
import { platforms } from "../contract/contract";
import { describeWithCli } from "../support/skip";
import { about, counts, foreign, homes, take } from "./support";

describeWithCli("acceptance: the whole run against the emulated platforms", function () {
  this.timeout(600_000);

  for (const platform of platforms) {
    it(`${platform}: every step does what the package promises, and no secret is kept`, async () => {
      const { items, emulator, recording, texts } = await take(platform, "dynamic", {
        passwords: "special",
        northflankExternalDelayMs: 1000,
      });
      const wrong = items.filter(({ verdict }) => verdict === "contradicted");
      expect(wrong).to.deep.equal([]);
      expect(about(items, "confirmed")).to.have.length.above(60);
      expect(counts(emulator, platform)).to.deep.equal({ others: foreign.length, made: 0 });
      expect(judge(recording)).to.deep.equal(items);

      const secrets = [
        ...emulator[platform].tokens,
        homes[platform],
        "not-a-real-p",
        ".example.com",
        ...foreign.map((name) => `"${name}`),
      ];
      for (const text of texts) {
        for (const secret of secrets) expect(text).not.to.contain(secret);
      }
    });
  }
});
