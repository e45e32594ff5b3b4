import { expect } from "chai";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ShownCommand } from "../../src/cli/context";
import { CancelledError, type Prompts } from "../../src/cli/prompts";
import { DEFAULT_APP, DEFAULT_PROJECT, DEFAULT_TEAM } from "../emulator/index";
import { commandLine, type Ran, type Surroundings } from "../support/command-line";
import { evaluate, syntaxErrors } from "../support/generated-program";
import { parseRecord, recordAt, textsOf } from "../support/json";
import { removeFolder, temporaryFolder } from "../support/temporary";
import { Harness } from "../support/harness";

const northflank = `--platform northflank --project ${DEFAULT_PROJECT} --type postgresql --addon-version 17-latest --plan nf-compute-20 --disk 6144`;
const miget = `--platform miget --app ${DEFAULT_APP} --type mysql --addon-version 8.2 --memory 512 --disk 2`;
const written = [".gitignore", "Pulumi.yaml", "index.ts", "package.json", "tsconfig.json"];

/** A user who answers in this order; what was asked and offered is kept. */
class User implements Prompts {
  readonly asked: string[] = [];

  constructor(private readonly answers: (string | boolean | undefined)[]) {}

  select(message: string, choices: Parameters<Prompts["select"]>[1]): Promise<string> {
    const labels = choices.map(({ label, hint }) =>
      hint === undefined ? label : `${label} ${hint}`,
    );
    return this.answer(`${message} [${labels.join(" | ")}]`, "");
  }

  text(message: string, options: Parameters<Prompts["text"]>[1] = {}): Promise<string> {
    return this.answer(`${message} (${options.initial ?? ""})`, options.initial ?? "");
  }

  secret(message: string): Promise<string> {
    return this.answer(message, "");
  }

  confirm(message: string): Promise<boolean> {
    this.asked.push(message);
    return Promise.resolve(this.answers.shift() === true);
  }

  /** Undefined: the suggested answer. */
  private answer(message: string, initial: string): Promise<string> {
    this.asked.push(message);
    if (this.answers.length === 0) return Promise.reject(new CancelledError("cancelled"));
    const next = this.answers.shift();
    return Promise.resolve(typeof next === "string" ? next : initial);
  }
}

