import { readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { expect } from "chai";
import { languageHost } from "../../../scripts/cli/hosts";
import { DEFAULT_APP, DEFAULT_PROJECT } from "../../emulator/index";
import { did, each, stages } from "../../engine/stack";
import { describeWithCli, requireCli } from "../../support/skip";
import { recordAt, textOf } from "../../support/json";
import { repository } from "../../support/pack";
import { plugins, stackName } from "../../support/project-files";
import { nativeStack } from "./project";

const names = ["orders", "cache"];

/** A program in YAML; JSON is YAML too. */
function program({ label = "Orders", storage = 6144, version = "17", more = {} } = {}): string {
  return JSON.stringify({
    name: "test",
    runtime: "yaml",
    plugins,
    resources: {
      orders: {
        type: "paas-addons:MigetAddon",
        properties: {
          appUuid: DEFAULT_APP,
          type: "postgres",
          postgresVersion: version,
          label,
          ...more,
        },
        options: { customTimeouts: { create: "5m" } },
      },
      cache: {
        type: "paas-addons:NorthflankAddon",
        properties: {
          projectId: DEFAULT_PROJECT,
          type: "postgresql",
          version: "16-latest",
          // Unknown in the first preview.
          description: "${orders.assignedName}",
          billing: { deploymentPlan: "nf-compute-20", storage, replicas: 1 },
        },
      },
    },
    variables: {
      plans: {
        "fn::invoke": {
          function: "paas-addons:getNorthflankPlans",
          arguments: { minMemory: 512 },
        },
      },
    },
    outputs: {
      url: "${orders.url}",
      host: "${cache.connection.host}",
      plan: "${plans.smallest.id}",
    },
  });
}

describeWithCli("a program in YAML over the provider plugin", function () {
  this.timeout(25 * 60_000);
  stages();

  before(async function () {
    const host = await languageHost("yaml");
    if (host.found) return;
    console.warn(`\n  Tests with YAML programs are skipped: ${host.reason}`);
    this.skip();
  });

  const stack = nativeStack({ runtime: "yaml" }, async () => {
    const host = await languageHost("yaml");
    const folders = [host.found ? host.binDir : "", (await requireCli()).binDir];
    return {
      PATH: [...folders, dirname(process.execPath), process.env.PATH ?? ""].join(delimiter),
    };
  });
  const write = (text: string) => stack().project.writeFile("Pulumi.yaml", text);

  it("is previewed with inputs that are not known yet", async () => {
    write(program());
    const result = await stack().project.preview();
    expect(did(result)).to.deep.equal(each(names, "create"));
    expect(stack().emulator.requests.filter(({ method }) => method !== "GET")).to.deep.equal([]);
  });

  it("creates both kinds, and says so at their own rows", async () => {
    const { project } = stack();
    const result = await project.up();
    expect(did(result)).to.deep.equal(each(names, "create"));
    const about = result.diagnostics.map(({ urn }) => urn.split("::").at(-1));
    expect(about).to.include.members(names);
    const said = result.events.filter(({ kind }) => kind === "diagnosticEvent");
    const lasting = said.filter(({ body }) => body.ephemeral !== true);
    expect(lasting.map(({ body }) => textOf(body.message)).join()).to.not.match(/waiting for/u);
  });

  it("gives outputs, the secret ones as secrets", async () => {
    const { project } = stack();
    const hidden = await project.outputs();
    expect(hidden).to.include({ url: "[secret]", host: "[secret]" });
    expect(textOf(hidden.plan)).to.match(/^nf-compute-/u);
    const { url } = await project.outputs({ showSecrets: true });
    expect(textOf(url)).to.match(/^postgres:\/\/[^:]+:[^@]+@/u);
    const password = new URL(textOf(url)).password;
    for (const [place, text] of project.stateTexts()) {
      expect(text.includes(password), `the password in ${place}`).to.equal(false);
    }
  });

  it("shows no change afterwards, nor after a refresh", async () => {
    const { project } = stack();
    expect(did(await project.preview())).to.deep.equal(each(names, "same"));
    await project.refresh();
    expect(did(await project.preview())).to.deep.equal(each(names, "same"));
  });

  it("shows the very property that changes, and updates it", async () => {
    const { project } = stack();
    write(program({ storage: 12_288, label: "All orders" }));
    const preview = await project.preview({ args: ["--diff"] });
    expect(preview.output).to.match(/~ billing: \{\s+~ storage: 6144 => 12288\s+\}/u);
    expect(preview.output).to.match(/~ label: "Orders" => "All orders"/u);
    expect(did(await project.up())).to.deep.equal(each(names, "update"));
  });

  it("refuses a replacement in the preview, naming what to do", async () => {
    const { project } = stack();
    write(program({ storage: 12_288, label: "All orders", version: "16" }));
    const { output } = await project.preview({ expect: "failure" });
    expect(output).to.match(/postgresVersion cannot change in place.*allowReplace: true/su);
    expect(stack().emulator.miget.addons()).to.have.length(1);
  });

  it("names its own key where the token is missing", async () => {
    const { project } = stack();
    write(program({ storage: 12_288, label: "Orders once more" }));
    const env = { MIGET_API_TOKEN: "" };
    const { output } = await project.up({ expect: "failure", env });
    expect(output).to.match(/pulumi config set --secret paas-addons:migetApiToken/u);
  });

  it("is imported into another state, with generated code, and then shows no change", async () => {
    const { project } = stack();
    write(program({ storage: 12_288, label: "All orders" }));
    const before = await project.resources();
    const types = new Map(before.map(({ type, id }) => [type, id]));
    for (const { urn } of [...before].reverse()) {
      await project.pulumi(["state", "delete", urn, "--yes", "--stack", stackName]);
    }
    write(JSON.stringify({ name: "test", runtime: "yaml", plugins }));
    for (const [type, id] of types) {
      const name = type.endsWith("MigetAddon") ? "orders" : "cache";
      const args = ["import", type, name, id, "--yes", "--stack", stackName];
      const { stdout } = await project.pulumi([...args, "--protect=false"]);
      expect(stdout).to.not.match(/almost certainly a bug/u);
      expect(stdout).to.match(new RegExp(`type: paas-addons:${type.split(":")[2] ?? ""}`, "u"));
    }
    write(program({ storage: 12_288, label: "All orders", more: { name: "orders" } }));
    const preview = await project.preview({ expect: "any" });
    expect(preview.code, preview.output).to.equal(0);
    expect(did(preview)).to.deep.equal(each(names, "same"));
  });

  it("destroys what it has created", async () => {
    const { project, emulator } = stack();
    await project.destroy();
    expect(emulator.miget.addons()).to.deep.equal([]);
    expect(emulator.northflank.addons()).to.deep.equal([]);
    expect(emulator.violations).to.deep.equal([]);
    expect(recordAt(await project.export(), "deployment")).to.not.have.property("pending");
  });

  it("is shown by an example that works", async () => {
    const { project } = stack();
    const example = readFileSync(join(repository, "examples/plugin-yaml/Pulumi.yaml"), "utf8");
    write(example.replace("path: ../../plugin", `path: ${plugins.providers[0]?.path ?? ""}`));
    await project.pulumi(["stack", "init", "example"]);
    const result = await project.pulumi(["up", "--yes", "--skip-preview", "--stack", "example"]);
    expect(result.stdout).to.match(/ordersUrl *: \[secret\]/u);
    expect(result.stdout).to.match(/sessionsHost *: \[secret\]/u);
  });
});
