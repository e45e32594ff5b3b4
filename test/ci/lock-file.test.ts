import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseRecord, recordAt, textOf } from "../support/json";
import { repository } from "../support/pack";

for (const file of ["package-lock.json", "site/package-lock.json"]) {
  describe(file, () => {
    const lock = parseRecord(readFileSync(join(repository, file), "utf8"), file);
    const packages = Object.entries(recordAt(lock, "packages")).slice(1);

    it("has a hash of every package, and names no registry", () => {
      expect(packages.length).to.be.greaterThan(100);
      for (const [path, entry] of packages) {
        expect(textOf(recordAt(entry).integrity), path).to.match(/^sha512-/u);
        expect(recordAt(entry), path).not.to.have.property("resolved");
      }
    });
  });
}
