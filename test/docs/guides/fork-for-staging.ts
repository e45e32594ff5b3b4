import { expect } from "chai";
import { textOf } from "../../support/json";
import type { Guide, Seen } from "./guide";

const production = ({ emulator }: Pick<Seen, "emulator">) =>
  emulator.northflank.get("orders-db", "my-project");

export const forkForStaging: Guide = {
  page: "fork-for-staging",
  steps: [
    {
      does: "up",
      program: 2,
      fails: true,
      shows: [3],
      holds: ({ emulator }) => {
        expect(emulator.northflank.addons().map(({ id }) => id)).to.deep.equal(["orders-db"]);
      },
    },
    {
      does: "up",
      withPreview: true,
      elsewhere: ({ northflank }) => {
        northflank.addBackup("orders-db", { name: "Nightly" }, "my-project");
        northflank.addBackup("orders-db", { name: "Before release 7" }, "my-project");
      },
      shows: [1],
      ops: { "orders-db": ["same"], "orders-staging": ["create"] },
      holds: ({ emulator }) => {
        const { input } = emulator.northflank.get("orders-staging", "my-project");
        expect(input.source).to.deep.equal({ addonId: "orders-db", backupId: "latest" });
      },
    },
    {
      does: "up",
      withPreview: true,
      config: { stagingBackup: "before-release-7" },
      shows: [2],
      ops: {
        "orders-db": ["same"],
        "orders-staging": ["delete-replaced", "replace", "create-replacement"],
      },
      holds: (seen) => {
        const { input } = seen.emulator.northflank.get("orders-staging", "my-project");
        expect(input.source).to.deep.include({ backupId: "before-release-7" });
        expect(production(seen).uid).to.be.a("string");
        expect(seen.writes.filter((write) => write.includes("orders-db"))).to.deep.equal([]);
      },
    },
    {
      does: "up",
      program: 3,
      ops: {
        "orders-db": ["same"],
        "orders-staging": ["same"],
        shop: ["create"],
        "shop-staging": ["create"],
      },
      holds: async ({ outputs }) => {
        const { shopUrl, shopStagingUrl } = await outputs();
        for (const url of [shopUrl, shopStagingUrl]) {
          expect(new URL(textOf(url)).protocol).to.equal("postgres:");
        }
        expect(shopUrl).to.not.equal(shopStagingUrl);
      },
    },
  ],
};
