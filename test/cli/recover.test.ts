import { expect } from "chai";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ShownCommand } from "../../src/cli/context";
import type { Prompts } from "../../src/cli/prompts";
import { DEFAULT_APP } from "../emulator/index";
import { commandLine, type Ran, type Surroundings } from "../support/command-line";
import { listOf, parseRecord, recordAt } from "../support/json";
import { removeFolder, temporaryFolder } from "../support/temporary";
import { Harness } from "../support/harness";

const billing = { deploymentPlan: "nf-compute-20", storage: 4096, replicas: 1 };
const redis = { type: "redis", version: "8.6.1", billing };
const dynamic = {
  miget: "pulumi-nodejs:dynamic/miget:Addon",
  northflank: "pulumi-nodejs:dynamic/northflank:Addon",
};

/** An entry of the state, or of what is pending, as `pulumi stack export` prints it. */
const entry = (
  type: string,
  name: string,
  more: { inputs?: object | undefined; [key: string]: unknown } = {},
) => ({
  urn: `urn:pulumi:dev::shop::${type}::${name}`,
  custom: true,
  type,
  ...more,
});
const sessions = entry(dynamic.northflank, "sessions", {
  inputs: { projectId: "demo-project", name: "Sessions", type: "redis", __provider: {} },
});
const orders = entry(dynamic.miget, "orders", {
  inputs: { appUuid: DEFAULT_APP, type: "mysql", name: "orders", label: "Orders" },
});

