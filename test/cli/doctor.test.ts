import { expect } from "chai";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_APP, DEFAULT_PROJECT, DEFAULT_TEAM } from "../emulator/index";
import { commandLine, type Ran, type Surroundings } from "../support/command-line";
import { listOf, parseRecord, recordAt, textOf } from "../support/json";
import { removeFolder, temporaryFolder } from "../support/temporary";
import { Harness } from "../support/harness";
import { version as ownVersion } from "../../src/version";

const billing = { deploymentPlan: "nf-compute-20", storage: 4096, replicas: 1 };
const may = (permission: string) => `Project > Addons > General > ${permission}`;

/** `{ "northflank.token": "ok from the variable …" }` */
function checksIn({ out }: Ran): Record<string, string> {
  const checks = listOf(parseRecord(out, "the checks").checks).map((check) => recordAt(check));
  return Object.fromEntries(
    checks.map(({ id, verdict, says, advice }) => [
      textOf(id),
      [verdict, says, advice]
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
    const lines = out.trimEnd().split("\n");
    expect(lines).to.have.lengthOf(17);
    for (const line of lines) expect(line).to.match(/^ok {4}\S/u);
    expect(out).to.contain("can be read");
    expect(out).to.contain(`only writing tells: ${may("Create")}`);
    expect(out).to.contain("only writing tells: apps:operate");
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
        /^warn \| there is none \| Run `pulumi config set --secret northflank:apiToken`/u,
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
        `ok | team ${DEFAULT_TEAM}; the token sees 1 project: ${DEFAULT_PROJECT} ("${DEFAULT_PROJECT}")`,
      );
      expect((await checks("--team other"))["northflank.account"]).to.match(
        /^warn .* sees 0 projects \| Check northflank:teamId/u,
      );
      northflank.permissions.delete("Project > Projects > Manage > Read");
      const forbidden = await checks("--platform northflank");
      expect(forbidden["northflank.account"]).to.match(/^warn .*403.* \| Add-ons do not need it/u);
      expect(forbidden["northflank.addons"]).to.match(/^warn .* \| Name one with --project/u);
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

    it("a project that is not there", async () => {
      const ran = await run("--json --project nothing");
      expect(ran.code).to.equal(1);
      expect(checksIn(ran)["northflank.addons"]).to.match(/^fail .*404.*Check projectId/u);
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
      expect(checksIn(ran)["northflank.account"]).to.match(/^fail \| could not list the projects/u);
      expect(world.clock.elapsed() - before).to.be.below(60_000);
      await world.emulator.acceptConnections();
    });
  });

  it("ends with exit code 2 for a line that makes no sense", async () => {
    const ran = await run("--app ..");
    expect([ran.code, ran.out]).to.deep.equal([2, ""]);
  });
});
