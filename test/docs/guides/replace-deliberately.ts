import { expect } from "chai";
import type { Guide, Step } from "./guide";

let before: string | undefined;
const nothingSent: Step["holds"] = ({ writes }) => {
  expect(writes).to.deep.equal([]);
};

export const replaceDeliberately: Guide = {
  page: "replace-deliberately",
  steps: [
    {
      does: "up",
      program: 1,
      holds: ({ emulator }) => {
        before = emulator.miget.addons()[0]?.uuid;
      },
    },
    {
      does: "preview",
      program: 1,
      edited: [['"16"', '"17"']],
      fails: true,
      shows: [1],
      holds: nothingSent,
    },
    {
      does: "preview",
      program: 2,
      args: ["--diff"],
      shows: [2],
      ops: { reports: ["delete-replaced", "replace", "create-replacement"] },
      holds: nothingSent,
    },
    {
      does: "up",
      program: 2,
      shows: [3],
      ops: { reports: ["delete-replaced", "replace", "create-replacement"] },
      holds: ({ emulator }) => {
        const there = emulator.miget.addons();
        expect(there).to.have.length(1);
        expect(there[0]?.uuid).to.not.equal(before);
      },
    },
    {
      does: "up",
      program: 2,
      edited: [
        ["  allowReplace: true,\n", ""],
        ["\n});", "\n}, { protect: true });"],
      ],
      shows: [4],
      holds: nothingSent,
    },
    {
      does: "preview",
      program: 2,
      edited: [
        ['"17"', '"18"'],
        ["\n});", "\n}, { protect: true });"],
      ],
      fails: true,
      shows: [5],
      ops: { reports: ["delete-replaced", "replace", "create-replacement"] },
      holds: nothingSent,
    },
  ],
};
