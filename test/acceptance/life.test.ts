import { expect } from "chai";
import { judge } from "../../scripts/acceptance/report";
import { platforms, type Platform } from "../contract/contract";
import { describeWithCli } from "../support/skip";
import { about, counts, foreign, homes, take, type Taken } from "./support";

describeWithCli("acceptance: the whole run against the emulated platforms", function () {
  this.timeout(600_000);

  let runs: Record<Platform, Promise<Taken>>;

  before(() => {
    const behaviours = { passwords: "special", northflankExternalDelayMs: 1000 } as const;
    // At once: mostly they wait.
    runs = {
      miget: take("miget", "dynamic", behaviours),
      northflank: take("northflank", "dynamic", behaviours),
    };
    for (const run of Object.values(runs)) run.catch(() => undefined);
  });

  for (const platform of platforms) {
    it(`${platform}: every step does what the package promises, and no secret is kept`, async () => {
      const { items, emulator, recording, texts } = await runs[platform];
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
        "orders-of-others",
        '"paas-acceptance"',
      ];
      for (const text of texts) {
        for (const secret of secrets) expect(text).not.to.contain(secret);
      }
    });
  }
});
