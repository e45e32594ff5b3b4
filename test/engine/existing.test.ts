import { expect } from "chai";
import { DEFAULT_APP, DEFAULT_PROJECT, type Emulator } from "../emulator/index";
import type { EngineResult } from "../support/engine";
import { describeWithCli } from "../support/skip";
import type { Args, Declared, Read } from "./program";
import { did, each, stackFor, stages, uriIn } from "./stack";

const billing = { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 };

type Purpose = "taken" | "adopted" | "chosen" | "read";

/** The ids in the APIs of add-ons that are there before any program: for each way to meet one, two. */
type Existing = Readonly<Record<Purpose, { readonly miget: string; readonly northflank: string }>>;

function seed({ miget, northflank }: Emulator): Existing {
  const make = (purpose: Purpose) => ({
    miget: miget.seed(DEFAULT_APP, {
      type: "postgres",
      label: `${purpose}-m`,
      postgres_version: "17",
      ram_size: 128,
    }).uuid,
    northflank: northflank.seed({
      name: `${purpose}-n`,
      type: "redis",
      version: "8.6.1",
      billing,
    }).id,
  });
  return {
    taken: make("taken"),
    adopted: make("adopted"),
    chosen: make("chosen"),
    read: make("read"),
  };
}

function miget(name: string, more: Args = {}): Declared {
  const args = { appUuid: DEFAULT_APP, type: "postgres", postgresVersion: "17", ...more };
  return { name, class: "MigetAddon", args };
}

function northflank(name: string, more: Args = {}): Declared {
  const args = { projectId: DEFAULT_PROJECT, type: "redis", version: "latest", billing, ...more };
  return { name, class: "NorthflankAddon", args };
}

/** The command that the message about an add-on tells the user to run. */
function commandIn(
  result: EngineResult,
  id: string,
): { name: string; value: string; command: string } {
  const line = result.output.split("\n").find((text) => text.includes(`=${id} pulumi`)) ?? "";
  const [, name = "", value = "", command = ""] = /^\s*(\w+)=(\S+) pulumi (\w+)$/.exec(line) ?? [];
  return { name, value, command };
}

