import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { releaseProblems, type Released } from "../../scripts/ci/release";
import { parseRecord, textOf } from "../support/json";
import { repository } from "../support/pack";

const changelog =
  "# Changelog\n\n## [Unreleased]\n\n## 1.2.0 - 2024-05-06\n\n- More.\n\n## 1.1.0\n\n";
const manifest = (version: string): Released => ({ version, repository: "github:example/demo" });

describe("the check before a release", () => {
  it("is content when tag, package.json and changelog agree", () => {
    expect(releaseProblems("v1.2.0", manifest("1.2.0"), changelog)).to.deep.equal([]);
  });

  it("can find the present version in this repository's changelog", () => {
    const text = (file: string) => readFileSync(join(repository, file), "utf8");
    const version = textOf(parseRecord(text("package.json"), "package.json").version);
    const problems = releaseProblems(`v${version}`, manifest(version), text("CHANGELOG.md"));
    expect(problems.filter((problem) => !problem.includes("Unreleased"))).to.deep.equal([]);
  });

  const late = changelog.replace("[Unreleased]\n", "[Unreleased]\n\n- Late.\n");
  const faults: readonly [what: string, args: Parameters<typeof releaseProblems>, RegExp][] = [
    ["a tag of another version", ["v1.3.0", manifest("1.2.0"), changelog], /the tag is v1\.3\.0/],
    ["a version without a section", ["v1.3.0", manifest("1.3.0"), changelog], /no section 1\.3\.0/],
    ["an empty section", ["v1.1.0", manifest("1.1.0"), changelog], /says nothing of 1\.1\.0/],
    ["changes that were left unreleased", ["v1.2.0", manifest("1.2.0"), late], /under Unreleased/],
    [
      "a version that is none",
      ["v1.2", manifest("1.2"), `${changelog}## 1.2\n\n- Odd.\n`],
      /not a version/,
    ],
    ["no address of the repository", ["v1.2.0", { version: "1.2.0" }, changelog], /no repository/],
  ];
  for (const [what, args, problem] of faults) {
    it(`finds ${what}`, () => {
      const problems = releaseProblems(...args);
      expect(problems).to.have.length(1);
      expect(problems[0]).to.match(problem);
    });
  }
});
