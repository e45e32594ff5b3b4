// What has to be true before a version is published. Takes the version's tag: v1.2.3.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { valid } from "semver";
import { readManifest, root } from "./lock";
import { conclude } from "./verdict";

export function releaseProblems(tag: string, version: string, changelog: string): string[] {
  const entry = sectionOf(changelog, version);
  return [
    ...(valid(version) === version ? [] : [`${version} is not a semantic version`]),
    ...(tag === `v${version}` ? [] : [`the tag is ${tag}, but package.json says ${version}`]),
    ...(entry === undefined ? [`CHANGELOG.md has no section ${version}`] : []),
    ...(entry === "" ? [`CHANGELOG.md says nothing of ${version}`] : []),
    ...((sectionOf(changelog, "[Unreleased]") ?? "") === ""
      ? []
      : ["CHANGELOG.md still has something under Unreleased: it belongs to this version"]),
  ];
}

/** The text under a heading of the second level, without the date that may follow the version. */
function sectionOf(changelog: string, title: string): string | undefined {
  const section = changelog.split(/^## /mu).find(
    (text) =>
      text
        .split("\n")[0]
        ?.replace(/ - \d{4}-\d\d-\d\d$/u, "")
        .trim() === title,
  );
  return section?.split("\n").slice(1).join("\n").trim();
}

if (require.main === module) {
  const changelog = readFileSync(join(root, "CHANGELOG.md"), "utf8");
  conclude({ problems: releaseProblems(process.argv[2] ?? "", readManifest().version, changelog) });
}
