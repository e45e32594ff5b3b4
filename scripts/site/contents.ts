// Which documents of the repository are pages of the site, in which order, under which titles.

export interface Page {
  /** The document, by its path in the repository. */
  readonly file: string;
  /** What the sidebar calls it. */
  readonly title: string;
}

export interface Group {
  readonly title: string;
  readonly pages: readonly Page[];
}

export const contents: readonly Group[] = [
  {
    title: "Introduction",
    pages: [{ file: "README.md", title: "Overview" }],
  },
  {
    title: "Guides",
    pages: [
      { file: "docs/guides/getting-started-miget.md", title: "Getting started on Miget" },
      { file: "docs/guides/getting-started-northflank.md", title: "Getting started on Northflank" },
      { file: "docs/guides/connect-app.md", title: "Connect an app" },
      { file: "docs/guides/rotate-password.md", title: "Rotate a password" },
      { file: "docs/guides/upgrade-version.md", title: "Upgrade a version" },
      { file: "docs/guides/pause-at-night.md", title: "Pause at night" },
      { file: "docs/guides/fork-for-staging.md", title: "Fork for staging" },
      { file: "docs/guides/move-from-console.md", title: "Move from the console" },
      { file: "docs/guides/replace-deliberately.md", title: "Replace deliberately" },
      { file: "docs/guides/ci-with-github-actions.md", title: "CI with GitHub Actions" },
      { file: "docs/unit-tests.md", title: "Unit tests of your program" },
    ],
  },
  {
    title: "Reference",
    pages: [
      { file: "docs/miget-addon.md", title: "MigetAddon" },
      { file: "docs/northflank-addon.md", title: "NorthflankAddon" },
      { file: "docs/provider-plugin.md", title: "Provider plugin" },
      { file: "docs/command-line.md", title: "Command line" },
    ],
  },
  {
    title: "In production",
    pages: [
      { file: "docs/troubleshooting.md", title: "Troubleshooting" },
      { file: "docs/guides/recover-after-a-crash.md", title: "Recover after a crash" },
      { file: "docs/guides/teams-and-state.md", title: "Teams and state" },
      { file: "docs/state-backends.md", title: "State backends" },
      { file: "docs/reliability.md", title: "Reliability" },
      { file: "docs/performance.md", title: "Performance" },
      { file: "SECURITY.md", title: "Security" },
    ],
  },
  {
    title: "Project",
    pages: [
      { file: "CONTRIBUTING.md", title: "Contributing" },
      { file: "docs/architecture.md", title: "Architecture" },
      { file: "CHANGELOG.md", title: "Changelog" },
      { file: "docs/licenses.md", title: "Licences" },
    ],
  },
];

/** What is wrong with the table: `documents` are the files that have to be in it, each once. */
export function contentsProblems(
  groups: readonly Group[],
  documents: readonly string[],
): readonly string[] {
  const named = groups.flatMap(({ pages }) => pages.map(({ file }) => file));
  return [
    ...documents
      .filter((file) => !named.includes(file))
      .map((file) => `${file} is in no group of scripts/site/contents.ts`),
    ...named
      .filter((file) => !documents.includes(file))
      .map((file) => `scripts/site/contents.ts names ${file}, which is not there`),
    ...named
      .filter((file, index) => named.indexOf(file) !== index)
      .map((file) => `scripts/site/contents.ts names ${file} twice`),
  ];
}

/** Where the page of a document is on the site. */
export function routeOf(file: string): string {
  if (file === "README.md") return "/overview";
  return `/${file
    .replace(/^docs\//u, "")
    .replace(/\.md$/u, "")
    .toLowerCase()}`;
}
