import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { readReadme, renderReadme } from "../../scripts/docs/readme";
import { startEmulator, type Emulator } from "../emulator/index";
import { assembleModules } from "../support/assemble";
import { createConsumer } from "../support/consumer";
import { createProject, type EngineProject } from "../support/engine";
import { textOf, toRecord } from "../support/json";
import { repository } from "../support/pack";
import { describeWithCli } from "../support/skip";

const documents = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"];
const text = (file: string) => readFileSync(join(repository, file), "utf8");

/** The TypeScript in the README, the program first. */
const blocks = [...readReadme().matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code ?? "");
const program = blocks[0] ?? "";

const strict = {
  compilerOptions: {
    strict: true,
    target: "es2020",
    module: "node16",
    moduleResolution: "node16",
    types: ["node"],
  },
};

describe("README.md", () => {
  it("has the tables of the present sources", async () => {
    const present = readReadme();
    expect(await renderReadme(present), "run npm run docs").to.equal(present);
  });

  it("names every setting", () => {
    const sources = ["src/miget/platform.ts", "src/northflank/platform.ts"].map(text).join("\n");
    const names = sources.match(/"(?:(?:miget|northflank):[a-zA-Z]+|[A-Z]{2,}_[A-Z_]+)"/g) ?? [];
    expect(names.length).to.be.greaterThan(9);
    for (const name of names) expect(readReadme()).to.contain(`\`${name.slice(1, -1)}\``);
  });

  it("has a short program that compiles, and the fragments after it do", async function () {
    this.timeout(60_000);
    expect(program.trim().split("\n").filter(Boolean).length).to.be.at.most(20);
    const consumer = await createConsumer({
      files: {
        "index.ts": program,
        "fragments.ts": blocks.join("\n"),
        "tsconfig.json": JSON.stringify(strict),
      },
      also: ["@types/node"],
    });
    const outcome = await consumer.tsc();
    consumer.dispose();
    expect(outcome.stdout + outcome.stderr).to.equal("");
  });
});

describeWithCli("the README's program on the engine", function () {
  this.timeout(120_000);

  let emulator: Emulator;
  let project: EngineProject;
  const cleanUp: (() => Promise<void> | void)[] = [];

  before(async () => {
    emulator = await startEmulator({ provisioningMs: 300 });
    cleanUp.push(() => emulator.close());
    const env = emulator.env();
    project = await createProject({
      language: "typescript",
      program,
      // Only where the platforms are is different from what the README says to set.
      config: {
        "miget:apiToken": { secret: env.MIGET_API_TOKEN ?? "" },
        migetAppUuid: emulator.miget.defaultApp,
        "northflank:apiToken": { secret: env.NORTHFLANK_API_TOKEN ?? "" },
        northflankProjectId: emulator.northflank.defaultProject,
        "miget:baseUrl": env.MIGET_BASE_URL ?? "",
        "northflank:baseUrl": env.NORTHFLANK_BASE_URL ?? "",
      },
    });
    cleanUp.push(() => project.dispose());
    // As in a project made by `pulumi new typescript`; the engine checks the types with it.
    assembleModules(project.folder, { packages: [], also: ["typescript"] });
  });

  after(async () => {
    for (const step of cleanUp.reverse()) await step();
  });

  it("creates both add-ons and gives their URLs, as secrets", async () => {
    await project.up();
    expect(await project.outputs()).to.deep.equal({
      ordersUrl: "[secret]",
      sessionsUrl: "[secret]",
    });
    const { ordersUrl, sessionsUrl } = await project.outputs({ showSecrets: true });
    const [orders] = emulator.miget.addons();
    const sessions = emulator.northflank.get("sessions");
    expect(new URL(textOf(ordersUrl))).to.include({
      protocol: "postgres:",
      password: orders?.password,
    });
    expect(new URL(textOf(sessionsUrl)).protocol).to.equal("redis:");
    expect(sessions.validPasswords).to.include(new URL(textOf(sessionsUrl)).password);
  });

  it("is destroyed without a trace", async () => {
    await project.destroy();
    expect([...emulator.miget.addons(), ...emulator.northflank.addons()]).to.deep.equal([]);
    expect(emulator.violations).to.deep.equal([]);
  });
});

describe("the documents", () => {
  for (const file of documents) {
    it(`${file} links to what is there`, () => {
      const links = [...text(file).matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target ?? "");
      for (const link of links.filter((target) => !target.startsWith("https:"))) {
        const [path = "", anchor] = link.split("#");
        const target =
          path === "" ? file : relative(repository, join(repository, dirname(file), path));
        expect(existsSync(join(repository, target)), link).to.equal(true);
        if (anchor !== undefined) expect(anchorsOf(text(target)), link).to.include(anchor);
      }
    });

    it(`${file} names commands that exist`, () => {
      const manifest = toRecord(JSON.parse(text("package.json")), "package.json");
      const { scripts } = manifest;
      for (const [, name] of text(file).matchAll(/\bnpm run ([a-z:]+)/g)) {
        expect(scripts, `npm run ${name ?? ""}`).to.have.property(name ?? "");
      }
    });
  }
});

/** The anchors that headings get. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
}
