import { expect } from "chai";
import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_APP, DEFAULT_PROJECT } from "../emulator/index";
import { projectName, stackName } from "../support/project-files";
import { describeWithCli } from "../support/skip";
import type { Declared } from "./program";
import { did, each, stackFor, stages, uriIn } from "./stack";

const names = ["orders", "sessions"] as const;

/** Two add-ons whose password was rotated and whose description was changed that often. */
function program(changes: number): Declared[] {
  const version = String(changes);
  const orders = { type: "postgres", postgresVersion: "17", passwordVersion: version };
  const sessions = { type: "redis", version: "latest", description: version };
  const billing = { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 };
  return [
    { name: "orders", class: "MigetAddon", args: { appUuid: DEFAULT_APP, ...orders } },
    {
      name: "sessions",
      class: "NorthflankAddon",
      args: { projectId: DEFAULT_PROJECT, billing, ...sessions },
    },
  ];
}

/** As docs/state-backends.md says it, with a backend in a folder. */
describeWithCli("a stack whose state is lost", function () {
  this.timeout(120_000);
  stages();

  const stack = stackFor();
  const own = join(projectName, stackName);
  let uris: string[];

  const files = (part: string) =>
    stack()
      .project.stateFiles()
      .filter((file) => file.includes(join(".pulumi", part, own)))
      .sort();
  const lose = (...parts: readonly string[]) => {
    for (const file of parts.flatMap(files)) rmSync(file);
  };
  const present = () => stack().emulator;
  const idsInUse = () => [
    ...present()
      .miget.addons()
      .map(({ uuid }) => `${DEFAULT_APP}/${uuid}`),
    ...present()
      .northflank.addons()
      .map(({ id }) => `${DEFAULT_PROJECT}/${id}`),
  ];
  const urisNow = async () => {
    const outputs = await stack().outputs();
    return names.map((name) => uriIn(outputs, name));
  };

  before(async () => {
    for (const changes of [0, 1]) {
      stack().declare(program(changes));
      await stack().up();
    }
    uris = await urisNow();
    expect(uris.every((uri) => uri !== "")).to.equal(true);
  });

  it("has it back from the backup that the backend makes of every run", async () => {
    const [state = ""] = files("stacks");
    const backup =
      files("backups")
        .filter((file) => file.endsWith(".json"))
        .at(-1) ?? "";
    lose("stacks");
    copyFileSync(backup, state);

    const result = await stack().up();
    expect(did(result)).to.deep.equal(each(names, "same"));
    expect(await urisNow()).to.deep.equal(uris);
  });

  it("takes its add-ons over again where there is no backup either, and makes none", async () => {
    const before = idsInUse();
    lose("stacks", "backups", "history");
    await stack().project.pulumi(["stack", "init", stackName]);

    const collision = await stack().up({ expect: "failure" });
    expect(stack().writes()).to.deep.equal([]);
    for (const id of before) expect(collision.output).to.contain(id);

    const result = await stack().up({ env: { PAAS_ADDONS_ADOPT: before.join(",") } });
    expect(did(result)).to.deep.equal(each(names, "create"));
    expect(stack().writes()).to.deep.equal([]);
    expect(idsInUse()).to.deep.equal(before);
    expect(await urisNow()).to.deep.equal(uris);
    expect(did(await stack().up())).to.deep.equal(each(names, "same"));
  });
});
