import { expect } from "chai";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../../scripts/cli/command";
import { findCli } from "../../scripts/cli/index";
import { isAtLeast, wantedVersion } from "../../scripts/cli/version";
import { removeFolder, temporaryFolder } from "./temporary";

const posix = process.platform !== "win32";

// The fake executables are shell scripts.
(posix ? describe : describe.skip)("finding the Pulumi CLI", () => {
  let folder: string;

  beforeEach(() => {
    folder = temporaryFolder("cli");
  });

  afterEach(() => removeFolder(folder));

  /** A folder with executables that print the version. */
  function installation(
    name: string,
    version: string,
    files = ["pulumi", "pulumi-language-nodejs"],
  ) {
    const path = join(folder, name);
    mkdirSync(path, { recursive: true });
    for (const file of files) {
      writeFileSync(join(path, file), `#!/bin/sh\necho v${version}\n`);
      chmodSync(join(path, file), 0o755);
    }
    return path;
  }

  function find(path: readonly string[], more: Record<string, string> = {}) {
    const env = {
      PATH: path.join(":"),
      HOME: folder,
      XDG_CACHE_HOME: join(folder, "cache"),
      ...more,
    };
    return findCli({ allowBuild: false, env });
  }

  function cached(): string {
    return installation(`cache/pulumi-paas-addons/cli/${wantedVersion()}/bin`, "3.300.0");
  }

  it("prefers PULUMI_CLI, then PATH, then the cache", async () => {
    const named = installation("named", "3.301.0");
    const onPath = installation("path", "3.302.0");
    cached();
    const first = await find([onPath], { PULUMI_CLI: join(named, "pulumi") });
    expect(first).to.include({ found: true, binDir: named, version: "3.301.0", how: "PULUMI_CLI" });
    expect(await find([onPath])).to.include({ binDir: onPath, version: "3.302.0", how: "PATH" });
    expect(await find([])).to.include({ version: "3.300.0", how: "cache" });
  });

  it("uses nothing else when PULUMI_CLI does not work", async () => {
    const onPath = installation("path", "3.302.0");
    const answer = await find([onPath], { PULUMI_CLI: join(folder, "nowhere") });
    expect(answer).to.include({ found: false });
    expect(answer)
      .to.have.property("reason")
      .that.matches(/PULUMI_CLI=.*nowhere is not an exec/);
  });

  it("passes over one that is too old or incomplete, and says so", async () => {
    const old = await find([installation("old", "3.215.9")]);
    expect(old)
      .to.have.property("reason")
      .that.matches(/is 3\.215\.9; 3\.216\.0 or later/);
    const alone = await find([installation("alone", "3.302.0", ["pulumi"])]);
    expect(alone)
      .to.have.property("reason")
      .that.matches(/has no pulumi-language-nodejs/);
    cached();
    expect(await find([installation("old", "3.215.9")])).to.include({ how: "cache" });
  });

  it("finds the language host elsewhere on PATH", async () => {
    const cli = installation("alone", "3.302.0", ["pulumi"]);
    const host = installation("host", "1", ["pulumi-language-nodejs"]);
    expect(await find([cli, host])).to.include({ found: true, how: "PATH" });
  });

  it("gives up on a command that takes too long, though what it started goes on", async () => {
    const started = Date.now();
    const options = { timeout: 100, env: process.env };
    const result = await runCommand("/bin/sh", ["-c", "echo begun; sleep 3; true"], options);
    expect(result).to.include({ timedOut: true, stdout: "begun\n" });
    expect(Date.now() - started).to.be.below(2_000);
  });

  it("compares versions by number", () => {
    expect(isAtLeast("3.216.0", "3.216.0")).to.equal(true);
    expect(isAtLeast("3.1000.0", "3.216.0")).to.equal(true);
    expect(isAtLeast("3.99.9", "3.216.0")).to.equal(false);
    expect(isAtLeast("4.0.0", "3.216.0")).to.equal(true);
  });
});
