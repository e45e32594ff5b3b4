// The lock files say what is installed, from anywhere, and nothing of it may run by being installed.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { minVersion, satisfies } from "semver";
import {
  nameIn,
  readLock,
  readManifest,
  root,
  runtimeEntries,
  type Lock,
  type Manifest,
} from "./lock";
import { conclude } from "./verdict";

const asked = [
  "dependencies",
  "devDependencies",
  "peerDependencies",
  "optionalDependencies",
] as const;

/** Scripts that npm runs by itself when a package is installed. */
const installScripts = [
  ...["preinstall", "install", "postinstall"],
  ...["preprepare", "prepare", "postprepare", "prepublish"],
];

export function lockProblems(lock: Lock, manifest: Manifest): string[] {
  return [
    ...outOfStep(lock, manifest),
    ...installScripts
      .filter((name) => manifest.scripts?.[name] !== undefined)
      .map((name) => `package.json: npm would run the script ${name} at installation`),
    ...lockedProblems(lock, manifest.engines.node),
    ...runtimeEntries(lock)
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([path]) => `${path}: a runtime dependency has an install script`),
  ];
}

/** npm ci accepts a request that something else in the lock happens to meet; this does not. */
function outOfStep(lock: Lock, manifest: Manifest): string[] {
  const own = lock.packages[""] ?? {};
  return asked
    .filter((kind) => !isDeepStrictEqual({ ...own[kind] }, { ...manifest[kind] }))
    .map((kind) => `package-lock.json: ${kind} are not those of package.json. Run npm install`);
}

function lockedProblems({ packages }: Lock, nodeRange: string): string[] {
  const oldest = minVersion(nodeRange)?.version ?? nodeRange;
  return Object.entries(packages)
    .filter(([path]) => path !== "")
    .flatMap(([path, { integrity, resolved, engines }]) => {
      const node = engines !== undefined && "node" in engines ? engines.node : undefined;
      return [
        ...(integrity === undefined ? [`${path}: no integrity hash`] : []),
        ...(resolved === undefined ? [] : [`${path}: names the host that it was taken from`]),
        ...(node === undefined || satisfies(oldest, node)
          ? []
          : [`${path}: ${nameIn(path)} needs Node ${node}, which Node ${oldest} is not`]),
      ];
    });
}

/** Whether the lock file is complete: npm works out what it would install, and installs nothing. */
function incomplete(folder: string): string[] {
  const args = ["ci", "--dry-run", "--ignore-scripts", "--offline", "--loglevel=error"];
  const windows = process.platform === "win32";
  const { status, stderr } = spawnSync("npm", args, {
    cwd: join(root, folder),
    encoding: "utf8",
    shell: windows,
  });
  // npm's messages name the registry that this machine uses.
  const message = stderr.replaceAll(/https?:\/\/\S+/gu, "(address)");
  return status === 0 ? [] : [`npm ci would fail:\n${message}`];
}

/** What is installed for the package, and for its documentation site. */
export const lockedFolders = ["", "site"] as const;

if (require.main === module) {
  const checks = lockedFolders.map((folder) => {
    const lock = readLock(folder);
    const problems = [...lockProblems(lock, readManifest(folder)), ...incomplete(folder)];
    return { folder, problems, count: Object.keys(lock.packages).length - 1 };
  });
  conclude({
    problems: checks.flatMap(({ folder, problems }) =>
      problems.map((problem) => join(folder, problem)),
    ),
    notes: [
      ...checks.map(
        ({ folder, count }) =>
          `${count} packages are locked in ${join(folder, "package-lock.json")}`,
      ),
      `${runtimeEntries(readLock()).length} of them are for users`,
    ],
  });
}
