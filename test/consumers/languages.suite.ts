import { writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { expect } from "chai";
import { languageHost } from "../../scripts/cli/hosts";
import { writeSdks } from "../../scripts/cli/sdks";
import { schemaText } from "../../src/doors/native/schema";
import { DEFAULT_APP, DEFAULT_PROJECT, startEmulator, type Emulator } from "../emulator/index";
import { did, each, stages } from "../engine/stack";
import { createProject, type EngineProject, type RunOptions } from "../support/engine";
import { resourcesIn } from "../support/events";
import { plugins, projectName, stackName } from "../support/project-files";
import { describeWithCli, requireCli } from "../support/skip";
import { removeFolder, temporaryFolder } from "../support/temporary";
import { programLanguages } from "./languages";

const names = ["orders", "cache"];
const quick = { provisioningMs: 200, credentialsDelayMs: 50, deletionMs: 50, actionMs: 50 };

for (const { language, runtime, write } of programLanguages) {
  describeWithCli(`a program in ${language} over the provider plugin`, function () {
    this.timeout(25 * 60_000);
    stages();
    const folder = temporaryFolder(`sdk-${language}`);
    const made: { emulator?: Emulator; project?: EngineProject } = {};
    let emulator: Emulator;
    let project: EngineProject;
    let settings: Record<string, string> = {};
    const manifest = JSON.stringify({ name: projectName, runtime, plugins });
    const now = (more: RunOptions = {}): RunOptions => ({ ...more, env: settings });

    before(async function () {
      const host = await languageHost(language);
      const schema = join(folder, "schema.json");
      writeFileSync(schema, schemaText());
      const problem = host.found ? await writeSdks(schema, folder) : host.reason;
      if (!host.found || problem !== undefined) {
        console.warn(`\n  Tests with ${language} programs are skipped: ${problem ?? ""}`);
        return this.skip();
      }
      emulator = made.emulator = await startEmulator(quick);
      const files = { "Pulumi.yaml": manifest };
      const env = emulator.env();
      const { NORTHFLANK_API_TOKEN: token = "", ...others } = env;
      // The provider of the program has this token, and nothing else of this stack has one.
      const own = { ...others, OWN_TOKEN: token, APP: DEFAULT_APP, PROJECT: DEFAULT_PROJECT };
      const { binDir } = await requireCli();
      const PATH = [host.binDir, binDir, dirname(process.execPath), process.env.PATH ?? ""];
      project = made.project = await createProject({
        program: "",
        files,
        env: { ...own, PATH: PATH.join(delimiter) },
      });
      const more = await write(project.folder, folder, host.binDir);
      const path = [more.PATH ?? "", ...PATH].filter((each) => each !== "").join(delimiter);
      settings = { VERSION: "17", LABEL: "Orders", STORAGE: "6144", ...more, PATH: path };
    });
    after(async () => {
      made.project?.dispose();
      await made.emulator?.close();
      removeFolder(folder);
    });

    it("is previewed with inputs that are not known yet", async () => {
      expect(did(await project.preview(now()))).to.deep.equal(each(names, "create"));
      expect(emulator.requests.filter(({ method }) => method !== "GET")).to.deep.equal([]);
    });

    it("creates both kinds, one of them by a provider with a token of its own", async () => {
      expect(did(await project.up(now()))).to.deep.equal(each(names, "create"));
      expect(await project.outputs()).to.include({ url: "[secret]", host: "[secret]" });
      const token = emulator.env().NORTHFLANK_API_TOKEN ?? "-";
      for (const [place, text] of project.stateTexts()) {
        expect(text.includes(token), `the token in ${place}`).to.equal(false);
      }
    });

    it("shows no change afterwards, nor after a refresh", async () => {
      expect(did(await project.preview(now()))).to.deep.equal(each(names, "same"));
      await project.refresh(now());
      expect(did(await project.preview(now()))).to.deep.equal(each(names, "same"));
    });

    it("shows the very property that changes, and updates it", async () => {
      settings = { ...settings, STORAGE: "12288", LABEL: "All orders" };
      const preview = await project.preview(now({ args: ["--diff"] }));
      expect(preview.output).to.match(/~ billing: \{\s+~ storage: 6144 => 12288\s+\}/u);
      expect(preview.output).to.match(/~ label: "Orders" => "All orders"/u);
      expect(did(await project.up(now()))).to.deep.equal(each(names, "update"));
    });

    it("refuses a replacement in the preview, naming what to do", async () => {
      const options = { expect: "failure", env: { ...settings, VERSION: "16" } } as const;
      const { output } = await project.preview(options);
      expect(output).to.match(/postgresVersion cannot change in place.*allowReplace: true/su);
    });

    it("is imported, and then shows no change", async () => {
      const all = await project.resources();
      for (const { urn } of [...all].reverse()) {
        await project.pulumi(["state", "delete", urn, "--yes", "--stack", stackName]);
      }
      const orders = all.find(({ type }) => type === "paas-addons:index:MigetAddon");
      const provider = resourcesIn(await project.export()).find(({ urn }) => urn.endsWith("::own"));
      // The hosts that tests can have know no `GenerateProgram`; YAML's does, and its test reads the code.
      const plain = ["--generate-code=false", "--protect=false", "--yes", "--stack", stackName];
      const args = (type: string, name: string, id: string) => ["import", type, name, id, ...plain];
      await project.pulumi(args(orders?.type ?? "", "orders", orders?.id ?? ""), false, settings);
      const cache = all.find(({ type }) => type === "paas-addons:index:NorthflankAddon");
      const given = ["--provider", `own=${provider?.urn ?? ""}`];
      await project.pulumi(
        [...args(cache?.type ?? "", "cache", cache?.id ?? ""), ...given],
        false,
        settings,
      );
      expect(did(await project.preview(now()))).to.deep.equal(each(names, "same"));
    });

    it("destroys what it has created", async () => {
      await project.destroy(now());
      expect(emulator.miget.addons()).to.deep.equal([]);
      expect(emulator.northflank.addons()).to.deep.equal([]);
      expect(emulator.violations).to.deep.equal([]);
    });
  });
}
