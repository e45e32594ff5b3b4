import { expect } from "chai";
import type { Guide } from "./guide";

export const upgradeVersion: Guide = {
  page: "upgrade-version",
  steps: [
    { does: "up", program: 1 },
    {
      does: "up",
      program: 2,
      edited: [["17-latest", "18-latest"]],
      fails: true,
      shows: [4],
      holds: ({ emulator }) => {
        expect(emulator.northflank.get("invoices-db", "my-project").version).to.equal("16.4");
      },
    },
    {
      does: "up",
      withPreview: true,
      program: 2,
      shows: [1],
      ops: { "invoices-db": ["update"] },
      holds: async ({ emulator, outputs }) => {
        expect(await outputs()).to.deep.equal({ running: "17.2" });
        expect(emulator.northflank.get("invoices-db", "my-project").version).to.equal("17.2");
      },
    },
    { does: "preview", edited: [["17-latest", "16-latest"]], program: 3, fails: true, shows: [5] },
    {
      does: "up",
      program: 4,
      ops: { "invoices-db": ["delete"], orders: ["create"] },
    },
    { does: "preview", program: 4, edited: [['"16"', '"17"']], fails: true, shows: [2] },
    { does: "up", program: 5, ops: { orders: ["same"], "orders-17": ["create"] } },
    {
      does: "up",
      program: 6,
      shows: [3],
      ops: { orders: ["delete"], "orders-17": ["same"] },
      holds: ({ emulator }) => {
        expect(emulator.miget.addons().map(({ label }) => label)).to.deep.equal(["orders-17"]);
      },
    },
  ],
};
