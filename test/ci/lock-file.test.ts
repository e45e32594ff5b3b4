import { expect } from "chai";
import { readLock, readManifest, type Lock, type Manifest } from "../../scripts/ci/lock";
import { lockedFolders, lockProblems } from "../../scripts/ci/lock-file";

const manifest: Manifest = {
  name: "demo",
  version: "1.0.0",
  engines: { node: ">=20.19.0" },
  dependencies: { ms: "^2.1.0" },
  devDependencies: { tool: "^1.0.0" },
};
const locked = { version: "2.1.3", integrity: "sha512-made-up" };
const lock: Lock = {
  lockfileVersion: 3,
  packages: {
    "": { dependencies: { ms: "^2.1.0" }, devDependencies: { tool: "^1.0.0" } },
    "node_modules/ms": locked,
    "node_modules/tool": { ...locked, dev: true, hasInstallScript: true },
  },
};
const withEntry = (path: string, entry: Lock["packages"][string]): Lock => ({
  ...lock,
  packages: { ...lock.packages, [path]: entry },
});

describe("the check of the lock file", () => {
  it("finds nothing in a good one, nor in those of this repository", () => {
    expect(lockProblems(lock, manifest)).to.deep.equal([]);
    for (const folder of lockedFolders) {
      expect(lockProblems(readLock(folder), readManifest(folder)), folder).to.deep.equal([]);
    }
  });

  const faults: readonly (readonly [
    what: string,
    fault: readonly [Lock, Manifest],
    problem: RegExp,
  ])[] = [
    [
      "a request that the lock does not know, though a version of it is there",
      [lock, { ...manifest, dependencies: { ms: "^2.1.0", tool: "^1.0.0" } }],
      /dependencies are not those of package.json. Run npm install/,
    ],
    [
      "a package without a hash",
      [withEntry("node_modules/ms", { version: "2.1.3" }), manifest],
      /^node_modules\/ms: no integrity hash$/,
    ],
    [
      "a host",
      [withEntry("node_modules/ms", { ...locked, resolved: "https://example.com/ms" }), manifest],
      /^node_modules\/ms: names the host/,
    ],
    [
      "a runtime dependency that runs at installation",
      [
        withEntry("node_modules/a/node_modules/@b/c", { ...locked, hasInstallScript: true }),
        manifest,
      ],
      /^node_modules\/a\/node_modules\/@b\/c: a runtime dependency has an install script$/,
    ],
    [
      "a package that the oldest Node cannot run, a developer's too",
      [
        withEntry("node_modules/tool", { ...locked, dev: true, engines: { node: ">=22" } }),
        manifest,
      ],
      /^node_modules\/tool: tool needs Node >=22, which Node 20\.19\.0 is not$/,
    ],
    ...["preinstall", "install", "postinstall", "prepare"].map(
      (name) =>
        [
          `a script ${name} of the package's own`,
          [lock, { ...manifest, scripts: { [name]: "true" } }],
          new RegExp(`the script ${name} at installation`),
        ] as const,
    ),
  ];

  for (const [what, fault, problem] of faults) {
    it(`finds ${what}`, () => {
      const problems = lockProblems(...fault);
      expect(problems).to.have.length(1);
      expect(problems[0]).to.match(problem);
    });
  }
});
