import { expect } from "chai";

describe("totals of the CI script", () => {
  async function totals(output: string) {
    const { mochaTotals } = await import("../../scripts/ci/mocha-totals.mjs");
    return mochaTotals(output);
  }

  it("are those at the end of mocha's output, coloured or not", async () => {
    const output = "1 passing\n  \u001b[32m 20 passing\u001b[0m (3s)\n  2 pending\n  3 failing\n";
    expect(await totals(output)).to.deep.equal({ passing: 20, pending: 2, failing: 3 });
    expect(await totals("Error: no tests")).to.deep.equal({ passing: 0, pending: 0, failing: 0 });
  });
});
