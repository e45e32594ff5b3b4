import { expect } from "chai";
import { DEFAULT_APP, DEFAULT_PROJECT } from "../../emulator/index";
import { did, each, stages } from "../../engine/stack";
import { describeWithCli } from "../../support/skip";
import { nativeStack } from "./project";

const names = ["orders", "cache"];

const noOptions: (name: string) => string = () => "{}";

/** The same program over one of the two entry points. */
function program(
  entry: string,
  { prefix = "", more = "", options = noOptions, provider = "" } = {},
): string {
  return `
    const { AddonsProvider, MigetAddon, NorthflankAddon } = require(${JSON.stringify(entry)});
    ${provider}
    new MigetAddon("${prefix}orders", {
      appUuid: "${DEFAULT_APP}", type: "postgres", name: "orders", postgresVersion: "17",
      deletionProtection: true, ${more}
    }, ${options("orders")});
    new NorthflankAddon("${prefix}cache", {
      projectId: "${DEFAULT_PROJECT}", type: "redis", name: "cache", version: "7-latest",
      billing: { deploymentPlan: "nf-compute-20", storage: 4096, replicas: 1 },
      deletionProtection: true, ${more}
    }, ${options("cache")});
  `;
}

const [dynamic, native] = ["pulumi-paas-addons", "pulumi-paas-addons/native"];

describeWithCli("a stack that changes its entry point", function () {
  this.timeout(180_000);
  stages();
  const stack = nativeStack();

  /** Runs the command, which must change nothing on the platforms. */
  async function quietly<T>(work: () => Promise<T>): Promise<T> {
    const { emulator } = stack();
    emulator.clearLog();
    const result = await work();
    const changing = emulator.requests.filter(({ method }) => method !== "GET");
    expect(changing, "requests that change something").to.deep.equal([]);
    return result;
  }

  it("begins with the dynamic resources", async () => {
    stack().project.setProgram(program(dynamic));
    const result = await stack().project.up();
    expect(did(result)).to.deep.equal(each(names, "create"));
  });

  it("goes over to the provider plugin unchanged", async () => {
    const { project } = stack();
    project.setProgram(program(native));
    await quietly(async () => {
      expect(did(await project.preview())).to.deep.equal(each(names, "same"));
      expect(did(await project.up())).to.deep.equal(each(names, "same"));
      await project.refresh();
      expect(did(await project.up())).to.deep.equal(each(names, "same"));
    });
    const types = (await project.resources()).map(({ type }) => type);
    expect(types.sort()).to.deep.equal([
      "paas-addons:index:MigetAddon",
      "paas-addons:index:NorthflankAddon",
    ]);
  });

  it("goes back with an update each that only reads, and a rename at the same time", async () => {
    const { project } = stack();
    const options = (name: string) => `{ aliases: [{ name: "${name}" }] }`;
    project.setProgram(program(dynamic, { prefix: "my-", options }));
    await quietly(async () => {
      expect(did(await project.up())).to.deep.equal(each(["my-orders", "my-cache"], "update"));
      await project.refresh();
      expect(did(await project.up())).to.deep.equal(each(["my-orders", "my-cache"], "same"));
    });
  });

  it("goes over again together with another rename, by its URN, and an explicit provider", async () => {
    const { project, emulator } = stack();
    const urns = new Map(
      (await project.resources()).map(({ urn }) => [urn.split("::").at(-1), urn]),
    );
    const options = (name: string) =>
      `{ provider: own, aliases: [${JSON.stringify(urns.get(`my-${name}`))}] }`;
    const env = emulator.env();
    const account = (platform: string) =>
      `{ apiToken: "${env[`${platform}_API_TOKEN`] ?? ""}", baseUrl: "${env[`${platform}_BASE_URL`] ?? ""}" }`;
    const provider = `const own = new AddonsProvider("own", { miget: ${account("MIGET")}, northflank: ${account("NORTHFLANK")} });`;
    project.setProgram(program(native, { options, provider }));
    const result = await quietly(() => project.up());
    expect(did(result)).to.deep.equal(each(names, "same"));
  });

  it("keeps the databases where the alias of a rename was forgotten", async () => {
    const { project, emulator } = stack();
    project.setProgram(program(dynamic, { prefix: "new-", more: "adopt: true," }));
    await quietly(() => project.up());
    expect(emulator.miget.addons()).to.have.length(1);
    expect(emulator.northflank.addons()).to.have.length(1);
    const kept = (await project.resources()).map(({ urn }) => urn.split("::").at(-1));
    expect(kept.sort()).to.deep.equal(["new-cache", "new-orders"]);
  });

  it("refuses to go over under other names without alias, and deletes nothing", async () => {
    const { project } = stack();
    project.setProgram(program(native, { prefix: "last-" }));
    const { output } = await quietly(() => project.up({ expect: "failure" }));
    expect(output).to.match(/exists already/u);
    const known = (await project.resources()).map(({ urn }) => urn.split("::").at(-1));
    expect(known).to.include.members(["new-cache", "new-orders"]);
  });

  it("goes over under other names with an adoption", async () => {
    const { project } = stack();
    project.setProgram(program(native, { prefix: "last-", more: "adopt: true," }));
    await quietly(() => project.up());
    const kept = (await project.resources()).map(({ type, name }) => [type, name]);
    expect(kept).to.have.deep.members([
      ["paas-addons:index:MigetAddon", "last-orders"],
      ["paas-addons:index:NorthflankAddon", "last-cache"],
    ]);
  });

  it("refuses the other entry's provider", async () => {
    const { project } = stack();
    const provider = `const own = new (require("${native}").AddonsProvider)("own", {});`;
    project.setProgram(program(dynamic, { provider, options: () => "{ provider: own }" }));
    const result = await project.preview({ expect: "failure" });
    expect(result.output).to.match(/Import both from the same entry point/u);
  });
});
