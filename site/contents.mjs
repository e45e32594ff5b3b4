// The documents that are pages of the site: their groups in the sidebar, and their titles there.

export const contents = {
  Introduction: {
    "README.md": "Overview",
    "docs/guides/getting-started-miget.md": "Getting started on Miget",
    "docs/guides/getting-started-northflank.md": "Getting started on Northflank",
    "docs/configuration.md": "Configuration",
    "docs/common-mistakes.md": "Common mistakes",
  },
  Guides: {
    "docs/guides/connect-app.md": "Connect an app",
    "docs/import.md": "Import what exists",
    "docs/guides/move-from-console.md": "Move from the console",
    "docs/guides/rotate-password.md": "Rotate a password",
    "docs/guides/upgrade-version.md": "Upgrade a version",
    "docs/guides/pause-at-night.md": "Pause at night",
    "docs/guides/fork-for-staging.md": "Fork for staging",
    "docs/guides/protect-from-deletion.md": "Protect from deletion",
    "docs/guides/rename-and-move.md": "Rename and move resources",
    "docs/guides/replace-deliberately.md": "Replace deliberately",
    "docs/guides/ci-with-github-actions.md": "CI with GitHub Actions",
    "docs/unit-tests.md": "Unit tests of your program",
  },
  Reference: {
    "docs/miget-addon.md": "MigetAddon",
    "docs/northflank-addon.md": "NorthflankAddon",
    "docs/provider-plugin.md": "Provider plugin",
    "docs/command-line.md": "Command line",
    "docs/look-ups.md": "Look-ups",
    "docs/limits.md": "Limits",
  },
  "In production": {
    "docs/troubleshooting.md": "Troubleshooting",
    "docs/guides/recover-after-a-crash.md": "Recover after a crash",
    "docs/guides/teams-and-state.md": "Teams and state",
    "docs/state-backends.md": "State backends",
    "docs/behaviour.md": "What happens when",
    "docs/reliability.md": "Reliability",
    "docs/performance.md": "Performance",
    "SECURITY.md": "Security",
  },
  Project: {
    "CONTRIBUTING.md": "Contributing",
    "docs/contributing/changes.md": "Changes, step by step",
    "docs/contributing/tests.md": "Tests",
    "docs/contributing/debugging.md": "Debug a provider",
    "docs/contributing/releases.md": "Releases",
    "docs/architecture.md": "Architecture",
    "docs/acceptance.md": "Acceptance",
    "CHANGELOG.md": "Changelog",
    "docs/licenses.md": "Licences",
  },
};

/** Where a file of the repository is on the site, by its path: `docs/guides/a.md` is `guides/a.md`. */
export function routeOf(file) {
  if (file === "README.md") return "overview.md";
  const path = file.replace(/^(?:docs|site\/generated|site)\//u, "");
  return file.includes("/") ? path : path.toLowerCase();
}
