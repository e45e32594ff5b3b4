import { expect } from "chai";
import { licenceProblems, runtimeLicences } from "../../scripts/ci/licences";

const licensed = (licence: string) => [{ name: "demo", version: "1.0.0", licence, neededBy: [""] }];

describe("the check of licences", () => {
  for (const licence of ["MIT", "(GPL-3.0-only OR MIT)", "MIT AND Apache-2.0"]) {
    it(`allows ${licence}`, () => {
      expect(licenceProblems(licensed(licence))).to.deep.equal([]);
    });
  }

  for (const licence of [
    "GPL-3.0-only",
    "MIT AND GPL-3.0-only",
    "UNLICENSED",
    "SEE LICENSE IN LICENSE.txt",
    "none stated",
    "",
  ]) {
    it(`refuses ${licence === "" ? "an empty text" : licence}, with the package's name`, () => {
      expect(licenceProblems(licensed(licence))).to.deep.equal([
        `demo 1.0.0: licence ${licence} is not allowed`,
      ]);
    });
  }

  it("looks at what users install, at any depth, and at nothing else", () => {
    const packages = runtimeLicences();
    const names = packages.map(({ name }) => name);
    // whatwg-url comes with node-fetch; mocha is for developers.
    expect(names).to.include.members(["io-ts", "node-fetch", "whatwg-url"]);
    expect(names).to.not.include("mocha");
    expect(packages.find(({ name }) => name === "fp-ts")?.neededBy).to.include("");
    expect(packages.find(({ name }) => name === "whatwg-url")?.neededBy).to.deep.equal([
      "node-fetch",
    ]);
  });
});
