import { expect } from "chai";
import type { Guide } from "./guide";

export const gettingStartedMiget: Guide = {
  page: "getting-started-miget",
  steps: [
    {
      does: { addons: ["doctor", "--platform", "miget"] },
      shows: [1],
    },
    {
      does: "up",
      withPreview: true,
      program: 1,
      shows: [2, 3],
      holds: ({ emulator }) => {
        expect(
          emulator.miget.addons().map(({ ramMib, diskGib }) => [ramMib, diskGib]),
        ).to.deep.equal([[256, 1]]);
      },
    },
    { does: { pulumi: ["stack", "output"] }, shows: [4] },
    {
      does: { pulumi: ["stack", "output", "databaseUrl", "--show-secrets"] },
      reveals: true,
      shows: [5],
    },
    {
      does: "up",
      program: 2,
      elsewhere: ({ miget }) => {
        miget.capacity = { ramMib: 300 };
      },
      fails: true,
      shows: [8],
      holds: ({ emulator }) => {
        expect(emulator.miget.addons()[0]?.ramMib).to.equal(256);
        emulator.miget.capacity = {};
      },
    },
    {
      does: "up",
      shows: [6],
      ops: { orders: ["update"] },
      holds: ({ emulator }) => {
        expect(emulator.miget.addons()[0]?.ramMib).to.equal(512);
      },
    },
    {
      does: "destroy",
      shows: [7],
      holds: ({ emulator }) => {
        expect(emulator.miget.addons()).to.deep.equal([]);
      },
    },
  ],
};