describe("recover", () => {
  let world: Harness;
  let folder: string;
  let resources: object[];
  let pending: object[];
  let shown: ShownCommand[];

  const asked = (answer: boolean): Prompts => {
    const none = () => Promise.reject(new Error("nothing else is asked"));
    return { select: none, text: none, secret: none, confirm: () => Promise.resolve(answer) };
  };
  const run = (args = "", more: Surroundings = {}): Promise<Ran> =>
    commandLine(world, ["recover", ...args.split(" ").filter(Boolean)], {
      folder,
      pulumi: ([verb]) => {
        const manifest = { time: new Date(world.clock.now()).toISOString() };
        const deployment = { manifest, resources, pending_operations: pending };
        const stdout = JSON.stringify(verb === "stack" ? { version: 3, deployment } : {});
        return { code: 0, stdout, stderr: "" };
      },
      show: (command) => {
        shown.push(command);
        return 0;
      },
      ...more,
    });
  const commands = () =>
    shown.map(({ args, env = {} }) => [...Object.values(env), ...args].join(" "));
  const cutOff = (type: string, ...entries: object[]) =>
    entries.map((resource) => ({ type, resource }));

  beforeEach(async () => {
    world = await Harness.start();
    folder = temporaryFolder("recover");
    writeFileSync(join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    [resources, pending, shown] = [[], [], []];
  });

  afterEach(async () => {
    expect(world.requests().filter((request) => !request.startsWith("GET "))).to.deep.equal([]);
    expect(world.emulator.violations).to.deep.equal([]);
    await world.close();
    removeFolder(folder);
  });

  it("has nothing to do where nothing was interrupted", async () => {
    resources = [{ ...sessions, id: "demo-project/sessions" }];
    const ran = await run();
    expect([ran.code, ran.out]).to.deep.equal([
      0,
      "Nothing was interrupted: the stack has no pending operations.\n",
    ]);
    expect(world.requests()).to.deep.equal([]);
  });

  it("takes over what is on the platforms, by one command for all, and clears the rest", async () => {
    world.emulator.northflank.seed({ name: "Sessions", ...redis });
    const body = { type: "mysql", label: "Orders", name: "orders", mysql_version: "8.2" };
    const { uuid } = world.emulator.miget.seed(DEFAULT_APP, body);
    pending = cutOff("creating", sessions, orders);
    world.clock.advance(180_000);
    const ran = await run("--stack dev", { prompts: asked(true) });
    expect(ran.code, ran.err).to.equal(0);
    expect(ran.out).to.match(
      /^! sessions {2}creating it was interrupted; demo-project\/sessions is on/mu,
    );
    expect(ran.out).to.match(/created \S+ \(3 min ago\)\) and not in the state$/mu);
    const ids = `demo-project/sessions,${DEFAULT_APP}/${uuid}`;
    expect(ran.out).to.contain(`\n  PAAS_ADDONS_ADOPT='${ids}' pulumi up --stack dev\n`);
    expect(commands()).to.deep.equal([
      `${ids} up --stack dev`,
      "refresh --clear-pending-creates --stack dev",
    ]);
    expect(shown.map((command) => command.folder)).to.deep.equal([folder, folder]);
  });

  it("finds what the provider plugin has left too", async () => {
    world.emulator.northflank.seed({ name: "Sessions", ...redis });
    const native = entry("paas-addons:index:NorthflankAddon", "sessions", {
      inputs: sessions.inputs,
    });
    pending = cutOff("creating", native);
    expect((await run("--yes")).code).to.equal(0);
    expect(commands()[0]).to.equal("demo-project/sessions up --yes");
  });

  it("runs nothing without a yes", async () => {
    world.emulator.northflank.seed({ name: "Sessions", ...redis });
    pending = cutOff("creating", sessions);
    expect((await run("", { prompts: asked(false) })).code).to.equal(1);
    const piped = await run();
    expect([piped.code, piped.err]).to.deep.equal([
      1,
      "nothing was run: run this in a terminal, or with --yes\n",
    ]);
    expect(shown).to.deep.equal([]);
  });

  it("ends with 1 after a command that fails, and runs none after it", async () => {
    world.emulator.northflank.seed({ name: "Sessions", ...redis });
    pending = cutOff("creating", sessions);
    const ran = await run("--yes", {
      show: (command) => {
        shown.push(command);
        return 255;
      },
    });
    expect([ran.code, shown.length]).to.deep.equal([1, 1]);
    expect(ran.err).to.contain("PAAS_ADDONS_ADOPT=demo-project/sessions pulumi up` failed");
  });

  it("clears what came to nothing, what was saved and what was changing", async () => {
    resources = [{ ...orders, id: `${DEFAULT_APP}/x` }];
    const changed = entry(dynamic.northflank, "cache", { id: "demo-project/cache", inputs: {} });
    pending = [...cutOff("creating", sessions, orders), ...cutOff("updating", changed)];
    const ran = await run("--yes");
    expect(ran.code, ran.err).to.equal(0);
    expect(ran.out).to.match(
      /^- sessions .* no such add-on, so the next `pulumi up` creates it$/mu,
    );
    expect(ran.out).to.match(/^✔ orders {4}creating it was interrupted; the state has it$/mu);
    expect(ran.out).to.match(/^! cache {5}updating it was interrupted; a refresh compares it/mu);
    expect(commands()).to.deep.equal(["refresh --clear-pending-creates --yes"]);
    shown = [];
    pending = cutOff("deleting", changed);
    await run("--yes");
    expect(commands()).to.deep.equal(["refresh --yes"]);
  });

  it("does not take what another entry of the state has, or what is being deleted", async () => {
    world.emulator.northflank.seed({ name: "Sessions", ...redis });
    resources = [entry(dynamic.northflank, "former", { id: "demo-project/sessions" })];
    pending = cutOff("creating", sessions);
    expect((await run("--yes")).out).to.match(/^✔ sessions .* the state has it as former$/mu);
    resources = [];
    world.emulator.northflank.setStatus("sessions", "deleting");
    expect((await run("--yes")).out).to.match(/^- sessions .* no such add-on/mu);
    expect(commands().join()).not.to.contain("demo-project/sessions");
  });

  it("asks which of several, and takes the one that is named", async () => {
    const body = { type: "mysql", label: "Orders", mysql_version: "8.2" };
    const uuids = [1, 2].map(() => world.emulator.miget.seed(DEFAULT_APP, body).uuid);
    pending = cutOff("creating", orders);
    const ran = await run("--yes");
    expect([ran.code, shown]).to.deep.equal([1, []]);
    for (const uuid of uuids) expect(ran.out).to.contain(uuid);
    const [, second = ""] = uuids;
    expect((await run(`${DEFAULT_APP}/${second} --yes`)).code).to.equal(0);
    expect(commands()[0]).to.equal(`${DEFAULT_APP}/${second} up --yes`);
  });

  it("takes what a message named, though nothing is pending any more", async () => {
    world.emulator.northflank.seed({ name: "Sessions", ...redis });
    expect((await run("demo-project/sessions --yes")).code).to.equal(0);
    expect(commands()).to.deep.equal(["demo-project/sessions up --yes"]);
    const missing = await run("demo-project/nothing --yes");
    expect(missing.code).to.equal(1);
    expect(missing.out).to.match(/^- demo-project\/nothing {2}Northflank has no such add-on/mu);
  });

  it("clears nothing where it cannot know what came of it", async () => {
    world.emulator.northflank.permissions.delete("Project > Addons > General > Read");
    pending = cutOff("creating", sessions);
    const ran = await run("--yes");
    expect([ran.code, shown]).to.deep.equal([1, []]);
    expect(ran.out).to.match(/^✘ sessions .* not known what came of it: .*403/mu);
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
    pending = cutOff("creating", { ...sessions, inputs: { ...sessions.inputs, name: secret } });
    expect((await run("--yes")).out).to.contain("the state keeps secret what it is called");
    expect(shown).to.deep.equal([]);
  });

  it("leaves creations of other providers to the user", async () => {
    world.emulator.northflank.seed({ name: "Sessions", ...redis });
    pending = cutOff("creating", sessions, entry("aws:s3/bucket:Bucket", "logs"));
    const ran = await run("--yes");
    expect(ran.code).to.equal(1);
    expect(ran.out).to.contain("The creation of other resources was interrupted too: logs.");
    expect(commands()).to.deep.equal(["demo-project/sessions up --yes"]);
  });

  it("says which entry to remove after a renaming with --target", async () => {
    const id = "demo-project/sessions";
    resources = [
      entry(dynamic.northflank, "sessions", { id, created: "2026-02-02T00:00:00Z" }),
      entry(dynamic.northflank, "old", { id, created: "2026-01-01T00:00:00Z" }),
      entry(dynamic.northflank, "read", { id, external: true }),
    ];
    const { code, out } = await run();
    expect(code).to.equal(1);
    expect(out.replace(/\s+/gu, " ")).to.contain("is in the state twice: as old and as sessions.");
    expect(out).to.contain("Until a full `pulumi up` has run, `pulumi destroy --target`");
    expect(out).to.contain(`pulumi state delete urn:pulumi:dev::shop::${dynamic.northflank}::old`);
  });

  it("prints JSON for programs, and runs nothing then", async () => {
    world.emulator.northflank.seed({ name: "Sessions", ...redis });
    pending = cutOff("creating", sessions);
    const ran = await run("--json");
    expect(ran.code).to.equal(1);
    const report = parseRecord(ran.out, "the report");
    expect(report.formatVersion).to.equal(1);
    expect(report.commands).to.deep.equal([
      "PAAS_ADDONS_ADOPT=demo-project/sessions pulumi up",
      "pulumi refresh --clear-pending-creates",
    ]);
    const [found] = listOf(report.found);
    expect(found).to.deep.include({ name: "sessions", operation: "creating" });
    expect(recordAt(recordAt(found).outcome).kind).to.equal("left");
    expect(shown).to.deep.equal([]);
    pending = [];
    expect((await run("--json")).code).to.equal(0);
  });

  for (const columns of [64, 110]) {
    it(`fits a terminal of ${columns} columns, but for what is to be copied`, async () => {
      world.emulator.northflank.seed({ name: "Sessions", ...redis });
      pending = cutOff("creating", sessions, orders);
      const { out } = await run("", { columns, prompts: asked(false) });
      for (const line of out.split("\n").filter((each) => !/^ {2}\S/u.test(each))) {
        expect(line.length, line).to.be.at.most(columns);
      }
      expect(out).to.contain("\n  PAAS_ADDONS_ADOPT=demo-project/sessions pulumi up\n");
    });
  }

  it("ends with 2 for what makes no sense, and with 1 without a project or its state", async () => {
    expect((await run("--json --yes")).code).to.equal(2);
    const id = await run("sessions");
    expect([id.code, id.err]).to.deep.equal([
      2,
      "error: sessions is no id; ids are <project or app>/<add-on>, as messages print\n",
    ]);
    const elsewhere = temporaryFolder("no-project");
    const outside = await run("", { folder: elsewhere });
    expect(outside.code).to.equal(1);
    expect(outside.err).to.contain("there is no Pulumi.yaml");
    removeFolder(elsewhere);
    const broken = await run("", { pulumi: () => ({ code: 255, stdout: "", stderr: "no" }) });
    expect(broken.err).to.contain("`pulumi stack export` does not work here");
    const none = await run("", { pulumi: () => ({ problem: "missing" }) });
    expect(none.err).to.contain("the CLI is not on PATH");
  });
});
