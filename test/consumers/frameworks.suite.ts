import { expect } from "chai";
import { join } from "node:path";
import { unitTests, type Framework } from "../examples/unit-tests";
import type { Consumer } from "../support/consumer";
import { installedConsumer } from "../support/installed";
import { orSkip } from "../support/registry";

interface Runner {
  readonly framework: Framework;
  readonly also: Readonly<Record<string, string>>;
  /** As docs/unit-tests.md says. */
  readonly manifest?: object;
  readonly program: string;
  readonly arguments: readonly string[];
  readonly passed: RegExp;
}

const typescript = { typescript: "5", "@types/node": "20" };

const runners: readonly Runner[] = [
  {
    framework: "mocha",
    also: { ...typescript, mocha: "11", tsx: "4", "@types/mocha": "10" },
    program: "mocha/bin/mocha.js",
    arguments: ["--import=tsx", "mocha/*.test.ts"],
    passed: /2 passing/,
  },
  {
    framework: "vitest",
    also: { ...typescript, vitest: "4" },
    program: "vitest/vitest.mjs",
    arguments: ["run", "--dir", "vitest"],
    passed: /3 passed/,
  },
  {
    framework: "jest",
    also: { ...typescript, jest: "30", "ts-jest": "29", "@types/jest": "30" },
    manifest: { jest: { preset: "ts-jest" } },
    program: "jest/bin/jest.js",
    arguments: ["jest/"],
    passed: /3 passed/,
  },
];

for (const runner of runners) {
  const { framework, also, manifest = {} } = runner;

  describe(`the example's unit tests in ${framework}`, function () {
    this.timeout(600_000);

    let consumer: Consumer;
    const right = unitTests(framework);

    before(async function () {
      const files = {
        ...right,
        "tsconfig.json":
          right["tsconfig.json"]?.replace('"mocha", "vitest", "jest"', `"${framework}"`) ?? "",
      };
      const install = () => installedConsumer({ files, also, manifest });
      consumer = await orSkip(this, install);
    });

    after(() => {
      // It is not there where the suite was skipped.
      if (typeof consumer === "object") consumer.dispose();
    });

    const run = () => consumer.node(join("node_modules", runner.program), [], {}, runner.arguments);

    it("pass", async () => {
      const { code, stdout, stderr } = await run();
      expect(code, stdout + stderr).to.equal(0);
      expect(stdout + stderr).to.match(runner.passed);
    });

    it("have right types", async () => {
      const { code, stdout } = await consumer.tsc();
      expect(code, stdout).to.equal(0);
    });

    it("notice what is wrong with the program", async () => {
      consumer.write("index.ts", right["index.ts"]?.replace("? 2 : 1", "? 1 : 2") ?? "");
      const { code, stdout, stderr } = await run();
      expect(code, stdout + stderr).to.equal(1);
      expect(stdout + stderr).to.contain("declares the newest PostgreSQL 16");
    });
  });
}
