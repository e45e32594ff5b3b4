import { expect } from "chai";
import { createConsumer, type Consumer } from "./consumer";

describe("consumer harness", function () {
  this.timeout(60_000);

  for (const layout of ["flat", "isolated"] as const) {
    describe(`with ${layout} node_modules`, () => {
      let consumer: Consumer;

      before(async () => {
        const program = `
          const fs = require("fs");
          const own = require.resolve("pulumi-paas-addons/package.json");
          const sdk = "@pulumi/pulumi/package.json";
          const theirs = require("module").createRequire(own).resolve(sdk);
          const answer = { own, same: theirs === require.resolve(sdk) };
          answer.direct = fs.readdirSync("node_modules").filter((name) => !name.startsWith("."));
          console.log(JSON.stringify(answer));`;
        consumer = await createConsumer({ layout, files: { "index.js": program } });
      });

      after(() => consumer.dispose());

      it("has the package outside the repository and one copy of the SDK", async () => {
        const outcome = await consumer.node("index.js");
        expect(outcome.code, outcome.stderr).to.equal(0);
        expect(outcome.stdout).to.contain(consumer.folder).and.to.contain('"same":true');
        expect(outcome.stdout.includes("io-ts")).to.equal(layout === "flat");
      });
    });
  }

  it("checks types", async () => {
    const settings = { compilerOptions: { strict: true, types: [] }, files: ["index.ts"] };
    const consumer = await createConsumer({
      files: { "tsconfig.json": JSON.stringify(settings), "index.ts": 'const n: number = "1";' },
    });
    const outcome = await consumer.tsc();
    consumer.dispose();
    expect(outcome.code).not.to.equal(0);
    expect(outcome.stdout).to.contain("TS2322");
  });
});
