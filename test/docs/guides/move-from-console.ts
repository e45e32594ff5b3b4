import { expect } from "chai";
import { DEFAULT_APP } from "../../emulator/index";
import type { Guide, Step } from "./guide";

const billing = { deploymentPlan: "nf-compute-20", storage: 12288, replicas: 1 };

const nothingSent: Step["holds"] = ({ writes }) => {
  expect(writes).to.deep.equal([]);
};

export const moveFromConsole: Guide = {
  page: "move-from-console",
  before: ({ miget, northflank }) => {
    northflank.seed(
      { name: "Orders DB", type: "postgresql", version: "16.4", billing, tlsEnabled: true },
      "my-project",
    );
    miget.seed(DEFAULT_APP, {
      type: "postgres",
      label: "orders",
      name: "orders",
      postgres_version: "16",
    });
  },
  steps: [
    {
      does: { addons: ["import", "--platform", "northflank", "--project", "my-project"] },
      prints: 1,
      shows: [1],
    },
    {
      does: "up",
      program: 1,
      edited: [["storage: 12288", "storage: 6144"]],
      fails: true,
      shows: [4],
      holds: nothingSent,
    },
    {
      does: "up",
      program: 1,
      shows: [2],
      ops: { "orders-db": ["create"] },
      holds: nothingSent,
    },
    {
      does: "up",
      program: 1,
      edited: [
        ["  backupSchedules: [],\n});", "  backupSchedules: [],\n}, { retainOnDelete: true });"],
      ],
      holds: nothingSent,
    },
    {
      does: "up",
      program: 2,
      fails: true,
      shows: [3],
      holds: nothingSent,
      ops: { orders: ["create"] },
    },
    {
      does: "up",
      program: 3,
      ops: { orders: ["create"], "orders-db": ["delete"] },
      holds: nothingSent,
    },
    {
      does: "up",
      program: 4,
      holds: nothingSent,
    },
    {
      does: "destroy",
      shows: [5],
      holds: ({ emulator, writes }) => {
        expect(writes).to.deep.equal([]);
        expect(emulator.miget.addons()).to.have.length(1);
        expect(emulator.northflank.addons()).to.have.length(1);
      },
    },
  ],
};
