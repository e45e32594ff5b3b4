import { expect } from "chai";
import { readFileSync } from "node:fs";
import { createProject, type EngineProject } from "./engine";
import { recordAt } from "./json";
import { describeWithCli } from "./skip";
import { thingProgram, thingProvider } from "./thing";

describeWithCli("engine harness", function () {
  this.timeout(60_000);

  let project: EngineProject;
  // Hooks run in a skipped suite too, where there is no project.
  let dispose: () => void = () => undefined;

  before(async () => {
    project = await createProject({
      package: "none",
      program: thingProgram({ v: "1" }),
      files: { "thing.js": thingProvider },
      config: { "thing:token": { secret: "token-secret" } },
    });
    dispose = () => project.dispose();
  });

  after(() => dispose());

  it("reports what up, refresh and preview do", async () => {
    const up = await project.up();
    expect(up.changes).to.deep.equal({ create: 2 });
    expect(up.steps.map(({ name, op }) => [name, op])).to.deep.equal([["a", "create"]]);

    project.writeFile("drift", "");
    const refresh = await project.refresh();
    expect(refresh.steps.map(({ op }) => op)).to.deep.equal(["update"]);

    project.setProgram(thingProgram({ v: "2", size: 2 }));
    const preview = await project.preview();
    const replace = preview.steps.find(({ op }) => op === "replace");
    expect(replace?.diffs).to.deep.equal(["size", "v"]);
    expect(replace?.replaces).to.deep.equal(["size"]);
    expect(preview.changes).to.deep.equal({ same: 1, replace: 1 });
  });

  it("shows outputs and state, with secrets only where asked", async () => {
    const shown = await project.outputs({ showSecrets: true });
    expect(shown).to.deep.equal({ v: "1", secret: "hush-token-secret" });
    expect((await project.outputs()).secret).to.equal("[secret]");

    const [thing] = await project.resources({ showSecrets: true });
    expect(thing?.id).to.equal("t1");
    expect(recordAt(thing?.outputs, "secret").plaintext).to.equal('"hush-token-secret"');
  });

  it("lists the files that may not hold secrets", () => {
    const files = project.stateFiles();
    expect(files.filter((file) => file.endsWith(".checkpoint.json"))).not.to.be.empty;
    const leaking = files.filter((file) => readFileSync(file, "utf8").includes("token-secret"));
    expect(leaking).to.deep.equal([]);
  });

  it("shows the output when a command fails unexpectedly", async () => {
    project.setProgram(thingProgram({ v: "refused" }));
    const error = await project.preview().catch((thrown: unknown) => thrown);
    expect(String(error)).to.match(/expected success of `pulumi preview .*is refused/s);
  });

  it("destroys, and tells a partial creation", async () => {
    const destroy = await project.destroy();
    expect(destroy.changes).to.deep.equal({ delete: 2 });

    project.setProgram(thingProgram({ v: "half" }));
    const up = await project.up({ expect: "failure" });
    expect(up.steps).to.have.lengthOf(1);
    expect(up.steps[0]).to.include({ op: "create", failed: true });
    expect(up.diagnostics.map(({ message }) => message).join()).to.contain("* not ready");
    const [thing] = await project.resources();
    expect(thing?.initErrors).to.deep.equal(["not ready"]);
    await project.destroy();
  });

  it("can kill the engine, and ends the plugin that survives", async () => {
    project.setProgram(thingProgram({ v: "slow" }));
    const command = project.spawn("up");
    await command.waitFor(/creating slow/);
    command.kill("SIGKILL");
    expect((await command.done).signal).to.equal("SIGKILL");
    expect(project.pluginProcesses()).to.have.lengthOf(1);
    project.endProcesses();
    await project.cancel();
    expect(project.processes()).to.deep.equal([]);
  });
});
