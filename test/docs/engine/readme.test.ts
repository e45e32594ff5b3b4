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

const text = (file: string) => readFileSync(join(repository, file), "utf8");
const readme = text("README.md");

/** The first TypeScript in the README. */
const program = blocksOf("README.md").find(({ language }) => language === "ts")?.code ?? "";

describe("README.md", () => {
  it("names every setting", () => {
    const sources = ["src/miget/settings.ts", "src/northflank/settings.ts"].map(text).join("\n");
    const names = sources.match(/"(?:(?:miget|northflank):[a-zA-Z]+|[A-Z]{2,}_[A-Z_]+)"/g) ?? [];
    expect(names.length).to.be.greaterThan(9);
    for (const name of names) expect(readme).to.contain(`\`${name.slice(1, -1)}\``);
  });

  // That it and the fragments after it compile, code-blocks.test.ts checks.
  it("has a short program", () => {
    const lines = program.trim().split("\n").filter(Boolean);
    expect(lines.length).to.be.within(10, 20);
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
