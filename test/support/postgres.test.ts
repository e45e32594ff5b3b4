import { expect } from "chai";
import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { removeFolder, temporaryFolder } from "./temporary";

describe("PostgreSQL for the tests", () => {
  let folder: string;
  const find = async (path: readonly string[]) => {
    const { findPostgres } = await import("../../scripts/lib/postgres.mjs");
    return findPostgres(path.join(delimiter), join(folder, "debian"));
  };
  const install = (...names: readonly string[]) => {
    const bin = join(folder, ...names.slice(0, -1), names.at(-1) ?? "");
    mkdirSync(bin, { recursive: true });
    for (const name of ["initdb", "postgres", "psql"]) writeFileSync(join(bin, name), "");
    return bin;
  };

  beforeEach(() => {
    folder = temporaryFolder("find-postgres");
  });
  afterEach(() => {
    removeFolder(folder);
  });

  it("is taken from PATH where all of it is there", async () => {
    install("debian", "15", "bin");
    const half = join(folder, "half");
    mkdirSync(half);
    writeFileSync(join(half, "postgres"), "");
    const bin = install("path");
    expect(await find(["", half, bin])).to.deep.equal({ found: true, bin });
  });

  it("is taken from where Debian puts it otherwise, the newest", async () => {
    install("debian", "9.6", "bin");
    install("debian", "15", "bin");
    const bin = install("debian", "17", "bin");
    expect(await find([])).to.deep.equal({ found: true, bin });
  });

  it("is not there, with a reason", async () => {
    expect(await find([]))
      .to.have.property("reason")
      .that.contains("initdb, postgres, psql");
  });
});