describe("init", () => {
  let world: Harness;
  let folder: string;
  let shown: ShownCommand[];

  const run = (args = "", more: Surroundings = {}): Promise<Ran> =>
    commandLine(world, ["init", ...args.split(" ").filter(Boolean)], {
      folder,
      show: (command) => {
        shown.push(command);
        return 0;
      },
      ...more,
    });
  const file = (name: string) => readFileSync(join(folder, name), "utf8");
  const declared = () => evaluate(file("index.ts")).resources;

  beforeEach(async () => {
    world = await Harness.start();
    folder = temporaryFolder("init");
    shown = [];
  });

  afterEach(async () => {
    expect(world.requests().filter((request) => !request.startsWith("GET "))).to.deep.equal([]);
    expect(world.emulator.violations).to.deep.equal([]);
    await world.close();
    removeFolder(folder);
  });

  it("writes a project for Northflank by options alone, and says what to run", async () => {
    const ran = await run(`${northflank} --name shop-db --team ${DEFAULT_TEAM}`);
    expect(ran.code, ran.err).to.equal(0);
    expect(readdirSync(folder).sort()).to.deep.equal(written);
    expect(syntaxErrors(file("index.ts"))).to.deep.equal([]);
    expect(declared()).to.deep.equal([
      {
        class: "NorthflankAddon",
        name: "shop-db",
        args: {
          projectId: DEFAULT_PROJECT,
          type: "postgresql",
          version: "17-latest",
          billing: { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 },
          tlsEnabled: true,
          deletionProtection: true,
        },
        options: undefined,
      },
    ]);
    expect(ran.out).to.match(/\n {2}npm install\n {2}pulumi stack select --create dev\n/u);
    expect(ran.out).to.contain("\n  pulumi config set --secret northflank:apiToken --stack dev\n");
    expect(ran.out).to.contain(
      `\n  pulumi config set northflank:teamId ${DEFAULT_TEAM} --stack dev`,
    );
    expect(ran.out).to.match(/and then\n {2}pulumi up\n$/u);
    expect(shown).to.deep.equal([]);
  });

  it("writes a project for Miget", async () => {
    const ran = await run(miget);
    expect(ran.code, ran.err).to.equal(0);
    expect(declared()[0]).to.deep.include({
      class: "MigetAddon",
      name: "main-db",
      args: {
        appUuid: DEFAULT_APP,
        type: "mysql",
        mysqlVersion: "8.2",
        ramSize: 512,
        diskSize: 2,
        deletionProtection: true,
      },
    });
    const { dependencies, private: isPrivate } = parseRecord(file("package.json"), "the manifest");
    expect(isPrivate).to.equal(true);
    expect(Object.keys(recordAt(dependencies))).to.deep.equal([
      "@pulumi/pulumi",
      "pulumi-paas-addons",
    ]);
  });

  it("asks for everything, with plans and their prices, and prepares the stack", async () => {
    const { NORTHFLANK_API_TOKEN: token = "", ...env } = world.env;
    world.env = env;
    const user = new User([
      "northflank",
      token,
      DEFAULT_PROJECT,
      "postgresql",
      "18-latest",
      "nf-compute-50",
      "12288",
      "Orders DB",
      true,
    ]);
    const ran = await run("--dir shop --stack prod", { prompts: user });
    expect(ran.code, ran.err).to.equal(0);
    const [platform, , project, type, version, plan, disk] = user.asked;
    expect(platform).to.equal("Which platform? [Miget | Northflank]");
    expect(project).to.contain(DEFAULT_PROJECT);
    expect(type).to.contain("PostgreSQL |").and.not.to.contain("chart");
    expect(version).to.contain("[18 now 18.0 | 17 now 17.2 | 16 now 16.5 | 15 now 15.9]");
    expect(plan).to.contain("nf-compute-20: 0.2 vCPU, 512 MB, 2.00 USD a month |");
    expect(disk).to.contain("[4096 MB | 6144 MB |");
    expect(file("shop/index.ts")).to.contain(
      'new NorthflankAddon("orders-db", {\n  name: "Orders DB",',
    );
    expect(file("shop/Pulumi.yaml")).to.match(/^name: shop$/mu);
    const commands = shown.map(({ file: name, args }) => [name, ...args].join(" "));
    expect(commands.slice(0, 3)).to.deep.equal([
      "npm install",
      "pulumi stack select --create prod",
      "pulumi config set --secret northflank:apiToken --stack prod",
    ]);
    expect(new Set(shown.map((command) => command.folder))).to.deep.equal(
      new Set([join(folder, "shop")]),
    );
    expect(shown[2]?.input).to.equal(token);
    expect(ran.out).to.match(/next:\n {2}cd shop\n {2}pulumi up\n$/u);
    const files = written.map((name) => file(`shop/${name}`)).join("");
    for (const text of [ran.out, ran.err, commands.join(), files])
      expect(text).not.to.contain(token);
  });

  it("asks once more for a token that is refused, and no more than three times", async () => {
    const { MIGET_API_TOKEN: token = "", ...env } = world.env;
    world.env = env;
    const user = new User(["miget", "mistyped", token, DEFAULT_APP, "valkey", "7.2"]);
    user.confirm = () => Promise.resolve(false);
    const ran = await run("--memory 256 --disk 1 --name cache", { prompts: user });
    expect(ran.code, ran.err).to.equal(0);
    expect(ran.err).to.equal("Miget refuses this token. Copy it once more.\n");
    const other = temporaryFolder("refused");
    const refused = await run("--platform miget", {
      folder: other,
      prompts: new User(["a-1", "b-2", "c-3", "d-4"]),
    });
    expect(refused.code).to.equal(1);
    expect(refused.err).to.contain("401").and.not.to.contain("c-3");
    expect(readdirSync(other)).to.deep.equal([]);
    removeFolder(other);
  });

  it("writes nothing where the user ends it", async () => {
    const ran = await run("", { prompts: new User(["northflank"]) });
    expect(ran.code).to.equal(1);
    expect(ran.err).to.contain("cancelled");
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it("touches no file that is there, and asks nothing then", async () => {
    writeFileSync(join(folder, "index.ts"), "mine");
    const ran = await run(northflank);
    expect(ran.code).to.equal(1);
    expect(ran.err).to.contain("already has index.ts. Nothing was written");
    expect(file("index.ts")).to.equal("mine");
    expect(existsSync(join(folder, "Pulumi.yaml"))).to.equal(false);
    expect(world.requests()).to.deep.equal([]);
  });

  it("runs the commands with --yes, and stops at one that fails", async () => {
    const ran = await run(`${miget} --yes`, {
      show: (command) => {
        shown.push(command);
        return command.file === "npm" ? 0 : 1;
      },
    });
    expect(ran.code).to.equal(1);
    expect(shown.map((command) => command.file)).to.deep.equal(["npm", "pulumi"]);
    expect(ran.err).to.equal(
      "`pulumi stack select --create dev` failed; the message above says why\n",
    );
  });

  it("warns of what is not offered, with the nearest", async () => {
    const ran = await run(northflank.replace("nf-compute-20", "nf-compute-21"));
    expect(ran.code).to.equal(0);
    expect(ran.err).to.equal(
      "warning: --plan nf-compute-21 is not offered at present; the nearest is nf-compute-20\n",
    );
  });

  it("prints JSON for programs", async () => {
    const ran = await run(`${northflank} --json`);
    const report = parseRecord(ran.out, "the report");
    expect(report).to.deep.include({ formatVersion: 1, folder });
    expect([...textsOf(report.files)].sort()).to.deep.equal(written);
    expect(report.commands).to.include("pulumi up");
  });

  for (const [args, message] of [
    ["", "give --platform as well"],
    ["--platform miget --type mysql", "give --app as well"],
    [miget.replace("--memory 512", ""), "give --memory as well"],
    [miget.replace("--disk 2", "--disk -2"), "--disk -2: must be"],
    [`${miget} --plan nf-compute-20`, "--plan is not for mysql on Miget"],
    [miget.replace("mysql", "storage"), "--type storage is not among postgres, mysql, valkey"],
    [`${northflank} --name ab`, "--name ab: "],
    [`${northflank} --app ${DEFAULT_APP}`, "--app and --workspace are of Miget"],
    [`${northflank} --json --yes`, "--json excludes --yes"],
  ] as const) {
    it(`ends with exit code 2 for \`init ${args}\``, async () => {
      const ran = await run(args);
      expect([ran.code, ran.out]).to.deep.equal([2, ""], ran.err);
      expect(ran.err).to.contain(message);
      expect(readdirSync(folder)).to.deep.equal([]);
    });
  }

  it("ends with exit code 2 without a token", async () => {
    world.env = {};
    const ran = await run(northflank);
    expect([ran.code, ran.err]).to.deep.equal([
      2,
      "error: there is no token: set NORTHFLANK_API_TOKEN\n",
    ]);
  });
});
