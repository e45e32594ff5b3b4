import { expect } from "chai";
import { at } from "../../src/fields/values";
import { DEFAULT_APP } from "../emulator/index";
import type { Harness } from "../support/harness";
import type { Resource } from "../support/resource";
import {
  count,
  created,
  expectSettled,
  killedUp,
  miget,
  refusal,
  said,
  scenario,
  spoil,
} from "./scene";

const synced = { ...miget.program, syncAppVariables: true };
const rotated = { ...synced, passwordVersion: "2" };

/** What was set on the app, by name. */
const variables = (world: Harness) => world.emulator.miget.vars(DEFAULT_APP);
const own = (world: Harness) =>
  `${world.emulator.miget.addons()[0]?.name.toUpperCase().replaceAll("-", "_") ?? ""}_URL`;

/** The app's variables have the URL that the outputs have. */
function expectSynced(world: Harness, resource: Resource): void {
  const url = at(resource.outs, "connection.uri");
  expect(url).to.include(encodeURIComponent(miget.password(world)));
  expect(variables(world)).to.deep.equal({ [own(world)]: url, DATABASE_URL: url });
}

describe("the app's variables, after a rotation of the password", () => {
  it("keep the former one without syncAppVariables, with a warning that names them", () =>
    scenario({}, async (world) => {
      const resource = await created(world, miget);
      world.lines.length = 0;
      await resource.up({ ...miget.program, passwordVersion: "2" });
      expect(variables(world)).to.deep.equal({});
      const warnings = world.lines.filter((line) => line.startsWith("warning: "));
      expect(warnings).to.have.lengthOf(1);
      expect(warnings[0])
        .to.contain(`(${own(world)}, DATABASE_URL)`)
        .and.contain("syncAppVariables: true");
    }));

  it("have the new one with it, and a line says that the app is to be redeployed", () =>
    scenario({ passwords: "special" }, async (world) => {
      const resource = await created(world, miget, synced);
      expect(variables(world), "a new add-on's are right").to.deep.equal({});
      world.lines.length = 0;
      expect(await resource.up(rotated)).to.equal("updated");
      expectSynced(world, resource);
      expect(count(world, "setAppVar")).to.equal(2);
      expect(said(world)).to.contain("Redeploy the app").and.not.contain("warning");
      expect(said(world)).to.not.contain(miget.password(world));
      await expectSettled(resource, rotated);
      expect(count(world, "setAppVar")).to.equal(2);
    }));

  it("are set when it is switched on, and left alone when it is switched off", () =>
    scenario({}, async (world) => {
      const program = { ...miget.program, passwordVersion: "2" };
      const resource = await created(world, miget);
      await resource.up(program);
      expect(await resource.up(rotated)).to.equal("updated");
      expectSynced(world, resource);
      expect(count(world, "rotatePassword")).to.equal(1);
      expect(await resource.up(program)).to.equal("same");
      expectSynced(world, resource);
      expect(count(world, "setAppVar")).to.equal(2);
    }));

  it("are set of a stopped add-on too, by what the state knows", () =>
    scenario({}, async (world) => {
      const paused = { ...miget.program, paused: true };
      const resource = await created(world, miget, paused);
      expect(await resource.up({ ...paused, syncAppVariables: true })).to.equal("updated");
      expectSynced(world, resource);
    }));

  it("are left alone where a shared one is another database's", () =>
    scenario({}, async (world) => {
      const other = "postgres://demo:FAKE@other.example.com:5432/demo";
      world.emulator.miget.setVar(DEFAULT_APP, "DATABASE_URL", other);
      const resource = await created(world, miget, synced);
      await resource.up(rotated);
      const url = at(resource.outs, "connection.uri");
      expect(variables(world)).to.deep.equal({ [own(world)]: url, DATABASE_URL: other });
    }));

  for (const [title, fault] of [
    ["is refused", { kind: "status", status: 403 }],
    ["is lost before its effect", { kind: "reset-before" }],
    ["is lost after its effect", { kind: "reset-after" }],
  ] as const) {
    for (const operationId of ["listAppVars", "setAppVar"]) {
      it(`have it in the end where ${operationId} ${title}, and it is rotated once`, () =>
        scenario({}, async (world) => {
          const resource = await created(world, miget, synced);
          spoil(world, { ...fault, operationId });
          if (fault.kind === "status") {
            expect(await refusal(world, resource.up(rotated))).to.contain("variable");
            expect(await resource.inNewProcess().up(rotated)).to.equal("updated");
          } else await resource.up(rotated);
          const next = resource.inNewProcess();
          await next.refresh();
          expectSynced(world, next);
          expect(count(world, "rotatePassword")).to.equal(1);
        }));
    }
  }

  it("have it in the end, wherever the run was killed", () =>
    scenario({}, async (world) => {
      for (let nth = 1; nth < 30; nth += 1) {
        const resource = await created(world, miget, synced);
        const { isKilled, next } = await killedUp(world, resource, nth, rotated);
        await next.up(rotated);
        const url = at(next.outs, "connection.uri");
        expect(variables(world), `killed at request ${nth}`).to.include({ [own(world)]: url });
        expect(url).to.include(encodeURIComponent(miget.password(world)));
        await expectSettled(next, rotated);
        if (!isKilled) return;
        await next.destroy();
      }
      throw new Error("the rotation took too many requests");
    }));
});
