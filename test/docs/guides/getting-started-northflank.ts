import { expect } from "chai";
import type { Guide } from "./guide";

export const gettingStartedNorthflank: Guide = {
  page: "getting-started-northflank",
  steps: [
    {
      does: { addons: ["doctor", "--platform", "northflank"] },
      shows: [1],
    },
    {
      does: "preview",
      program: 1,
      edited: [["nf-compute-20", "nf-compute-25"]],
      shows: [8],
      holds: ({ writes }) => {
        expect(writes).to.deep.equal([]);
      },
    },
    { does: "up", withPreview: true, program: 1, shows: [2, 3] },
    { does: { pulumi: ["stack", "output"] }, shows: [4] },
    {
      does: { pulumi: ["stack", "output", "databaseUrl", "--show-secrets"] },
      reveals: true,
      shows: [5],
    },
    {
      does: "up",
      program: 2,
      shows: [6],
      ops: { "billing-db": ["update"] },
      holds: ({ emulator }) => {
        const { input } = emulator.northflank.get("billing-db", "my-project");
        expect(input.billing).to.include({ storage: 12288 });
      },
    },
    {
      does: "destroy",
      shows: [7],
      holds: ({ emulator }) => {
        expect(emulator.northflank.addons()).to.deep.equal([]);
      },
    },
  ],
};
