import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readManifest } from "../../scripts/ci/lock";
import { releaseProblems } from "../../scripts/ci/release";
import { repository } from "../support/pack";

const changelog =
  "# Changelog\n\n## [Unreleased]\n\n## 1.2.0 - 2024-05-06\n\n- More.\n\n## 1.1.0\n\n";

describe("the check before a release", () => {
  it("is content when tag, version and changelog agree", () => {
    expect(releaseProblems("v1.2.0", "1.2.0", changelog)).to.deep.equal([]);
  });

  it("can find the present version in this repository's changelog", () => {
    const { version } = readManifest();
    const present = readFileSync(join(repository, "CHANGELOG.md"), "utf8");
    const problems = releaseProblems(`v${version}`, version, present);
    expect(problems.filter((problem) => !problem.includes("Unreleased"))).to.deep.equal([]);
  });

  const faults: readonly [what: string, args: readonly [string, string, string], RegExp][] = [
    ["a tag of another version", ["v1.3.0", "1.2.0", changelog], /the tag is v1\.3\.0/],
    ["a version without a section", ["v1.3.0", "1.3.0", changelog], /no section 1\.3\.0/],
    ["an empty section", ["v1.1.0", "1.1.0", changelog], /says nothing of 1\.1\.0/],
    [
      "changes that were left unreleased",
      ["v1.2.0", "1.2.0", changelog.replace("[Unreleased]\n", "[Unreleased]\n\n- Late.\n")],
      /under Unreleased/,
    ],
    ["a version that is none", ["v1.2", "1.2", `${changelog}## 1.2\n\n- Odd.\n`], /not a semantic/],
  ];
  for (const [what, args, problem] of faults) {
    it(`finds ${what}`, () => {
      const problems = releaseProblems(...args);
      expect(problems).to.have.length(1);
      expect(problems[0]).to.match(problem);
    });
  }
});
