import { expect } from "chai";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_APP, DEFAULT_PROJECT, DEFAULT_TEAM, DEFAULT_WORKSPACE } from "../emulator/index";
import { commandLine, type Ran } from "../support/command-line";
import { evaluate } from "../support/generated-program";
import { listOf, parseRecord, recordAt, textsOf } from "../support/json";
import { removeFolder, temporaryFolder } from "../support/temporary";
import { Harness } from "../support/harness";

const billing = { deploymentPlan: "nf-compute-20", storage: 4096, replicas: 1 };
const otherApp = "00000000-0000-4000-8000-00000000a991";
const redis = { type: "redis", version: "8.6.1", billing };
const mysql = { type: "mysql", name: "shop", label: "Shop", mysql_version: "8.2" };

describe("import", () => {
  let world: Harness;
  const run = (args: string, surroundings = {}): Promise<Ran> =>
    commandLine(world, ["import", ...args.split(" ").filter(Boolean)], surroundings);
  const namesIn = ({ out }: Ran) => evaluate(out).resources.map(({ name }) => name);

  beforeEach(async () => {
    world = await Harness.start();
    const { miget, northflank } = world.emulator;
    miget.seed(DEFAULT_APP, mysql);
    northflank.seed({ name: "Sessions", ...redis });
    northflank.addProject("other", { teamId: DEFAULT_TEAM });
    northflank.seed({ name: "Sessions", ...redis }, "other");
  });

  afterEach(async () => {
    expect(world.requests().filter((request) => !request.startsWith("GET "))).to.deep.equal([]);
    expect(world.emulator.violations).to.deep.equal([]);
    await world.close();
  });

  describe("takes", () => {
    it("all that the tokens see", async () => {
      const ran = await run("--all");
      expect(ran.code, ran.err).to.equal(0);
      expect(namesIn(ran)).to.deep.equal(["shop", "sessions", "sessions-2"]);
      expect(ran.err.split("\n")).to.deep.equal([
        "3 add-ons to take over",
        "next: npm install pulumi-paas-addons",
        "      pulumi config set --secret miget:apiToken",
        `      pulumi config set miget:baseUrl ${world.env.MIGET_BASE_URL ?? ""}`,
        "      pulumi config set --secret northflank:apiToken",
        `      pulumi config set northflank:baseUrl ${world.env.NORTHFLANK_BASE_URL ?? ""}`,
        "      pulumi config set shopMysqlVersion <mysqlVersion>",
        "      pulumi up",
        "then: remove `adopt`, since it would let another stack take the database over.",
        "",
      ]);
      expect(ran.out).to.contain("pulumi config set shopMysqlVersion <mysqlVersion>");
    });

    it("pages of projects to their end", async () => {
      await world.close();
      world = await Harness.start({ pageSize: 1 });
      for (const project of [DEFAULT_PROJECT, "b", "c"]) {
        if (project !== DEFAULT_PROJECT) world.emulator.northflank.addProject(project);
        world.emulator.northflank.seed({ name: `In ${project}`, ...redis }, project);
      }
      const ran = await run("--platform northflank --all");
      expect(namesIn(ran)).to.deep.equal(["in-demo-project", "in-b", "in-c"]);
    });

    it("one project, or several, and asks for nothing else", async () => {
      expect(namesIn(await run("--platform northflank --project other"))).to.have.lengthOf(1);
      expect(new Set(world.emulator.requests.map(({ operationId }) => operationId))).to.deep.equal(
        new Set(["listAddons", "getAddon", "listAddonBackupSchedules"]),
      );
      expect(namesIn(await run("--project other --project demo-project"))).to.have.lengthOf(2);
    });

    it("one app of a workspace, and a team's projects", async () => {
      const miget = await run(`--app ${DEFAULT_APP} --workspace ${DEFAULT_WORKSPACE}`);
      expect(evaluate(miget.out).resources[0]?.args.workspaceId).to.equal(DEFAULT_WORKSPACE);
      world.emulator.northflank.teamFormOnly = true;
      const northflank = await run(`--all --team ${DEFAULT_TEAM}`);
      expect(northflank.code, northflank.err).to.equal(0);
      const teams = evaluate(northflank.out).resources.map(({ args }) => args.teamId);
      expect(teams).to.deep.equal([DEFAULT_TEAM, DEFAULT_TEAM]);
    });

    it("add-ons by their ids, with or without what they belong to", async () => {
      expect(namesIn(await run("--all --id other/sessions"))).to.have.lengthOf(1);
      expect(namesIn(await run("--all --id sessions"))).to.have.lengthOf(2);
      const unknown = await run("--all --id sessions --id nothing");
      expect(unknown.code).to.equal(1);
      expect(unknown.err).to.contain("there is no add-on with the id nothing");
    });

    it("the platforms for which there is a token", async () => {
      const { env } = world;
      world.env = { ...env, MIGET_API_TOKEN: "" };
      const ran = await run("--all");
      expect(ran.code, ran.err).to.equal(0);
      expect(evaluate(ran.out).resources.map((each) => each.class)).to.deep.equal([
        "NorthflankAddon",
        "NorthflankAddon",
      ]);
      const asked = await run(`--platform miget --app ${DEFAULT_APP}`);
      expect(asked.code).to.equal(1);
      expect(asked.err).to.contain("pulumi config set --secret miget:apiToken");
      world.env = {};
      expect((await run("--all")).err).to.contain("MIGET_API_TOKEN or NORTHFLANK_API_TOKEN");
    });
  });

  describe("puts in", () => {
    it("what the API does not tell, by the type or by the id", async () => {
      const { uuid } = world.emulator.miget.seed(DEFAULT_APP, { ...mysql, label: "Old" });
      const ran = await run(
        `--app ${DEFAULT_APP} --set mysqlVersion=8.2 --set ${uuid}:mysqlVersion=8.0`,
      );
      const { resources, keys } = evaluate(ran.out);
      expect(resources.map(({ args }) => [args.label, args.mysqlVersion])).to.deep.equal([
        ["Old", "8.0"],
        ["Shop", "8.2"],
      ]);
      expect(keys).to.deep.equal([]);
      expect(ran.out).not.to.contain("@pulumi/pulumi");
    });

    it("no value that nothing lacks", async () => {
      const ran = await run("--project other --set postgresVersion=17");
      expect(ran.code).to.equal(0);
      expect(ran.err).to.contain("--set postgresVersion was not used");
    });

    it("protection, unless it is not wanted", async () => {
      const protection = async (args: string) =>
        evaluate((await run(args)).out).resources.map(({ args: { deletionProtection } }) => [
          deletionProtection,
        ]);
      expect(await protection("--project other")).to.deep.equal([[true]]);
      expect(await protection("--project other --no-protect")).to.deep.equal([[undefined]]);
    });

    it("adoption by the name or label, and by the id where others have it too", async () => {
      const adopted = async (args: string) =>
        evaluate((await run(args)).out).resources.map(({ args: { adopt } }) => adopt);
      expect(await adopted("--all")).to.deep.equal([true, true, true]);
      const { uuid } = world.emulator.miget.seed(DEFAULT_APP, mysql);
      world.emulator.miget.seed(DEFAULT_APP, { ...mysql, label: "Other" });
      const all = await adopted(`--app ${DEFAULT_APP}`);
      expect(all.filter((adopt) => adopt === true)).to.have.lengthOf(1);
      expect(all).to.have.lengthOf(3).and.to.include(uuid);
    });

    it("sizes as they were asked for", async () => {
      const sizes = { ram_size: 256, disk_size: 0.1 };
      world.emulator.miget.seed(DEFAULT_APP, { ...mysql, label: "Small", ...sizes });
      const { out } = await run(`--app ${DEFAULT_APP}`);
      const small = evaluate(out).resources.find(({ args }) => args.label === "Small");
      expect(small?.args).to.include({ ramSize: 256, diskSize: 0.1 });
    });

    it("why an add-on's name and label differ, where they do", async () => {
      const { out } = await run("--all");
      const [shop] = evaluate(out).resources;
      expect(shop?.args.name).not.to.equal(shop?.args.label);
      expect(out.split("Miget made `name` when")).to.have.lengthOf(2);
    });

    it("no line of setting up for what is done", async () => {
      const folder = temporaryFolder("done");
      writeFileSync(join(folder, "Pulumi.yaml"), "name: test\nruntime: nodejs\n");
      const place = join(folder, "node_modules", "pulumi-paas-addons");
      mkdirSync(place, { recursive: true });
      const exports = { "./miget/provider": "./p.js" };
      writeFileSync(join(place, "package.json"), JSON.stringify({ exports }));
      writeFileSync(join(place, "p.js"), "");
      const { NORTHFLANK_API_TOKEN: value, NORTHFLANK_BASE_URL: url } = world.env;
      const config = {
        "northflank:apiToken": { value, secret: true },
        "northflank:baseUrl": { value: url, secret: false },
      };
      const pulumi = () => ({ code: 0, stdout: JSON.stringify(config), stderr: "" });
      const ran = await run("--project other", { folder, pulumi });
      expect(ran.err).to.match(/^1 add-on to take over\nnext: pulumi up\nthen: remove `adopt`/u);
      expect(ran.out).not.to.contain("npm install").and.not.to.contain("Before it:");
      removeFolder(folder);
    });

    it("schedules, and says what is not told, what is left out and how an add-on is", async () => {
      const { northflank } = world.emulator;
      const scheduling = { interval: "daily", minute: [0], hour: [3] };
      const schedule = {
        scheduling,
        backupType: "dump",
        compressionType: "zstd",
        retentionTime: 7,
      };
      northflank.addSchedule("sessions", schedule, "other");
      northflank.change("sessions", { tags: ["x"] }, "other");
      northflank.setStatus("sessions", "failed", undefined, "other");
      const { out } = await run("--project other");
      const [sessions] = evaluate(out).resources;
      expect(sessions?.args.backupSchedules).to.deep.equal([schedule]);
      expect(sessions?.args).not.to.have.property("tags");
      expect(out).to.match(/\/\/ Without tags: it must be 3 to 100/u);
      expect(out).to.match(/\/\/ The API does not tell: .*billing.diskAutoscaling/u);
      expect(out).to.contain('// Its state was "failed"');
    });
  });

  describe("leaves out, with the reason,", () => {
    it("what Pulumi cannot take over", async () => {
      const { miget, northflank } = world.emulator;
      miget.seed(DEFAULT_APP, { type: "valkey", label: "", name: "nameless", valkey_version: "7" });
      northflank.seed({ name: "Chart", type: "example-chart", templateValues: {} }, "other");
      northflank.seed({ name: "Leaving", ...redis }, "other");
      northflank.setStatus("leaving", "deleting", undefined, "other");
      const ran = await run("--all");
      expect(ran.code, ran.err).to.equal(0);
      expect(namesIn(ran)).to.have.lengthOf(3);
      const comments = ran.out.replace(/\n\/\/ /gu, " ");
      expect(comments).to.match(
        /Not taken over: valkey "" \(.*\): taking it over would set label/u,
      );
      expect(comments).to.match(
        /Not taken over: example-chart "Chart" \(chart\): the API does not/u,
      );
      expect(comments).to.contain(`redis "Leaving" (leaving): it is being deleted.`);
    });

    it("cron jobs and replicas", async () => {
      const { emulator } = world;
      const { uuid } = emulator.miget.seed(DEFAULT_APP, { ...mysql, label: "Replica" });
      const body = {
        uuid,
        name: "x",
        label: "Replica",
        state: "healthy",
        quota: {},
        settings: {},
        var: {},
        created_at: "2026-01-02T03:04:05Z",
        updated_at: "2026-01-02T03:04:05Z",
      };
      const answers = [
        { ...body, type: "postgres", role: "replica" },
        { ...body, type: "cronjob" },
      ];
      for (const [index, answer] of answers.entries()) {
        emulator.faults.clear();
        emulator.faults.add({
          kind: "status",
          status: 200,
          body: answer,
          platform: "miget",
          operationId: "getAddon",
        });
        const ran = await run(`--app ${DEFAULT_APP} --id ${uuid}`);
        expect(ran.code, ran.err).to.equal(0);
        expect(ran.out.replace(/\n\/\/ /gu, " ")).to.contain(
          ["it is a read replica", "belongs to its cron job"][index],
        );
      }
    });

    it("a cron job that has no address of its own", async () => {
      const { uuid, ...listed } = {
        uuid: "00000000-0000-4000-8000-0000000000c1",
        type: "cronjob",
        name: "nightly-x",
        label: "Nightly",
        state: "active",
      };
      const { faults } = world.emulator;
      const platform = "miget";
      faults.add({
        kind: "status",
        status: 200,
        body: [{ uuid, ...listed }],
        platform,
        operationId: "listAddons",
      });
      faults.add({ kind: "status", status: 404, platform, operationId: "getAddon" });
      const ran = await run(`--app ${DEFAULT_APP}`);
      expect(ran.code, ran.err).to.equal(0);
      expect(ran.out.replace(/\n\/\/ /gu, " ")).to.contain(
        `Not taken over: cronjob "Nightly" (${uuid}): no program can declare an add-on of type`,
      );
    });

    it("what cannot be read, and goes on", async () => {
      const { faults, northflank } = world.emulator;
      northflank.seed({ name: "Broken", ...redis }, "other");
      faults.add({
        kind: "status",
        status: 404,
        platform: "northflank",
        operationId: "getAddon",
        path: /\/broken$/u,
      });
      const ran = await run("--project other --project nothing");
      expect(ran.code).to.equal(1);
      expect(namesIn(ran)).to.deep.equal(["sessions"]);
      expect(ran.err).to.contain("other/broken: it is gone, or the token may not read it");
      expect(ran.err).to.contain("project nothing: could not list the project's add-ons");
      expect(ran.out).to.contain("// Northflank, project nothing: could not be read");
    });
  });

  describe("ends", () => {
    it("with a message where a token is refused or may not see anything", async () => {
      world.env = { ...world.env, NORTHFLANK_API_TOKEN: "nf-no-token-at-all" };
      const refused = await run("--platform northflank --all");
      expect([refused.code, refused.out]).to.deep.equal([1, ""]);
      expect(refused.err).to.contain("could not list the projects: Northflank answered 401");
      expect(refused.err).not.to.contain("nf-no-token-at-all");

      world.emulator.miget.permissions.delete("apps:view");
      const forbidden = await run("--platform miget --all");
      expect([forbidden.code, forbidden.out]).to.deep.equal([1, ""]);
      expect(forbidden.err).to.contain("apps:view");
    });

    it("at once where a token is revoked half-way", async () => {
      world.emulator.faults.add({ kind: "status", status: 401, operationId: "getAddon" });
      const ran = await run("--project other --project demo-project");
      expect([ran.code, ran.out]).to.deep.equal([1, ""]);
      expect(ran.err).to.contain("could not read the add-on: Northflank answered 401");
    });

    it("well where reads fail for a while", async () => {
      for (const operationId of ["listProjects", "listApps", "listAddons", "getAddon"]) {
        world.emulator.faults.add({ kind: "status", status: 503, operationId, times: 2 });
      }
      const ran = await run("--all");
      expect(ran.code, ran.err).to.equal(0);
      expect(namesIn(ran)).to.have.lengthOf(3);
    });

    for (const [args, message] of [
      ["", "say what to read"],
      ["--platform miget", "needs --app <id>, or --all"],
      ["--platform northflank --app x", "--app and --workspace are of Miget"],
      ["--all --project other", "--all excludes"],
      ["--project ../x", "--project must be a project's id"],
      ["--app .. ", "--app must be"],
      ["--project x --team a/b", "--team must be a team's id"],
      ["--all --set x", "--set takes"],
      ["--platform heroku --all", "Allowed choices are miget, northflank"],
      ["--all --language go", "Allowed choices are typescript"],
      ["--al", "Did you mean --all?"],
    ] as const) {
      it(`with exit code 2 for \`import ${args}\``, async () => {
        const ran = await run(args);
        expect([ran.code, ran.out]).to.deep.equal([2, ""]);
        expect(ran.err).to.contain(message);
        expect(world.requests()).to.deep.equal([]);
      });
    }
  });

  describe("writes", () => {
    it("a new file, and never over another", async () => {
      const folder = temporaryFolder("import");
      const ran = await run("--project other --out index.ts", { folder });
      expect([ran.code, ran.out]).to.deep.equal([0, ""]);
      const text = readFileSync(join(folder, "index.ts"), "utf8");
      expect(evaluate(text).resources).to.have.lengthOf(1);

      writeFileSync(join(folder, "mine.ts"), "mine");
      world.emulator.clearLog();
      const again = await run("--project other --out mine.ts", { folder });
      expect(again.code).to.equal(1);
      expect(again.err).to.contain("exists already");
      expect(readFileSync(join(folder, "mine.ts"), "utf8")).to.equal("mine");
      expect(world.requests()).to.deep.equal([]);
      expect(existsSync(join(folder, "mine.ts.new"))).to.equal(false);
      removeFolder(folder);
    });

    it("JSON for other programs", async () => {
      world.emulator.miget.seed(DEFAULT_APP, { type: "valkey", label: "", valkey_version: "7" });
      const { code, out } = await run("--all --json");
      expect(code).to.equal(0);
      const report = parseRecord(out, "the report");
      const [shop, sessions] = listOf(report.addons).map((addon) => recordAt(addon));
      expect(report.formatVersion).to.equal(1);
      expect(shop).to.deep.include({
        platform: "miget",
        type: "mysql",
        state: "healthy",
        resource: "shop",
        variable: "shop",
      });
      expect(recordAt(shop?.inputs)).to.deep.include({ label: "Shop", appUuid: DEFAULT_APP });
      const [missing] = listOf(shop?.missing);
      expect(missing).to.deep.include({ input: "mysqlVersion", configKey: "shopMysqlVersion" });
      expect(textsOf(sessions?.untold)).to.include("metadata");
      expect(listOf(report.notTakenOver)).to.have.lengthOf(1);
      expect(report.unread).to.deep.equal([]);
    });

    it("no token and no connection data", async () => {
      const { miget, northflank } = world.emulator;
      const secrets = [
        ...miget.tokens,
        ...northflank.tokens,
        ...miget.addons().map(({ password }) => password),
        ...northflank.addons().flatMap((addon) => addon.secrets.map(({ value }) => value.password)),
      ];
      for (const args of ["--all", "--all --json"]) {
        const { out, err } = await run(args);
        for (const secret of secrets) expect(out + err).not.to.contain(secret);
      }
    });

    it("how far it is, on a terminal, when it takes long", async () => {
      expect((await run("--all", { columns: 80 })).err).not.to.contain("reading [");
      await world.close();
      world = await Harness.start({ latencyMs: 900 });
      world.emulator.northflank.seed({ name: "Sessions", ...redis });
      const slow = await run("--project demo-project", { columns: 60 });
      // To the line's begin, and what is left of the former picture goes.
      const [first, ...pictures] = slow.err.split("\r");
      expect(first).to.equal("");
      expect(pictures[0]).to.match(/^reading \[[#-]+\] \d of 2.\[K$/u);
      for (const line of pictures.slice(0, -1)) expect(line.length).to.be.at.most(64);
      expect(pictures.at(-1)).to.match(/^.\[K1 add-on to take over\n/u);
      expect((await run("--project demo-project")).err).not.to.contain("reading [");
    });
  });

  it("takes tokens from the stack's configuration, as the providers do", async () => {
    const folder = temporaryFolder("stack-config");
    writeFileSync(join(folder, "Pulumi.yaml"), "name: test\nruntime: nodejs\n");
    const { NORTHFLANK_API_TOKEN: token = "", ...env } = world.env;
    world.env = env;
    const calls: string[] = [];
    const pulumi = (args: readonly string[]) => {
      calls.push(args.join(" "));
      const stdout = JSON.stringify({
        "northflank:apiToken": { value: token, secret: true },
        "northflank:teamId": { value: DEFAULT_TEAM },
        "other:secret": { value: "of no concern", secret: true },
      });
      return { code: 0, stdout, stderr: "" };
    };
    const ran = await run("--project other --stack dev", { folder, pulumi });
    expect(ran.code, ran.err).to.equal(0);
    expect(calls).to.deep.equal(["config --json --show-secrets --non-interactive --stack dev"]);
    expect(evaluate(ran.out).resources[0]?.args.teamId).to.equal(DEFAULT_TEAM);
    expect(ran.out + ran.err).not.to.contain(token);

    const without = await run("--project other --no-stack", { folder, pulumi });
    expect(without.code).to.equal(1);
    const failing = await run("--project other", {
      folder,
      pulumi: () => ({ code: 255, stdout: "", stderr: "error: a secret cannot be decrypted" }),
    });
    expect(failing.err).to.contain("warning: `pulumi config` does not work here");
    expect(failing.err).not.to.contain("decrypted");
    removeFolder(folder);
  });

  it("does not take an app of another workspace for one of this", async () => {
    world.emulator.miget.addApp(otherApp, "00000000-0000-4000-8000-000000000f01");
    world.emulator.miget.seed(otherApp, { ...mysql, label: "Elsewhere" });
    expect(namesIn(await run("--platform miget --all"))).to.deep.equal(["shop"]);
  });
});
