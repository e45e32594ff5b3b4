import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startEmulator, type Emulator } from "../../emulator/index";
import { assembleModules } from "../../support/assemble";
import { createProject, type EngineProject } from "../../support/engine";
import { textOf } from "../../support/json";
import { repository } from "../../support/pack";
import { describeWithCli } from "../../support/skip";
import { blocksOf } from "../support/pages";
import { isShown } from "../support/shown";

const text = (file: string) => readFileSync(join(repository, file), "utf8");
const blocks = blocksOf("README.md");
const first = (language: string) => blocks.find((block) => block.language === language)?.code ?? "";
const program = first("ts");

describe("README.md", () => {
  it("is short, and so is its program", () => {
    expect(Buffer.byteLength(text("README.md"))).to.be.below(10_000);
    expect(program.trim().split("\n").filter(Boolean).length).to.be.within(8, 12);
  });

  it("is followed by a page that names every setting", () => {
    const sources = ["miget", "northflank"]
      .flatMap((platform) => [`src/${platform}/settings.ts`, `src/${platform}/fields.ts`])
      .map(text)
      .join("\n");
    const names = sources.match(/"(?:(?:miget|northflank):[a-zA-Z]+|[A-Z]{2,}_[A-Z_]+)"/g) ?? [];
    expect(names.length).to.be.greaterThan(9);
    const page = text("docs/configuration.md");
    for (const name of names) expect(page).to.contain(`\`${name.slice(1, -1)}\``);
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
      // Only where the platform is differs from what the README says to set.
      config: {
        "northflank:apiToken": { secret: env.NORTHFLANK_API_TOKEN ?? "" },
        northflankProjectId: emulator.northflank.defaultProject,
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

  it("creates the database, prints what the README shows, and gives its URL as a secret", async () => {
    const { output } = await project.up();
    expect(isShown(first("text"), output), output).to.equal(true);
    expect(await project.outputs()).to.deep.equal({ url: "[secret]" });
    const url = new URL(textOf((await project.outputs({ showSecrets: true })).url));
    expect(url.protocol).to.equal("postgresql:");
    expect(emulator.northflank.get("orders").validPasswords).to.include(url.password);
  });

  it("is destroyed without a trace", async () => {
    await project.destroy();
    expect(emulator.northflank.addons()).to.deep.equal([]);
    expect(emulator.violations).to.deep.equal([]);
  });
});
