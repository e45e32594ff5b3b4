import { expect } from "chai";
import { measureNotice } from "../../bench/notice";
import { countRequests, type RequestFigures, type RequestLoad } from "../../bench/requests";

/** Requests per add-on that a run may cost, all calls counted. */
interface Limit extends RequestLoad {
  readonly create: number;
  readonly refresh: number;
}

const minute = { provisioningSeconds: 60 };

const limits: readonly Limit[] = [
  { ...minute, platform: "northflank", addons: 100, parallel: 200, create: 3.2, refresh: 2.1 },
  { ...minute, platform: "northflank", addons: 100, parallel: 8, create: 4, refresh: 2.1 },
  { ...minute, platform: "northflank", addons: 250, parallel: 200, create: 4, refresh: 2.1 },
  { ...minute, platform: "northflank", addons: 250, parallel: 8, create: 4, refresh: 2.1 },
  { ...minute, platform: "miget", addons: 100, parallel: 200, create: 2.2, refresh: 1.1 },
  { ...minute, platform: "miget", addons: 100, parallel: 8, create: 3, refresh: 1.1 },
  { ...minute, platform: "northflank", addons: 1, parallel: 1, create: 25, refresh: 2 },
  { ...minute, platform: "miget", addons: 1, parallel: 1, create: 22, refresh: 1 },
];

/** One add-on in each project, and a refresh of all in the same hour. */
const spread = (platform: Limit["platform"], addons: number, seconds: number, create: number) => ({
  platform,
  addons,
  scopes: addons,
  parallel: 200,
  provisioningSeconds: seconds,
  refreshAtOnce: true,
  create,
  refresh: 2.1,
});
const projects: readonly Limit[] = [
  spread("northflank", 30, 60, 12),
  spread("northflank", 30, 300, 16),
  spread("northflank", 60, 300, 16),
  spread("miget", 30, 60, 12),
  spread("miget", 30, 300, 16),
];

/** Seconds after which all have to be noticed, beyond what they take: for a few requests each. */
const latestNotice = 20;

describe("requests per add-on", () => {
  for (const { create, refresh, ...load } of [...limits, ...projects]) {
    const { platform, addons, scopes = 1, parallel, provisioningSeconds } = load;
    it(`${platform}: ${addons} add-ons in ${scopes} places that take ${provisioningSeconds} s, ${parallel} at once, cost at most ${create} to create`, async () => {
      const figures: RequestFigures = await countRequests(load);
      expect(figures.create, "create").to.be.at.most(create);
      expect(figures.refresh, "refresh").to.be.at.most(refresh);
      expect(figures.noop, "no-op").to.equal(0);
      expect(figures.refused, "429 answers").to.equal(0);
      if (scopes > 1)
        expect(figures.createSeconds).to.be.at.most(provisioningSeconds + latestNotice);
    }).timeout(60_000);
  }
});

describe("the time until it is noticed that an add-on is ready", () => {
  it("is at most 2.3 s for one that takes a minute, and 1.1 s where ten are waited for", async () => {
    expect((await measureNotice(1, [60])).noticeMs).to.be.at.most(2300);
    expect((await measureNotice(10)).noticeMs).to.be.at.most(1100);
  }).timeout(60_000);
});
