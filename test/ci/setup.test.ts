import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repository } from "../support/pack";

describe("the setup", () => {
  it("starts before anything is installed", () => {
    const checkout = mkdtempSync(join(tmpdir(), "paas-addons-setup-"));
    try {
      cpSync(join(repository, "scripts"), join(checkout, "scripts"), { recursive: true });
      const setup = [join(checkout, "scripts/setup.mjs"), "--only", "no-such-step"];
      const { stderr } = spawnSync(process.execPath, setup, { encoding: "utf8" });
      expect(stderr).to.equal("setup: --only takes dependencies, build, cli\n");
    } finally {
      rmSync(checkout, { recursive: true });
    }
  });
});