describeWithCli("add-ons that exist already", function () {
  this.timeout(60_000);
  stages();

  const stack = stackFor();
  let existing: Existing;
  let collision: EngineResult;
  const idsOfTaken = () => ({
    "taken-m": `${DEFAULT_APP}/${existing.taken.miget}`,
    "taken-n": `${DEFAULT_PROJECT}/${existing.taken.northflank}`,
  });
  const taken = [miget("taken-m"), northflank("taken-n")];

  before(() => {
    existing = seed(stack().emulator);
  });

  afterEach(() => {
    expect(stack().emulator.violations).to.deep.equal([]);
  });

  it("are not touched by a program that does not know of them, which says how to adopt", async () => {
    stack().declare(taken);
    collision = await stack().up({ expect: "failure" });
    expect(stack().writes()).to.deep.equal([]);
    for (const [name, id] of Object.entries(idsOfTaken())) {
      expect(collision.output, name).to.contain(`exists already: ${id}`);
      const command = { name: "PAAS_ADDONS_ADOPT", value: id, command: "up" };
      expect(commandIn(collision, id), name).to.deep.equal(command);
    }
    expect(await stack().project.resources()).to.deep.equal([]);
  });

  it("are adopted by the very command that the message gives", async () => {
    // Of two that collide each has a command of its own, and each works.
    for (const [name, id] of Object.entries(idsOfTaken())) {
      const command = commandIn(collision, id);
      const env = { [command.name]: command.value };
      // The failure of one must not keep the engine from coming to the other.
      const args = ["--continue-on-error"];
      const result = await stack().up({ expect: "any", env, args });
      expect(did(result)[name], result.output).to.deep.equal(["create"]);
      const resources = await stack().project.resources();
      expect(resources.find((resource) => resource.name === name)?.id).to.equal(id);
      expect(stack().count("POST")).to.equal(0);
    }
  });

  it("are adopted by name or by id, changed where the program differs, and read by get", async () => {
    const { emulator } = stack();
    const adopting: (Declared | Read)[] = [
      ...taken,
      miget("adopted-m", { adopt: true, ramSize: 256 }),
      northflank("adopted-n", { adopt: true, description: "adopted" }),
      miget("other-m", { adopt: existing.chosen.miget, label: "Chosen", name: "other" }),
      northflank("chosen-n", { adopt: existing.chosen.northflank }),
      { name: "read-m", class: "MigetAddon", id: `${DEFAULT_APP}/${existing.read.miget}` },
      { name: "read-n", class: "NorthflankAddon", id: `${DEFAULT_PROJECT}/read-n` },
    ];
    stack().declare(adopting);
    const result = await stack().up();
    expect(did(result)).to.deep.include({
      // The variable was for one run; from then on the program is enough.
      ...each(["taken-m", "taken-n"], "same"),
      ...each(["adopted-m", "adopted-n", "other-m", "chosen-n"], "create"),
      ...each(["read-m", "read-n"], "read"),
    });
    expect(stack().count("POST")).to.equal(0);
    expect(emulator.miget.get(existing.adopted.miget).ramMib).to.equal(256);
    expect(emulator.miget.get(existing.chosen.miget).label).to.equal("Chosen");
    expect(emulator.northflank.get("adopted-n").input.description).to.equal("adopted");

    const outputs = await stack().outputs();
    for (const { name } of adopting) expect(uriIn(outputs, name), name).not.to.equal("");
    expect(outputs["read-m.type"]).to.equal("postgres");
    expect(outputs["read-n.state"]).to.equal("running");
    expect(stack().emulator.violations).to.deep.equal([]);
  });

  it("must be there for get", async () => {
    const missing: Read[] = [
      {
        name: "no-m",
        class: "MigetAddon",
        id: `${DEFAULT_APP}/00000000-0000-4000-8000-00000000dead`,
      },
      { name: "no-n", class: "NorthflankAddon", id: `${DEFAULT_PROJECT}/no-such-add-on` },
    ];
    for (const read of missing) {
      stack().declare([read]);
      const result = await stack().preview({ expect: "failure" });
      expect(result.output).to.contain(`there is no add-on with the id ${read.id}`);
    }
  });

  it("are deleted if they were adopted, not if they were read", async () => {
    const { emulator } = stack();
    await stack().destroy();
    expect(emulator.miget.addons().map(({ label }) => label)).to.deep.equal(["read-m"]);
    expect(emulator.northflank.addons().map(({ id }) => id)).to.deep.equal(["read-n"]);
  });
});

describeWithCli("an add-on that was deleted and created again elsewhere", function () {
  this.timeout(60_000);
  stages();

  const stack = stackFor();
  const program = (description: string) => [northflank("sessions", { description })];

  it("is neither changed nor deleted", async () => {
    const { emulator } = stack();
    stack().declare(program("ours"));
    await stack().up();
    const { uid } = emulator.northflank.recreate("sessions");
    const isUntouched = () => {
      const { uid: now, input } = emulator.northflank.get("sessions");
      expect([now, input.description]).to.deep.equal([uid, "ours"]);
      expect(stack().writes()).to.deep.equal([]);
    };

    stack().declare(program("changed"));
    const update = await stack().up({ expect: "failure" });
    expect(update.output).to.contain("created again elsewhere").and.to.contain("adopt: true");
    isUntouched();

    const state = await stack().project.export();
    await stack().destroy();
    isUntouched();
    await stack().project.import(state);
  });

  it("is dropped by refresh, and the next up does not take it over by itself", async () => {
    const { uid } = stack().emulator.northflank.get("sessions");
    const refresh = await stack().refresh();
    expect(did(refresh)).to.deep.equal({ sessions: ["delete"] });
    expect(refresh.output).to.contain("created again elsewhere under the same name");

    stack().declare(program("ours"));
    const result = await stack().up({ expect: "failure" });
    expect(result.output).to.contain("PAAS_ADDONS_ADOPT=demo-project/sessions pulumi up");
    expect(stack().writes()).to.deep.equal([]);
    expect(stack().emulator.northflank.get("sessions").uid).to.equal(uid);
  });
});
