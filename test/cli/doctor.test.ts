import { expect } from "chai";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { DEFAULT_APP, DEFAULT_PROJECT, DEFAULT_TEAM } from "../emulator/index";
import { commandLine, type Ran, type Surroundings } from "../support/command-line";
import { listOf, parseRecord, recordAt, textOf, textsOf } from "../support/json";
import { removeFolder, temporaryFolder } from "../support/temporary";
import { Harness } from "../support/harness";
import { version as ownVersion } from "../../src/zz_package";

const billing = { deploymentPlan: "nf-compute-20", storage: 4096, replicas: 1 };
const may = (permission: string) => `Project > Addons > General > ${permission}`;

/** `{ "northflank.token": "ok from the variable …" }` */
function checksIn({ out }: Ran): Record<string, string> {
  const checks = listOf(parseRecord(out, "the checks").checks).map((check) => recordAt(check));
  return Object.fromEntries(
    checks.map(({ id, verdict, says, items = [], advice }) => [
      textOf(id),
      [verdict, says, textsOf(items).join(", "), advice ?? ""]
        .map(textOf)
        .filter((part) => part !== "")
        .join(" | "),
    ]),
  );
}

describe("doctor", () => {
  let world: Harness;
  let folder: string;

  const pulumi = (args: readonly string[]) => ({
    code: 0,
    stdout: args[0] === "version" ? "v3.220.1\n" : "{}",
    stderr: "",
  });
  const run = (args = "", more: Surroundings = {}): Promise<Ran> =>
    commandLine(world, ["doctor", ...args.split(" ").filter(Boolean)], { folder, pulumi, ...more });
  const checks = async (args = "", more: Surroundings = {}) =>
    checksIn(await run(`--json ${args}`, more));
  const install = (name: string, manifest: object, files: Record<string, string> = {}) => {
    const place = join(folder, "node_modules", name);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "package.json"), JSON.stringify({ name, ...manifest }));
    for (const [path, text] of Object.entries(files)) writeFileSync(join(place, path), text);
  };
  const installPackage = (version: string) =>
    install(
      "pulumi-paas-addons",
      { version, exports: { "./miget/provider": "./p.js", "./package.json": "./package.json" } },
      { "p.js": "" },
    );

  beforeEach(async () => {
    world = await Harness.start();
    folder = temporaryFolder("doctor");
    writeFileSync(join(folder, "Pulumi.yaml"), "name: test\nruntime: nodejs\n");
    writeFileSync(
      join(folder, "package.json"),
      JSON.stringify({ dependencies: { "pulumi-paas-addons": "*", "@pulumi/pulumi": "*" } }),
    );
    installPackage(ownVersion);
    install("@pulumi/pulumi", { version: "3.248.0" });
  });

  afterEach(async () => {
    expect(world.requests().filter((request) => !request.startsWith("GET "))).to.deep.equal([]);
    expect(world.emulator.violations).to.deep.equal([]);
    await world.close();
    removeFolder(folder);
  });

  it("is content where all is well, a line for each check, and names what it cannot know", async () => {
    world.emulator.northflank.seed({ name: "Sessions", type: "redis", version: "8.6.1", billing });
    const { code, out } = await run();
    expect(code, out).to.equal(0);
    const [lines = "", counts = ""] = out.split("\n\n");
    expect(counts).to.equal("no problems\n");
    for (const line of lines.split("\n")) expect(line).to.match(/^(?:ok {2}|skip) {2}\S/u);
    expect(out).to.contain("can be read");
    expect(out).to.match(/^skip .*only writing tells: Project > Addons > General > Create/mu);
    expect(out).to.match(/^skip .*only writing tells: apps:operate/mu);
    expect(out).to.match(/^skip {2}Miget connection data .* no add-on serves there/mu);
    for (const token of [...world.emulator.miget.tokens, ...world.emulator.northflank.tokens]) {
      expect(out).not.to.contain(token);
    }
  });

  describe("looks at this machine:", () => {
    const local = async (more: Surroundings = {}) => checks("--platform northflank", more);

    it("Node", async () => {
      expect((await local()).node).to.equal("ok | 20.19.0");
      const old = await run("", { nodeVersion: "18.20.8" });
      expect(old.code).to.equal(1);
      expect(old.out).to.match(/^fail {2}Node +18.20.8 is too old. Install 20.19.0 or later.$/mu);
    });

    it("the project", async () => {
      const inside = join(folder, "src");
      mkdirSync(inside);
      expect((await local({ folder: inside })).project).to.equal(`ok | ${folder}`);
      const outside = temporaryFolder("no-project");
      const found = await local({ folder: outside });
      expect(found.project).to.match(/^warn \| there is no Pulumi.yaml in /u);
      expect(found.package).to.match(/^fail \| the engine would not find it/u);
      expect(found.sdk).to.match(/^fail \| is not installed/u);
      removeFolder(outside);
    });

    it("the package, as the engine looks it up", async () => {
      expect((await local()).package).to.equal(`ok | ${ownVersion}`);
      installPackage("0.0.1");
      expect((await local()).package).to.match(/^warn \| 0.0.1 in the project, but this is /u);
      writeFileSync(join(folder, "package.json"), "{}");
      expect((await local()).package).to.match(/^warn \| 0.0.1, found by chance/u);
    });

    it("the SDK and the CLI, by the range of the package", async () => {
      for (const [version, verdict] of [
        ["3.216.0", "ok"],
        ["3.300.1", "ok"],
        ["3.215.9", "fail"],
        ["4.0.0", "fail"],
        ["nonsense", "fail"],
      ] as const) {
        install("@pulumi/pulumi", { version });
        expect((await local()).sdk, version).to.match(new RegExp(`^${verdict} `, "u"));
      }
      const cli = async (stdout: string, code = 0) =>
        (await local({ pulumi: () => ({ code, stdout, stderr: "" }) })).cli;
      expect(await cli("v3.259.0\n")).to.equal("ok | v3.259.0");
      expect(await cli("v3.100.0\n")).to.match(/^fail \| v3.100.0 is not in the range \^3.216.0/u);
      expect(await cli("something else")).to.match(/^warn \| .* no version number/u);
      expect(await cli("", 1)).to.match(/^fail \| `pulumi version` does not work/u);
      const missing = await local({ pulumi: () => ({ problem: "missing" }) });
      expect(missing.cli).to.match(/^fail \| is not on PATH/u);
      expect(missing.stack).to.match(/^warn \| .* only the environment was looked at/u);
    });
  });

  describe("looks at the platforms:", () => {
    it("the token, and where it is from", async () => {
      const { NORTHFLANK_API_TOKEN: token = "", ...env } = world.env;
      world.env = { ...env, NF_API_TOKEN: token };
      expect((await checks())["northflank.token"]).to.equal("ok | from the variable NF_API_TOKEN");
      world.env = env;
      const one = await run("--json");
      expect(one.code).to.equal(0);
      expect(checksIn(one)["northflank.token"]).to.match(
        /^skip \| there is none, so nothing of Northflank was checked \| Run `pulumi config set --secret northflank:apiToken`/u,
      );
      expect((await run("--platform northflank")).code).to.equal(1);
      world.env = {};
      expect((await run()).code).to.equal(1);
      const config = { "northflank:apiToken": { value: token, secret: true } };
      const configured = await run("--json --platform northflank", {
        pulumi: (args) => ({
          code: 0,
          stdout: args[0] === "version" ? "v3.220.1" : JSON.stringify(config),
          stderr: "",
        }),
      });
      expect(configured.out).to.contain("from the stack's northflank:apiToken");
      expect(configured.out).not.to.contain(token);
    });

    it("a token that is refused", async () => {
      world.env = { ...world.env, MIGET_API_TOKEN: "miget_live_no-token-at-all" };
      const ran = await run("--json --platform miget");
      expect(ran.code).to.equal(1);
      expect(ran.out).not.to.contain("no-token-at-all");
      const found = checksIn(ran);
      expect(found["miget.account"]).to.match(/^fail \| .*401/u);
      expect(found).not.to.have.property("miget.addons");
    });

    it("a base URL that is not safe, before any token is sent", async () => {
      world.env = { ...world.env, NORTHFLANK_BASE_URL: "http://api.example.com/v1" };
      const found = await checks("--platform northflank");
      expect(found["northflank.baseUrl"]).to.match(/^fail \| .*must begin with https/u);
      expect(world.requests()).to.deep.equal([]);
    });

    it("the account: which team or workspace, and what it sees", async () => {
      const { northflank } = world.emulator;
      const found = await checks(`--team ${DEFAULT_TEAM}`);
      expect(found["northflank.account"]).to.equal(
        `ok | team ${DEFAULT_TEAM}; the token sees 1 project | ${DEFAULT_PROJECT} ("${DEFAULT_PROJECT}")`,
      );
      expect((await checks("--team other"))["northflank.account"]).to.match(
        /^warn .* sees 0 projects \| Check northflank:teamId/u,
      );
      northflank.permissions.delete("Project > Projects > Manage > Read");
      const forbidden = await checks("--platform northflank");
      expect(forbidden["northflank.account"]).to.match(/^warn .*403.* \| Add-ons do not need it/u);
      expect(forbidden["northflank.addons"]).to.match(/^skip .* \| Name one with --project/u);
      const named = await checks(`--project ${DEFAULT_PROJECT}`);
      expect(named["northflank.addons"]).to.match(/^ok \| project demo-project has 0/u);
    });

    it("missing permissions, as far as reading tells", async () => {
      const { northflank, miget } = world.emulator;
      northflank.seed({ name: "Sessions", type: "redis", version: "8.6.1", billing });
      northflank.permissions.delete(may("Read Spec"));
      const credentials = await run(`--json --project ${DEFAULT_PROJECT}`);
      expect(credentials.code).to.equal(1);
      const found = checksIn(credentials);
      expect(found["northflank.addons"]).to.match(/^ok /u);
      expect(found["northflank.connection"]).to.match(/^fail .*403.*Read Spec/u);

      northflank.permissions.delete(may("Read"));
      const addons = await checks(`--project ${DEFAULT_PROJECT}`);
      expect(addons["northflank.addons"]).to.match(/^fail .*General > Read/u);
      expect(addons).not.to.have.property("northflank.connection");

      miget.permissions.delete("apps:view");
      const app = await checks(`--app ${DEFAULT_APP}`);
      expect(app["miget.addons"]).to.match(/^fail .*apps:view/u);
    });

    it("a token in plain text, and says how to repair it", async () => {
      const { NORTHFLANK_API_TOKEN: value = "", ...env } = world.env;
      world.env = env;
      const config = (secret: boolean) => ({
        pulumi: (args: readonly string[]) => ({
          code: 0,
          stdout:
            args[0] === "version"
              ? "v3.220.1"
              : JSON.stringify({ "northflank:apiToken": { value, secret } }),
          stderr: "",
        }),
      });
      const plain = await run("--json --platform northflank", config(false));
      expect(plain.code).to.equal(0);
      expect(checksIn(plain)["northflank.token"]).to.match(
        /^warn \| in plain text .* \| Run `pulumi config set --secret northflank:apiToken`/u,
      );
      expect(plain.out).not.to.contain(value);
      const encrypted = await checks("--platform northflank", config(true));
      expect(encrypted["northflank.token"]).to.match(/^ok /u);
    });

    it("a base URL that is none", async () => {
      world.env = { ...world.env, MIGET_BASE_URL: "app.miget.com/api" };
      const ran = await run("--json --platform miget");
      expect(ran.code).to.equal(1);
      expect(checksIn(ran)["miget.baseUrl"]).to.match(/^fail \| .* is not a URL.* \| Correct it/u);
    });

    it("which apps and projects there are, with the ids that a program needs", async () => {
      world.emulator.northflank.addProject("other");
      world.emulator.miget.addApp("00000000-0000-4000-8000-00000000a991");
      const { out } = await run();
      expect(out).to.match(/^ok .* sees 2 projects: demo-project \("demo-project"\), other \(/mu);
      expect(out).to.match(/^ok .* sees 2 apps: .*00000000-0000-4000-8000-00000000a991 \(/mu);
    });

    it("a project that is not there, and which may be meant", async () => {
      const failure = async (id: string) => (await checks(`--project ${id}`))["northflank.addons"];
      const ran = await run("--json --project my-project");
      expect(ran.code).to.equal(1);
      expect(checksIn(ran)["northflank.addons"]).to.match(
        /^fail .*404.* \| Did you mean demo-project\?$/u,
      );
      world.emulator.northflank.addProject("orders");
      expect(await failure("demo-projekt")).to.match(/\| Did you mean demo-project\?$/u);
      expect(await failure("oders")).to.match(/\| Did you mean orders\?$/u);
      const strange = await failure("xyz");
      expect(strange).to.contain("The token sees ").and.to.contain("demo-project");
      for (let index = 0; index < 6; index += 1) {
        world.emulator.northflank.addProject(`number-${index}`);
      }
      expect(await failure("xyz")).to.match(/404.*Check projectId/u);
    });

    it("the requests that are left", async () => {
      expect((await checks())["northflank.budget"]).to.match(
        /^ok \| \d+ of 1000 left; the next 1000 come in 1 h/u,
      );
      world.emulator.northflank.leaveRequests(150);
      expect((await checks())["northflank.budget"]).to.match(/^warn \| 14\d of 1000 left/u);
      expect((await checks())["miget.budget"]).to.equal("ok | Miget announces no limit");
    });

    it("a platform that cannot be reached, without waiting long", async () => {
      await world.emulator.refuseConnections();
      const before = world.clock.elapsed();
      const ran = await run("--json --platform northflank");
      expect(ran.code).to.equal(1);
      expect(checksIn(ran)["northflank.account"]).to.match(
        /^fail \| Northflank cannot be reached/u,
      );
      expect(world.clock.elapsed() - before).to.be.below(60_000);
      await world.emulator.acceptConnections();
    });
  });

  it("ends with what failed, how to repair it, and how much it is", async () => {
    const ran = await run("--project my-project", { nodeVersion: "18.20.8" });
    expect(ran.code).to.equal(1);
    const [, end = ""] = ran.out.split("\n\n");
    expect(end.split("\n")).to.deep.equal([
      "2 problems",
      "- Node: 18.20.8 is too old",
      "  Fix: Install 20.19.0 or later.",
      "- Northflank add-ons: project my-project: could not list the project's add-ons: Northflank answered 404: Project not found",
      "  Fix: Did you mean demo-project?",
      "",
    ]);
  });

  for (const columns of [48, 64, 110]) {
    it(`fits a terminal of ${columns} columns, with what is continued below its begin`, async () => {
      const { out } = await run("--project my-project", { columns });
      for (const line of out.split("\n")) {
        // What has no space in it stays whole.
        if (/^\s*\S+$/u.test(line)) continue;
        expect(line.length, line).to.be.at.most(columns);
      }
      expect(out).to.match(/^✘ Northflank add-ons/mu);
      expect(out).to.match(/^ {4,}→ Did you mean demo-project\?$/mu);
      expect(out).to.match(/^ {4,}· demo-project \("demo-project"\)$/mu);
      // Nothing but a new check, a failure or the counts begins at the left.
      for (const line of out.split("\n").filter((each) => /^[^ ]/u.test(each))) {
        expect(line).to.match(/^(?:[✔!✘-] |1 problem)/u);
      }
      expect(out).not.to.contain("\u001B[");
    });
  }

  it("is in colour where the terminal has colours", async () => {
    const { out } = await run("--project my-project", { columns: 80, hasColors: true });
    expect(out).to.contain("\u001B[31m✘\u001B[39m").and.to.contain("\u001B[32m✔\u001B[39m");
    expect(out).to.match(/\[31m1 problem/u);
    const plain = await run("--project my-project", { columns: 80 });
    const counted = (text: string) => text.replace(/\d+ of 1000/u, "some of 1000");
    expect(counted(stripVTControlCharacters(out))).to.equal(counted(plain.out));
  });

  it("ends with exit code 2 for a line that makes no sense", async () => {
    const ran = await run("--app ..");
    expect([ran.code, ran.out]).to.deep.equal([2, ""]);
  });
});
