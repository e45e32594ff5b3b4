import { expect } from "chai";
import { createConsumer } from "../support/consumer";
import { unitTests } from "./unit-tests";

describe("the unit tests of the example, in mocha", function () {
  this.timeout(90_000);

  async function run(change: (program: string) => string = (program) => program) {
    const files = unitTests("mocha");
    const consumer = await createConsumer({
      files: { ...files, "index.ts": change(files["index.ts"] ?? "") },
      also: ["mocha", "tsx"],
    });
    const args = ["--import=tsx", "node_modules/mocha/bin/mocha.js", "--no-config"];
    const outcome = await consumer.node("mocha/program.test.ts", args);
    consumer.dispose();
    return outcome;
  }

  it("pass without a token, a stack or a network", async () => {
    const { code, stdout, stderr } = await run();
    expect(code, stdout + stderr).to.equal(0);
    expect(stdout).to.contain("2 passing");
  });

  it("notice what is wrong with the program", async () => {
    const { code, stdout } = await run((program) => program.replace("? 2 : 1", "? 1 : 2"));
    expect(code, stdout).to.equal(1);
    expect(stdout).to.contain("1 failing").and.to.contain("declares the newest PostgreSQL 16");
  });
});
