import { expect } from "chai";
import type { CheckResult } from "../support/plugin-host";
import type { JsonRecord } from "../support/json";
import { benchFor } from "./host";
import { platforms, type PlatformCase } from "./platforms";

const canary = "not-a-real-secret";

interface SecretCase {
  readonly title: string;
  /** Inputs with the canary in a secret, and with another one or a wrong one in its place. */
  readonly before: JsonRecord;
  readonly changed: JsonRecord;
  readonly wrong: JsonRecord;
  /** What is said of the wrong one. */
  readonly says: string;
}

const replica = {
  creationMode: "external_replica",
  externalHost: "db.example.com",
  authType: "password",
  replicationUsername: "replicator",
};

const cases: Readonly<Record<PlatformCase["title"], SecretCase>> = {
  Miget: {
    title: "a starred input",
    before: { ...replica, replicationPassword: canary },
    changed: { ...replica, replicationPassword: `${canary}-2` },
    wrong: { ...replica, replicationPassword: [canary] },
    says: "replicationPassword must be a non-empty string",
  },
  Northflank: {
    title: "an input that the program made secret",
    before: { customCredentials: { dbName: canary }, __secretInputs: ["customCredentials.dbName"] },
    changed: {
      customCredentials: { dbName: `${canary}-2` },
      __secretInputs: ["customCredentials.dbName"],
    },
    wrong: { customCredentials: { dbName: [canary] }, __secretInputs: ["customCredentials"] },
    says: "customCredentials.dbName must be a non-empty string",
  },
};

for (const platform of platforms) {
  describe(`failed checks of ${platform.title}`, function () {
    this.timeout(60_000);
    const bench = benchFor(platform);
    const inputs = platform.inputs("checked");
    const reasons = ({ failures }: CheckResult) => failures.map(({ reason }) => reason);

    it("come all together, each with its property", async () => {
      const { host } = bench();
      const { failures } = await host.check(
        {},
        {
          ...inputs,
          type: 7,
          nmae: "typo",
          waitForReady: "maybe",
          customTimeouts: { create: "soon" },
        },
      );
      expect(failures.map(({ property }) => property)).to.include.members([
        "type",
        "waitForReady",
        "customTimeouts",
      ]);
      const reasons = failures.map(({ reason }) => reason);
      expect(reasons).to.include("nmae is not an input of this resource. Did you mean name?");
    });

    it("say what is missing when nothing is given", async () => {
      const { failures } = await bench().host.check({}, {});
      const required =
        platform.title === "Miget" ? ["appUuid", "type"] : ["projectId", "billing.storage"];
      const told = failures.map(({ reason }) => reason);
      expect(told).to.include.members(required.map((path) => `${path} is required`));
      // The engine would print a value of what is not there.
      for (const { property } of failures) expect(property).to.equal("");
    });

    it(`never show ${cases[platform.title].title}`, async () => {
      const { host } = bench();
      const { before, changed, wrong, says } = cases[platform.title];
      const olds = (await host.check({}, { ...inputs, ...before })).inputs;
      const refused = await host.check(olds, { ...inputs, ...changed });
      const misfit = await host.check({}, { ...inputs, ...wrong });
      expect(reasons(refused).join()).to.contain("cannot change in place");
      expect(reasons(misfit)).to.deep.equal([says]);
      for (const { failures } of [refused, misfit]) {
        expect(JSON.stringify(failures)).not.to.contain(canary);
        // The engine prints the value of the property that it is told of.
        for (const { property } of failures) expect(property).to.equal("");
      }
    });

    it("do not come up for a change that does not matter, nor for one that is allowed", async () => {
      const { host } = bench();
      const olds = { ...(await host.check({}, inputs)).inputs, connection: {} };
      for (const name of ["adopt", "allowReplace"]) {
        const { inputs: news, failures } = await host.check(olds, { ...inputs, [name]: true });
        expect(failures).to.deep.equal([]);
        const diff = await host.diff(`${platform.scope}/some-id`, olds, news);
        expect(diff.changes, name).to.equal("none");
      }
      const other = { ...inputs, name: "another", allowReplace: true };
      const { inputs: news, failures } = await host.check(olds, other);
      expect(failures).to.deep.equal([]);
      expect(await host.diff(`${platform.scope}/some-id`, olds, news)).to.deep.include({
        changes: "some",
        replaces: ["name"],
        deleteBeforeReplace: true,
      });
    });

    it("cost no call but the one look at what there is", () => {
      const asked = bench().emulator.requests.map(({ operationId }) => operationId);
      expect(asked.sort()).to.deep.equal(platform.looks);
    });
  });
}
