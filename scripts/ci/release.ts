// What has to be true before a version is published. Takes the version's tag: v1.2.3.

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseRecord, textOf } from "../../test/support/json";

export interface Released {
  readonly version: string;
  readonly repository?: unknown;
}

export function releaseProblems(tag: string, manifest: Released, changelog: string): string[] {
  const { version, repository } = manifest;
  const entry = sectionOf(changelog, version);
  return [
    ...(/^\d+\.\d+\.\d+$/u.test(version) ? [] : [`${version} is not a version of a release`]),
    ...(tag === `v${version}` ? [] : [`the tag is ${tag}, but package.json says ${version}`]),
    ...(repository === undefined ? ["package.json names no repository"] : []),
    ...(entry === undefined ? [`CHANGELOG.md has no section ${version}`] : []),
    ...(entry === "" ? [`CHANGELOG.md says nothing of ${version}`] : []),
    ...((sectionOf(changelog, "[Unreleased]") ?? "") === ""
      ? []
      : ["CHANGELOG.md still has something under Unreleased: it belongs to this version"]),
  ];
}

/** The text under a heading of the second level, without the date that may follow the version. */
function sectionOf(changelog: string, title: string): string | undefined {
  const [, ...sections] = changelog.split(/^## /mu);
  const section = sections
    .map((text) => text.split("\n"))
    .find(([heading = ""]) => heading.replace(/ - \d{4}-\d\d-\d\d$/u, "").trim() === title);
  return section?.slice(1).join("\n").trim();
}

if (require.main === module) {
  const text = (file: string) => readFileSync(join(resolve(__dirname, "../.."), file), "utf8");
  const { version, repository } = parseRecord(text("package.json"), "package.json");
  const manifest = { version: textOf(version), repository };
  const problems = releaseProblems(process.argv[2] ?? "", manifest, text("CHANGELOG.md"));
  for (const problem of problems) console.log(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
