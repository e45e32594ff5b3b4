import { expect } from "chai";
import { describeWithCli } from "../support/skip";
import { storm } from "./storm";

/** Half a minute each: `STORM_SEEDS=3 npm run storm`. */
const seeds = Number(process.env.STORM_SEEDS ?? "20");
const addons = 60;

describeWithCli("60 add-ons at once while 12 % of all requests fail", () => {
  for (let seed = 1; seed <= seeds; seed += 1) {
    it(`end as declared, in at most three runs (seed ${seed})`, async () => {
      const { ups, hits, onPlatforms, inState, messages } = await storm(seed, addons, 3);
      expect(hits, "faults").to.be.greaterThan(5);
      expect(onPlatforms, messages.join("\n")).to.have.length(addons);
      expect(inState).to.deep.equal(onPlatforms);
      expect(ups).to.be.at.most(3);
    }).timeout(900_000);
  }
});
