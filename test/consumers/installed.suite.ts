import { expect } from "chai";
import type { Consumer } from "../support/consumer";
import { installedConsumer, type Manager } from "../support/installed";
import { parseRecord } from "../support/json";
import { bunBinary, nodeBinary, orSkip } from "../support/registry";
import { describeProgram } from "./observed";
import { commonjsProgram, moduleProgram, observer } from "./programs";

const managers: readonly Manager[] = ["npm", "pnpm", "yarn", "bun"];

/** What the plugin process does: it loads the providers from the project's folder. */
const resolution = `
const { createRequire } = require("node:module");
const { join } = require("node:path");
const fromProject = createRequire(join(process.cwd(), "program.js"));
const fromPackage = createRequire(fromProject.resolve("pulumi-paas-addons/package.json"));
const sdk = "@pulumi/pulumi/package.json";
console.log(JSON.stringify({
  miget: typeof fromProject("pulumi-paas-addons/miget/provider").create,
  northflank: typeof fromProject("pulumi-paas-addons/northflank/provider").create,
  oneSdk: fromProject.resolve(sdk) === fromPackage.resolve(sdk),
}));
process.exit();
`;

const files = {
  "index.js": commonjsProgram,
  "index.mjs": moduleProgram,
  "observe.cjs": observer,
  "resolve.js": resolution,
};

for (const manager of managers) {
  let consumer: Consumer | undefined;
  const installed = async () => (consumer ??= await installedConsumer({ manager, files }));

  describeProgram(`the package installed by ${manager}`, async () =>
    (await installed()).node("index.js", ["--require", "./observe.cjs"]),
  );

  describe(`the providers installed by ${manager}`, function () {
    this.timeout(600_000);

    after(() => consumer?.dispose());

    it("are found from the project's folder, beside one copy of the SDK", async function () {
      const { folder } = await orSkip(this, installed);
      expect(folder).not.to.equal("");
      const outcome = await (await installed()).node("resolve.js");
      expect(outcome.code, outcome.stderr).to.equal(0);
      expect(parseRecord(outcome.stdout, "what was resolved")).to.deep.equal({
        miget: "function",
        northflank: "function",
        oneSdk: true,
      });
    });
  });
}

/** The ends of the peer range. The newest SDK needs a newer Node than the oldest that we support. */
const sdks = [
  { title: "the oldest SDK", sdk: "3.216.0", node: () => Promise.resolve(process.execPath) },
  { title: "the newest SDK", sdk: "^3.216.0", node: () => nodeBinary("24") },
];

for (const { title, sdk, node } of sdks) {
  let consumer: Consumer | undefined;
  const installed = async () =>
    (consumer ??= await installedConsumer({ sdk, files, node: await node() }));

  after(() => consumer?.dispose());

  for (const file of ["index.js", "index.mjs"]) {
    describeProgram(`${file} with ${title} of the peer range`, async () =>
      (await installed()).node(file, ["--require", "./observe.cjs"]),
    );
  }
}

describeProgram("a program in Bun's runtime", async () => {
  const consumer = await installedConsumer({ manager: "bun", files, node: await bunBinary("1") });
  try {
    return await consumer.node("index.js", ["--preload", "./observe.cjs"]);
  } finally {
    consumer.dispose();
  }
});
