import { expect } from "chai";
import { textOf } from "../../support/json";
import type { Guide, Seen } from "./guide";

const both = (op: string) => ({ orders: [op], sessions: [op] });

async function stateIs({ outputs, emulator }: Seen, miget: string, northflank: string) {
  const { states, ordersUrl } = await outputs();
  expect(states).to.deep.equal([miget, northflank]);
  expect(emulator.northflank.get("sessions", "my-project").status).to.equal(northflank);
  const [orders] = emulator.miget.addons();
  expect(orders?.state).to.equal(miget);
  expect(new URL(textOf(ordersUrl)).password).to.equal(orders?.firstPassword);
}

export const pauseAtNight: Guide = {
  page: "pause-at-night",
  steps: [
    { does: "up", program: 1, holds: (seen) => stateIs(seen, "healthy", "running") },
    {
      does: "up",
      withPreview: true,
      args: ["--config", "paused=true"],
      shows: [1],
      ops: both("update"),
      holds: (seen) => stateIs(seen, "stopped", "paused"),
    },
    {
      does: "up",
      program: 1,
      args: ["--continue-on-error"],
      edited: [
        ["  paused,\n", '  paused,\n  passwordVersion: "2026-11",\n'],
        ["1 },\n  paused,\n", '1 },\n  paused,\n  passwordVersion: "2026-11",\n'],
      ],
      fails: true,
      shows: [2, 3],
    },
    {
      does: "up",
      program: 1,
      args: ["--config", "paused=false"],
      shows: [4],
      ops: both("update"),
      holds: (seen) => stateIs(seen, "healthy", "running"),
    },
  ],
};
