import { expect } from "chai";
import { textOf } from "../../support/json";
import type { Guide, Seen } from "./guide";

const invoices = ({ emulator }: Seen) => emulator.northflank.get("invoices-db", "my-project");
const passwordIn = (url: unknown) => new URL(textOf(url)).password;

/** Another version for the second add-on. */
const again = ['1 },\n  passwordVersion: "2026-11"', '1 },\n  passwordVersion: "2026-12"'] as const;

/** The outputs have the present passwords of both. */
async function outputsWork(seen: Seen): Promise<void> {
  const { ordersUrl, invoicesUrl } = await seen.outputs();
  expect(passwordIn(ordersUrl)).to.equal(seen.emulator.miget.addons()[0]?.password);
  expect(passwordIn(invoicesUrl)).to.equal(invoices(seen).validPasswords.at(-1));
}

async function onlyTheNewWorks(seen: Seen): Promise<void> {
  await outputsWork(seen);
  expect(invoices(seen).validPasswords).to.have.length(1);
}

export const rotatePassword: Guide = {
  page: "rotate-password",
  steps: [
    { does: "up", program: 1, holds: outputsWork },
    {
      does: "up",
      withPreview: true,
      program: 2,
      shows: [1, 2],
      ops: { orders: ["update"], "invoices-db": ["update"] },
      holds: async (seen) => {
        await outputsWork(seen);
        expect(invoices(seen).validPasswords).to.have.length(2);
        const { password, firstPassword } = seen.emulator.miget.addons()[0] ?? {};
        expect(password).to.not.equal(firstPassword);
      },
    },
    {
      does: "up",
      program: 2,
      edited: [again],
      fails: true,
      shows: [4],
      holds: (seen) => {
        expect(invoices(seen).validPasswords).to.have.length(2);
      },
    },
    {
      does: "up",
      program: 3,
      shows: [3],
      ops: { orders: ["same"], "invoices-db": ["update"] },
      holds: onlyTheNewWorks,
    },
    {
      does: "up",
      program: 3,
      edited: [again],
      ops: { orders: ["same"], "invoices-db": ["update"] },
      holds: onlyTheNewWorks,
    },
    {
      does: "up",
      program: 3,
      edited: [
        ['  passwordVersion: "2026-11",\n', ""],
        ['  passwordVersion: "2026-11",\n', ""],
      ],
      shows: [5],
      holds: ({ writes }) => {
        expect(writes).to.deep.equal([]);
      },
    },
  ],
};
