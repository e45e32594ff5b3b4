import { expect } from "chai";
import { DEFAULT_APP, DEFAULT_PROJECT } from "../../emulator/index";
import { Harness } from "../../support/harness";

const programs = {
  miget: {
    appUuid: DEFAULT_APP,
    type: "valkey",
    name: "cache",
    label: "cache",
    valkeyVersion: "7.2",
  },
  northflank: {
    projectId: DEFAULT_PROJECT,
    type: "postgresql",
    version: "16.4",
    name: "orders",
    billing: { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 },
  },
} as const;

describe("a platform that cannot be reached", () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await Harness.start();
  });
  afterEach(async () => harness.close());

  for (const [platform, variable, change] of [
    ["miget", "MIGET_BASE_URL", { label: "other" }],
    ["northflank", "NORTHFLANK_BASE_URL", { description: "other" }],
  ] as const) {
    const title = platform === "miget" ? "Miget" : "Northflank";

    it(`fails each operation of ${title} within a minute, with the setting to check`, async () => {
      const provider = harness[platform]();
      const { id, outs } = await harness.run(provider.create(programs[platform]));
      await harness.emulator.refuseConnections();
      const operations = [
        () => harness[platform]().create({ ...programs[platform], name: "other" }),
        () => harness[platform]().read(id, outs),
        () => harness[platform]().update(id, outs, { ...programs[platform], ...change }),
        () => harness[platform]().delete(id, outs),
      ];
      for (const operation of operations) {
        const begin = harness.clock.elapsed();
        const { message } = await harness.failure(operation());
        expect(message).to.equal(
          `${title} cannot be reached: 127.0.0.1 refuses the connection (ECONNREFUSED). Check ${variable}, which is ${harness.env[variable] ?? ""}, and the network.`,
        );
        expect(harness.clock.elapsed() - begin).to.be.at.most(60_000);
      }
      await harness.emulator.acceptConnections();
    });

    it(`says so while it waits for ${title}, the reason first`, async () => {
      await harness.emulator.refuseConnections();
      await harness.failure(harness[platform]().create(programs[platform]));
      await harness.emulator.acceptConnections();
      expect(harness.lines).to.not.deep.equal([]);
      for (const line of harness.lines)
        expect(line).to.match(
          new RegExp(`^${title} cannot be reached: .* \\(ECONNREFUSED\\)`, "u"),
        );
    });
  }

  it("does not name the base URL where it is the default", async () => {
    const env = { ...harness.env, MIGET_BASE_URL: "" };
    const transport = () =>
      Promise.reject(
        Object.assign(new Error("request failed, reason: getaddrinfo ENOTFOUND"), {
          code: "ENOTFOUND",
        }),
      );
    const provider = harness.miget({ ...harness.runtime(), env, transport });
    const { message } = await harness.failure(provider.create(programs.miget));
    expect(message).to.equal(
      "Miget cannot be reached: app.miget.com is not known (ENOTFOUND). Check the network, and HTTPS_PROXY where there is a proxy.",
    );
  });
});
