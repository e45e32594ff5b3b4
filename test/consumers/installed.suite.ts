import { expect } from "chai";
import type { Consumer } from "../support/consumer";
import { installedConsumer, type InstalledOptions, type Manager } from "../support/installed";
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
  sdk: fromProject(sdk).version,
  bun: process.versions.bun !== undefined,
  undeclared: (() => {
    try { return fromProject.resolve("io-ts") !== ""; } catch { return false; }
  })(),
}));
process.exit();
`;

const files = {
  "index.js": commonjsProgram,
  "index.mjs": moduleProgram,
  "observe.cjs": observer,
  "resolve.js": resolution,
};

const oldest = "3.216.0";
const install = (options: Omit<InstalledOptions, "files">) =>
  installedConsumer({ ...options, files });

/** What is looked at in a project: the SDK, what runs it, what it can load that it did not ask for. */
interface Facts {
  readonly sdk?: RegExp;
  readonly bun?: boolean;
  readonly undeclared?: boolean;
}

/** What is to be found out about a project, however it was installed. */
function describeProject(title: string, install: () => Promise<Consumer>, facts: Facts): void {
  const { sdk = /^3\./, ...others } = facts;
  let consumer: Consumer | undefined;
  const installed = async () => (consumer ??= await install());

  for (const file of ["index.js", "index.mjs"]) {
    describeProgram(`${file} with ${title}`, async () => {
      const running = await installed();
      const isBun = facts.bun === true;
      return running.node(file, [isBun ? "--preload" : "--require", "./observe.cjs"]);
    });
  }

  describe(`the providers with ${title}`, function () {
    this.timeout(600_000);

    after(() => consumer?.dispose());

    it("are found from the project's folder, beside one copy of the SDK", async function () {
      const outcome = await orSkip(this, async () => (await installed()).node("resolve.js"));
      expect(outcome.code, outcome.stderr).to.equal(0);
      const found = parseRecord(outcome.stdout, "what was resolved");
      const functions = { miget: "function", northflank: "function" };
      expect(found).to.include({ ...functions, oneSdk: true, ...others });
      expect(found.sdk).to.match(sdk);
    });
  });
}

for (const manager of managers) {
  // Only pnpm keeps a project from loading what it did not ask for.
  const facts = manager === "pnpm" ? { undeclared: false } : {};
  describeProject(`the package installed by ${manager}`, () => install({ manager }), facts);
}

describeProject("the oldest SDK of the peer range", () => install({ sdk: oldest }), {
  sdk: /^3\.216\.0$/,
});

// It needs a newer Node than the oldest that we support. By its tag: for a range, npm takes the newest that is made for the Node that npm runs on.
describeProject(
  "the newest SDK of the peer range",
  async () => install({ sdk: "latest", node: await nodeBinary("24") }),
  // Later than the repository's own.
  { sdk: /^3\.(?:2[5-9]\d|[3-9]\d\d|\d{4,})\./ },
);

describeProject(
  "Bun's runtime",
  async () => install({ manager: "bun", node: await bunBinary("1") }),
  { bun: true },
);
