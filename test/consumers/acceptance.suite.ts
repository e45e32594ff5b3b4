import { expect } from "chai";
import { about, counts, foreign, homes, take } from "../acceptance/support";
import { platforms } from "../contract/contract";
import { describeWithCli } from "../support/skip";

describeWithCli(
  "acceptance: all steps through both doors, against the emulated platforms",
  function () {
    this.timeout(1_800_000);

    for (const platform of platforms) {
      it(`${platform}: every step does what the package promises, and no secret is kept`, async () => {
        const lanes = ["dynamic", "native", "calls"] as const;
        const { items, emulator, recording, texts } = await take(
          platform,
          {},
          { lanes, limitMs: 600_000 },
        );
        const wrong = items.filter(({ verdict }) => verdict === "contradicted");
        expect(wrong.map((item) => `${item.about}: ${item.detail}`)).to.deep.equal([]);
        expect(about(items, "confirmed")).to.have.length.above(100);
        expect(counts(emulator, platform)).to.deep.equal({ others: foreign.length, made: 0 });
        const doors = new Set(recording.exchanges.map(({ lane }) => lane));
        expect([...doors]).to.include.members(lanes);
        const former = Object.entries(recording.connections).filter(([step]) =>
          /^(?:dynamic|native): connect as before/u.test(step),
        );
        expect(former).to.have.length(platform === "northflank" ? 4 : 2);
        const secrets = [
          ...emulator[platform].tokens,
          homes[platform],
          "not-a-real-p",
          ".example.com",
        ];
        for (const secret of secrets) {
          for (const text of texts) expect(text.includes(secret), secret).to.equal(false);
        }
      });
    }
  },
);
