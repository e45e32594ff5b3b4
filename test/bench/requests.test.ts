import { expect } from "chai";
import { countRequests, type RequestFigures, type RequestLoad } from "../../bench/requests";

/** Requests per add-on that a run may cost, all calls counted. */
interface Limit extends Omit<RequestLoad, "provisioningSeconds"> {
  readonly create: number;
  readonly refresh: number;
}

const limits: readonly Limit[] = [
  { platform: "northflank", addons: 100, parallel: 200, create: 3.2, refresh: 2.1 },
  { platform: "northflank", addons: 100, parallel: 8, create: 5, refresh: 2.1 },
  { platform: "northflank", addons: 250, parallel: 200, create: 4, refresh: 2.1 },
  { platform: "northflank", addons: 250, parallel: 8, create: 4, refresh: 2.1 },
  { platform: "miget", addons: 100, parallel: 200, create: 2.2, refresh: 1.1 },
  { platform: "miget", addons: 100, parallel: 8, create: 4, refresh: 1.1 },
];

describe("requests per add-on that takes a minute to be ready", () => {
  for (const { platform, addons, parallel, create, refresh } of limits) {
    it(`${platform}: ${addons} add-ons, ${parallel} at once, cost at most ${create} to create`, async () => {
      const figures: RequestFigures = await countRequests({
        platform,
        addons,
        parallel,
        provisioningSeconds: 60,
      });
      expect(figures.create, "create").to.be.at.most(create);
      expect(figures.refresh, "refresh").to.be.at.most(refresh);
      expect(figures.noop, "no-op").to.equal(0);
      expect(figures.refused, "429 answers").to.equal(0);
    });
  }
});
