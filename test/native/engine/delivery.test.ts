import { createServer, type Server } from "node:http";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { arch, platform } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { expect } from "chai";
import { archiveName, writeArchives } from "../../../scripts/ci/archives";
import { languageHost } from "../../../scripts/cli/hosts";
import { DEFAULT_APP, startEmulator, type Emulator } from "../../emulator/index";
import { did } from "../../engine/stack";
import { createProject, type EngineProject } from "../../support/engine";
import { describeWithCli, requireCli } from "../../support/skip";
import { removeFolder, temporaryFolder } from "../../support/temporary";
import { version } from "../../../src/zz_package";

const systems: Readonly<Record<string, string>> = { win32: "windows" };
const machines: Readonly<Record<string, string>> = { x64: "amd64" };
const own = `${systems[platform()] ?? platform()}-${machines[arch()] ?? arch()}`;
const folder = "./node_modules/pulumi-paas-addons/plugin";

function program(settings: object, options: object = {}): string {
  const properties = { appUuid: DEFAULT_APP, type: "valkey", valkeyVersion: "8" };
  const cache = { type: "paas-addons:MigetAddon", properties, options: { version, ...options } };
  return JSON.stringify({ name: "test", runtime: "yaml", ...settings, resources: { cache } });
}

describeWithCli("the ways to get the provider plugin", function () {
  this.timeout(25 * 60_000);
  let emulator: Emulator;
  let archives: string;
  let server: Server;
  let address: string;
  const served: string[] = [];
  let project: EngineProject;

  before(async function () {
    const host = await languageHost("yaml");
    if (!host.found) {
      console.warn(`\n  Tests with YAML programs are skipped: ${host.reason}`);
      return this.skip();
    }
    emulator = await startEmulator({ provisioningMs: 50 });
    archives = temporaryFolder("archives");
    await writeArchives(archives);
    server = createServer((request, response) => {
      served.push(request.url ?? "");
      const file = join(archives, request.url ?? "");
      if (existsSync(file)) response.end(readFileSync(file));
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const bound = server.address();
    address = `http://127.0.0.1:${String(typeof bound === "object" ? bound?.port : "")}`;
  });
  after(async () => {
    removeFolder(archives);
    server.close();
    await emulator.close();
  });

  beforeEach(async () => {
    const host = await languageHost("yaml");
    const folders = [host.found ? host.binDir : "", (await requireCli()).binDir];
    const PATH = [...folders, dirname(process.execPath), process.env.PATH ?? ""].join(delimiter);
    const files = { "Pulumi.yaml": program({}) };
    project = await createProject({ program: "", files, env: { ...emulator.env(), PATH } });
  });
  afterEach(() => {
    project.dispose();
  });

  async function expectServed(env: Readonly<Record<string, string>> = {}): Promise<void> {
    expect(did(await project.preview({ env }))).to.deep.equal({ cache: ["create"] });
  }

  it("is asked for by the engine, which says that it is not there", async () => {
    const { output } = await project.preview({ expect: "failure" });
    expect(output).to.match(/paas-addons/u);
  });

  it("gives its SDK to `pulumi package add` by the file, and is found by its folder", async () => {
    const plugins = { providers: [{ name: "paas-addons", path: folder }] };
    project.writeFile("Pulumi.yaml", program({ plugins }));
    // The host of YAML that tests can have is too old to link the SDK, which YAML does not need.
    const file = `${folder}/pulumi-resource-paas-addons`;
    const { stdout } = await project.pulumi(["package", "add", file], true);
    expect(stdout).to.match(/Successfully generated an SDK for the paas-addons package/u);
    await expectServed();
  });

  it("keeps npm in its own folder, where `pulumi package add` is given that", async () => {
    const { stderr } = await project.pulumi(["package", "add", folder], true);
    expect(stderr).to.match(/Finished installing dependencies/u);
    const modules = join(project.folder, folder, "node_modules");
    expect(readdirSync(modules).filter((name) => !name.startsWith("."))).to.deep.equal(["nothing"]);
  });

  it("is named under packages in Pulumi.yaml", async () => {
    project.writeFile("Pulumi.yaml", program({ packages: { "paas-addons": folder } }));
    await expectServed();
  });

  it("is installed from an archive by `pulumi plugin install --file`", async () => {
    const file = join(archives, archiveName(own));
    const install = ["plugin", "install", "resource", "paas-addons", version];
    await project.pulumi([...install, "--file", file]);
    await expectServed();
  });

  it("is downloaded from the server that a resource names", async () => {
    project.writeFile("Pulumi.yaml", program({}, { pluginDownloadURL: address }));
    await expectServed({ PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "false" });
    expect(served).to.include(`/${archiveName(own)}`);
  });
});
