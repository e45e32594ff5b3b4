import { expect } from "chai";

describe("what a check of .ci/run counts as", () => {
  const counts = () => import("../../scripts/ci/counts.mjs");

  it("is one that passed or failed", async () => {
    const { countOne, markOf } = await counts();
    expect(countOne({ code: 0, output: "" })).to.deep.equal({ passed: 1, failed: 0 });
    expect(countOne({ code: 1, output: "" })).to.deep.equal({ passed: 0, failed: 1 });
    expect(markOf({ passed: 0, failed: 1 })).to.equal("FAILED");
    expect(markOf({ passed: 1, failed: 0 }).trim()).to.equal("ok");
    expect(markOf({ passed: 0, failed: 0 }).trim()).to.equal("?");
  });

  it("is every test of mocha's last totals, coloured or not", async () => {
    const { countTests } = await counts();
    const output = "1 passing\n  \u001b[32m 20 passing\u001b[0m (3s)\n  2 pending\n  3 failing\n";
    expect(countTests({ code: 3, output })).to.deep.equal({ passed: 20, failed: 3 });
  });

  it("is a failure where mocha ended badly without a failing test", async () => {
    const { countTests } = await counts();
    const output = "  20 passing (3s)\n";
    expect(countTests({ code: 0, output })).to.deep.equal({ passed: 20, failed: 0 });
    expect(countTests({ code: 1, output })).to.deep.equal({ passed: 20, failed: 1 });
    expect(countTests({ code: 1, output: "" })).to.deep.equal({ passed: 0, failed: 1 });
  });

  // In npm 10's and 11's words.
  for (const silence of [
    "npm error audit endpoint returned an error",
    "npm error code ENOTFOUND\nnpm error syscall getaddrinfo",
    "npm error code E405",
    "npm error code TUF_DOWNLOAD_TARGET_ERROR",
    "npm error found no dependencies to audit that were installed from a supported registry",
  ]) {
    it(`is nothing where the registry did not answer: ${silence.split("\n")[0] ?? ""}`, async () => {
      const { countAnswered } = await counts();
      const output = `npm warn audit 405\n${silence}\n`;
      expect(countAnswered({ code: 1, output })).to.deep.equal({ passed: 0, failed: 0 });
      expect(countAnswered({ code: 0, output })).to.deep.equal({ passed: 1, failed: 0 });
    });
  }

  for (const problem of ["demo  <1.2.0\nSeverity: high", "npm error code EUSAGE", ""]) {
    it(`is a failure where it did: ${problem.replace("\n", " ")}`, async () => {
      const { countAnswered } = await counts();
      expect(countAnswered({ code: 1, output: problem })).to.deep.equal({ passed: 0, failed: 1 });
    });
  }
});
