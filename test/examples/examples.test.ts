import { expect } from "chai";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { startEmulator, type Emulator } from "../emulator/index";
import { javascript } from "../docs/support/programs";
import { createProject, type EngineProject } from "../support/engine";
import { type JsonRecord, parseRecord, recordAt, toRecord } from "../support/json";
import { repository } from "../support/pack";
import { describeWithCli } from "../support/skip";
import { mocked } from "./mocked";
import { expectations, legacy, type Seeded } from "./expectations";

const examples = join(repository, "examples");

const folders = readdirSync(examples, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "node_modules")
  .map(({ name }) => name)
  // Those in other languages run over the provider plugin, in test/native.
  .filter((name) => existsSync(join(examples, name, "index.ts")))
  .filter((name) => !mocked.includes(name))
  .sort();

/** Those that can be copied alone. */
const templates = readdirSync(examples).filter((name) => {
  return existsSync(join(examples, name, "README.md"));
});

const projectFile = (folder: string) => readFileSync(join(folder, "Pulumi.yaml"), "utf8");

/** All examples as one program, so that one run of the engine is enough; outputs are `folder.name`. */
function allExamples(): string {
  const entries = folders.map((folder) => `  "${folder}": require("./examples/${folder}"),`);
  return `
const examples: Record<string, object> = {
${entries.join("\n")}
};
export = Object.fromEntries(
  Object.entries(examples).flatMap(([folder, outputs]) =>
    Object.entries(outputs).map(([name, value]) => [folder + "." + name, value]),
  ),
);
`;
}

function sources(): Record<string, string> {
  const files = folders.map((folder) => `examples/${folder}/index.ts`);
  return Object.fromEntries(
    files.map((file) => [file, readFileSync(join(repository, file), "utf8")]),
  );
}

/** The outputs of one example, and which of them the CLI shows. */
function outputsOf(folder: string, all: JsonRecord): Record<string, unknown> {
  const prefix = `${folder}.`;
  return Object.fromEntries(
    Object.entries(all)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
}

describe("the examples' folders", () => {
  it("all have expectations", () => {
    expect(Object.keys(expectations).sort()).to.deep.equal(folders);
  });

  it("are projects of their own", () => {
    for (const folder of folders) {
      const text = projectFile(join(examples, folder));
      expect(text, folder).to.match(new RegExp(`^name: ${folder}$`, "m"));
      expect(text, folder).to.match(/^runtime: nodejs$/m);
      const program = readFileSync(join(examples, folder, "index.ts"), "utf8");
      expect(program, `${folder} begins with what it shows`).to.match(/^\/\/ [A-Z]/);
      expect(program, folder).to.contain('from "pulumi-paas-addons"');
    }
  });

  it("can be copied alone, where they are about a task", () => {
    expect(templates).to.include.members(["environments", "preview-environments", ...mocked]);
    for (const folder of templates) {
      const read = (file: string) => readFileSync(join(examples, folder, file), "utf8");
      const { dependencies, devDependencies } = parseRecord(read("package.json"), folder);
      const { files } = parseRecord(read("tsconfig.json"), folder);
      const packages = Object.keys({ ...recordAt(dependencies), ...recordAt(devDependencies) });
      for (const file of Array.isArray(files) ? files.map(String) : []) {
        const imported = [...read(file).matchAll(/ from "((?:@[^/"]+\/)?[^/"]+)/gu)];
        expect(packages, folder).to.include.members(imported.map(([, name = ""]) => name));
      }
      const { template } = toRecord(parse(read("Pulumi.yaml")), folder);
      const asked = Object.keys(recordAt(recordAt(template).config));
      const needed = [...read("index.ts").matchAll(/config\.require(?:Secret)?\("(\w+)"\)/gu)];
      expect(asked, folder).to.have.members(needed.map(([, name = ""]) => name));
    }
  });

  it("are what the repository's project runs", () => {
    const root = projectFile(repository);
    expect(root).to.match(/^main: examples\/quickstart\/$/m);
    // The same name, so that a stack's configuration is good for both.
    expect(root).to.match(/^name: quickstart$/m);
  });
});

describeWithCli("the examples on the engine", function () {
  this.timeout(120_000);

  let emulator: Emulator;
  let project: EngineProject;
  let seeded: Seeded;
  let shown: JsonRecord;
  let revealed: JsonRecord;
  const cleanUp: (() => Promise<void> | void)[] = [];

  before(async () => {
    emulator = await startEmulator({
      provisioningMs: 300,
      credentialsDelayMs: 100,
      deletionMs: 100,
    });
    cleanUp.push(() => emulator.close());
    const reports = emulator.miget.seed(emulator.miget.defaultApp, {
      type: "mysql",
      label: "Reports",
      mysql_version: "8.2",
    });
    seeded = { reports, legacy: emulator.northflank.seed(legacy) };
    project = await createProject({
      language: "typescript",
      program: allExamples(),
      files: sources(),
      // The types are checked with the compiler, which is quicker than the engine's.
      env: { ...emulator.env(), PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
      config: {
        migetAppUuid: emulator.miget.defaultApp,
        northflankProjectId: emulator.northflank.defaultProject,
        existingMigetAddon: `${emulator.miget.defaultApp}/${reports.uuid}`,
        protect: "false",
      },
    });
    cleanUp.push(() => project.dispose());
    await project.up();
    shown = await project.outputs();
    revealed = await project.outputs({ showSecrets: true });
  });

  after(async () => {
    for (const step of cleanUp.reverse()) await step();
  });

  for (const [folder, expectation] of Object.entries(expectations)) {
    it(folder, () => {
      const outputs = outputsOf(folder, revealed);
      expectation.check({ outputs, emulator, seeded });
      const visible = Object.entries(outputsOf(folder, shown)).filter(
        ([, value]) => value !== "[secret]",
      );
      expect(visible.map(([name]) => name).sort()).to.deep.equal([...expectation.visible].sort());
    });
  }

  it("preview-environments makes the stack of a pull request, and removes it", async () => {
    const folder = "examples/preview-environments";
    const read = (file: string) => readFileSync(join(repository, folder, file), "utf8");
    const other = await createProject({
      program: javascript(read("index.ts")),
      files: { "preview.js": javascript(read("preview.ts")) },
      env: { ...emulator.env(), NORTHFLANK_PROJECT_ID: emulator.northflank.defaultProject },
    });
    try {
      const up = await other.node("preview.js", ["up", "42"]);
      expect(up.code, up.stdout + up.stderr).to.equal(0);
      expect(emulator.northflank.get("pr-42-shop").type).to.equal("postgresql");
      const down = await other.node("preview.js", ["down", "42"]);
      expect(down.code, down.stdout + down.stderr).to.equal(0);
      expect(emulator.northflank.addons().map(({ id }) => id)).not.to.include("pr-42-shop");
    } finally {
      other.dispose();
    }
  });

  it("change nothing when run again", async () => {
    const again = await project.up();
    expect(Object.keys(again.changes)).to.deep.equal(["same"]);
  });

  it("leave nothing behind but what they only read", async () => {
    await project.destroy();
    expect(emulator.northflank.addons()).to.deep.equal([]);
    expect(emulator.miget.addons().map(({ uuid }) => uuid)).to.deep.equal([seeded.reports.uuid]);
    expect(emulator.violations).to.deep.equal([]);
    expect(await project.resources()).to.deep.equal([]);
  });
});
