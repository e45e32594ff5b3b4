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

describe("what a check counts as", () => {
  const counts = () => import("../../scripts/ci/counts.mjs");

  it("is one that passed, one that failed, or neither if it could not look", async () => {
    const { countOne, markOf, notChecked } = await counts();
    const of = (code: number) => {
      const { passed, failed } = countOne({ code });
      return [passed, failed, markOf({ passed, failed }).trim()];
    };
    expect(of(0)).to.deep.equal([1, 0, "ok"]);
    expect(of(1)).to.deep.equal([0, 1, "FAILED"]);
    expect(of(notChecked)).to.deep.equal([0, 0, "?"]);
  });

  it("is every test of a run, and a failure where it ended badly without a failing test", async () => {
    const { countTests, markOf } = await counts();
    const passing = "  20 passing (3s)\n";
    expect(countTests({ code: 0, output: passing })).to.deep.equal({ passed: 20, failed: 0 });
    const died = countTests({ code: 1, output: passing });
    expect(died).to.deep.equal({ passed: 20, failed: 1 });
    expect(markOf(died)).to.equal("FAILED");
  });
});
