import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { documentsOf } from "../support/documents";
import { repository } from "../support/pack";
import { blocksOf } from "./support/pages";
import { commandsIn } from "./support/shell";

const pages = documentsOf(repository).filter(
  (file) => file === "CONTRIBUTING.md" || file.startsWith("docs/contributing/"),
);
const commands = pages
  .flatMap(blocksOf)
  .filter(({ language }) => language === "sh")
  .flatMap(({ place, code }) => commandsIn(code).map((words) => ({ place, words })));

describe("the pages for contributors", function () {
  this.timeout(60_000);

  const mocha = commands.filter(({ words }) => words[0] === "npx" && words[1] === "mocha");

  it("show how to run a part of the tests", () => {
    expect(mocha.length).to.be.greaterThan(3);
  });

  for (const { place, words } of mocha) {
    it(`${place}: ${words.join(" ")} runs tests`, () => {
      const bin = join(repository, "node_modules/mocha/bin/mocha.js");
      // Tests of all layers are quick to find; those of the first page are quick to run, too.
      const only = place.startsWith("CONTRIBUTING.md") ? [] : ["--dry-run"];
      const { status, stdout } = spawnSync(process.execPath, [bin, ...only, ...words.slice(2)], {
        cwd: repository,
        encoding: "utf8",
      });
      expect(status, stdout).to.equal(0);
      expect(Number(/(\d+) passing/u.exec(stdout)?.[1])).to.be.within(1, 600);
    });
  }

  it("begin with a page of one screen", () => {
    const lines = readFileSync(join(repository, "CONTRIBUTING.md"), "utf8").split("\n");
    const first = lines.slice(0, lines.indexOf("## More"));
    expect(first.length).to.be.within(10, 45);
  });

  for (const page of pages) {
    it(`${page} names files that are there`, () => {
      const text = readFileSync(join(repository, page), "utf8");
      const named = [...text.matchAll(/`((?:src|test|scripts|site|docs|bench)\/[\w./<>-]+)`/gu)]
        .map(([, path = ""]) => path)
        .flatMap((path) =>
          ["miget", "northflank"].map((platform) => path.replaceAll("<platform>", platform)),
        );
      for (const path of named.filter((one) => !one.includes("<"))) {
        expect(existsSync(join(repository, path)), path).to.equal(true);
      }
    });
  }
});
