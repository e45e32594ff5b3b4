import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { matches } from "../support/globs";
import { parseRecord, recordAt, textOf } from "../support/json";
import { repository } from "../support/pack";

const manifest = readFileSync(join(repository, "package.json"), "utf8");
const scripts = recordAt(parseRecord(manifest, "package.json"), "scripts");
const commands = ["test:unit", "test:platforms", "test:engine"];
const globsOf = (command: string) =>
  Array.from(textOf(scripts[command]).matchAll(/"([^"]+)"/gu), ([, glob = ""]) => glob);
const testFiles = readdirSync(join(repository, "test"), { recursive: true, encoding: "utf8" })
  .map((file) => `test/${file.replaceAll("\\", "/")}`)
  .filter((file) => file.endsWith(".test.ts"));

function mocha(...args: readonly string[]) {
  const bin = join(repository, "node_modules/mocha/bin/mocha.js");
  const { status, stdout } = spawnSync(process.execPath, [bin, "--dry-run", ...args], {
    cwd: repository,
    encoding: "utf8",
  });
  return { status, passing: Number(/(\d+) passing/u.exec(stdout)?.[1]) };
}

describe("the commands of the tests", () => {
  it("run every test file, each in one of them", () => {
    expect(testFiles.length).to.be.greaterThan(100);
    for (const file of testFiles) {
      const running = commands.filter((command) =>
        globsOf(command).some((glob) => matches(file, glob)),
      );
      expect(running, file).to.have.lengthOf(1);
    }
  });

  it("are all that `npm test` runs", () => {
    const run = textOf(scripts.test).split(" && ");
    expect(run).to.deep.equal(commands.map((command) => `npm run ${command}`));
  });
});

describe("mocha", function () {
  this.timeout(60_000);
  const file = "test/ci/counts.test.ts";

  it("runs the file that it is given, and no other", () => {
    const { status, passing } = mocha(file);
    expect(status).to.equal(0);
    expect(passing).to.be.within(5, 15);
  });

  it("fails where nothing is to be run", () => {
    expect(mocha(file, "--grep", "no test has this title").status).to.equal(1);
    expect(mocha("test/no-such-file.test.ts").status).to.equal(1);
    expect(mocha().status).to.equal(1);
  });
});
