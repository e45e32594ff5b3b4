import { expect } from "chai";
import type { Guide, Seen } from "./guide";

const untouched = ({ emulator, writes }: Seen) => {
  expect(writes).to.deep.equal([]);
  expect(emulator.northflank.addons().map(({ name }) => name)).to.deep.equal(["orders"]);
};

export const renameAndMove: Guide = {
  page: "rename-and-move",
  steps: [
    { does: "up", program: 1 },
    // Without the alias nothing is created or deleted.
    {
      does: "up",
      program: 2,
      edited: [['{ aliases: [{ name: "orders" }] }', "{}"]],
      fails: true,
      holds: untouched,
    },
    { does: "up", program: 2, ops: { "shop-orders": ["same"] }, holds: untouched },
    {
      does: "up",
      program: 3,
      ops: { databases: ["create"], "shop-orders": ["same"] },
      holds: untouched,
    },
  ],
};
