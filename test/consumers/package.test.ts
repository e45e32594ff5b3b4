import { expect } from "chai";
import { createConsumer } from "../support/consumer";
import { packOnce } from "../support/pack";
import { parseRecord } from "../support/json";

/** Loads each entry and says what it exports, or why it could not be loaded. */
const program = (paths: readonly string[]) => `
const found = {};
for (const path of ${JSON.stringify(paths)}) {
  try {
    const loaded = require("pulumi-paas-addons" + path);
    found[path] = path.endsWith("/provider") ? typeof loaded.create : Object.keys(loaded).sort();
  } catch (error) {
    found[path] = error.code;
  }
}
console.log(JSON.stringify(found));
`;

describe("the packed package", function () {
  this.timeout(60_000);

  for (const layout of ["flat", "isolated"] as const) {
    it(`offers its entry points, and nothing beside them (${layout})`, async () => {
      const paths = [
        "",
        "/miget/provider",
        "/northflank/provider",
        "/dist/config",
        "/dist/index.js",
        "/dist/cli/main.js",
      ];
      const consumer = await createConsumer({ layout, files: { "index.js": program(paths) } });
      const outcome = await consumer.node("index.js");
      consumer.dispose();
      expect(outcome.code, outcome.stderr).to.equal(0);
      expect(parseRecord(outcome.stdout, "the exports")).to.deep.equal({
        "": [
          ...[
            "AddonsProvider",
            "MigetAddon",
            "NorthflankAddon",
            "getMigetAddons",
            "getMigetAddonsOutput",
          ],
          ...["getNorthflankAddonTypes", "getNorthflankAddonTypesOutput"],
          ...["getNorthflankAddonVersions", "getNorthflankAddonVersionsOutput"],
          ...["getNorthflankAddons", "getNorthflankAddonsOutput"],
          ...["getNorthflankPlans", "getNorthflankPlansOutput"],
        ],
        "/miget/provider": "function",
        "/northflank/provider": "function",
        "/dist/config": "ERR_PACKAGE_PATH_NOT_EXPORTED",
        "/dist/index.js": "ERR_PACKAGE_PATH_NOT_EXPORTED",
        "/dist/cli/main.js": "ERR_PACKAGE_PATH_NOT_EXPORTED",
      });
    });
  }

  it("holds the compiled files, their types and sources, and no test", async () => {
    const { files } = await packOnce();
    expect(files).to.include.members([
      "package.json",
      "dist/index.js",
      "dist/index.d.ts",
      "dist/cli/main.js",
      "src/index.ts",
    ]);
    expect(
      files.filter((file) => /(?:^|\/)(?:test|scripts|examples|node_modules)\//u.test(file)),
    ).to.deep.equal([]);
  });
});
