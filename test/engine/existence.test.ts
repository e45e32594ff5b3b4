import { expect } from "chai";
import { DEFAULT_APP, DEFAULT_PROJECT } from "../emulator/index";
import type { RunOptions, Verb } from "../support/engine";
import { describeWithCli } from "../support/skip";
import { namesOf, pair, scenario, type Holders } from "./holders";
import { did, each, uriIn } from "./stack";

const program = pair("db");
const names = namesOf(program);
const failing: RunOptions = { expect: "failure", args: ["--continue-on-error"] };

/** The app and the project are there, and this token, workspace or team may not see them. */
function blind({ stack }: Holders): () => void {
  const fault = stack.emulator.faults.add({ kind: "status", status: 404, times: 99_999 });
  return () => fault.remove();
}

function removeScopes({ stack }: Holders): void {
  stack.emulator.miget.removeApp(DEFAULT_APP);
  stack.emulator.northflank.removeProject(DEFAULT_PROJECT);
}

async function began(holders: Holders): Promise<string[]> {
  await holders.run("up", program);
  return holders.databases();
}

const requestsTo = ({ stack }: Holders, platform: string) =>
  stack.emulator.requests.filter((request) => request.platform === platform);

const changed = program.map((resource) => ({
  ...resource,
  args: {
    ...resource.args,
    ...(resource.class === "MigetAddon" ? { publicAccess: true } : { description: "new" }),
  },
}));

const gone = { PAAS_ADDONS_GONE: `${DEFAULT_APP},${DEFAULT_PROJECT}` };

describeWithCli("add-ons of an app and a project that cannot be seen", function () {
  this.timeout(120_000);

  const verbs: readonly (readonly [Verb, typeof program])[] = [
    ["refresh", program],
    ["up", changed],
    ["destroy", program],
  ];
  for (const [verb, declared] of verbs) {
    it(`are not taken for deleted by ${verb}, which says what to look at`, () =>
      scenario(async (holders) => {
        const databases = await began(holders);
        const held = await holders.held();
        const see = blind(holders);
        // Refresh knows no --continue-on-error: it goes through all of them anyway.
        const options: RunOptions = verb === "refresh" ? { expect: "failure" } : failing;
        const { output } = await holders.run(verb, declared, options);
        expect(output)
          .to.contain("token")
          .and.to.match(/workspace/u)
          .and.to.match(/team/u);
        expect(output).to.contain(`PAAS_ADDONS_GONE=`);
        for (const platform of ["miget", "northflank"]) {
          expect(requestsTo(holders, platform), platform).to.have.length.at.most(2);
        }
        expect(await holders.held()).to.deep.equal(held);
        see();
        expect(did(await holders.run("up", program))).to.deep.equal(each(names, "same"));
        expect(holders.databases()).to.deep.equal(databases);
      }));
  }

  it("are not taken for deleted where Miget's default workspace has changed", () =>
    scenario(async (holders) => {
      await began(holders);
      const { workspaces } = holders.stack.emulator.miget;
      const own = [...workspaces];
      workspaces.clear();
      workspaces.add("22222222-2222-4222-8222-222222222222");
      await holders.run("refresh", program, { expect: "failure" });
      expect(await holders.held()).to.have.property("db-m");
      workspaces.clear();
      for (const workspace of own) workspaces.add(workspace);
      expect(did(await holders.run("up", program))).to.deep.equal(each(names, "same"));
    }));
});

describeWithCli("add-ons whose app and project are gone", function () {
  this.timeout(120_000);

  it("leave the state by destroy with the variable that the message names", () =>
    scenario(async (holders) => {
      await began(holders);
      removeScopes(holders);
      const { output } = await holders.run("destroy", program, failing);
      for (const scope of [DEFAULT_APP, DEFAULT_PROJECT]) {
        expect(output).to.match(new RegExp(`PAAS_ADDONS_GONE=\\S*${scope}`, "u"));
      }
      expect(Object.keys(await holders.held())).to.have.members(names);
      await holders.run("destroy", program, { env: gone });
      expect(await holders.held()).to.deep.equal({});
    }));

  it("leave the state by refresh with it", () =>
    scenario(async (holders) => {
      await began(holders);
      removeScopes(holders);
      await holders.run("refresh", program, { env: gone });
      expect(await holders.held()).to.deep.equal({});
    }));

  it("are deleted as always where the variable is wrong about that", () =>
    scenario(async (holders) => {
      await began(holders);
      await holders.run("refresh", program, { env: gone });
      expect(Object.keys(await holders.held())).to.have.members(names);
      await holders.run("destroy", program, { env: gone });
      expect(holders.databases()).to.deep.equal([]);
      expect(holders.deletions).to.have.lengthOf(2);
    }));
});

describeWithCli("add-ons that were deleted elsewhere", function () {
  this.timeout(120_000);

  const remove = ({ stack }: Holders) => {
    const { miget, northflank } = stack.emulator;
    for (const { uuid } of miget.addons()) miget.remove(uuid);
    for (const { id } of northflank.addons()) northflank.remove(id);
  };

  it("are dropped by refresh, and created by the next up", () =>
    scenario(async (holders) => {
      await began(holders);
      remove(holders);
      expect(did(await holders.run("refresh", program))).to.deep.equal(each(names, "delete"));
      await holders.run("up", program);
      expect(holders.databases()).to.have.lengthOf(2);
    }));

  it("count as deleted in destroy", () =>
    scenario(async (holders) => {
      await began(holders);
      remove(holders);
      await holders.run("destroy", program);
      expect(await holders.held()).to.deep.equal({});
    }));

  it("are still there where their own address answers 404 once and the list has them", () =>
    scenario(async (holders) => {
      const databases = await began(holders);
      const { faults } = holders.stack.emulator;
      for (const platform of ["miget", "northflank"] as const) {
        faults.add({ platform, operationId: "getAddon", kind: "status", status: 404 });
      }
      await holders.run("refresh", program);
      expect(Object.keys(await holders.held())).to.have.members(names);
      expect(did(await holders.run("up", program))).to.deep.equal(each(names, "same"));
      expect(holders.databases()).to.deep.equal(databases);
    }));
});

describeWithCli("add-ons whose creation was not waited for to its end", function () {
  this.timeout(120_000);

  const hasty = pair("db", {}, () => ({ customTimeouts: { create: "3s" } }));

  for (const args of [[], ["--refresh"]]) {
    it(`are gone on with by up${args.join("")} after a refresh, and have a connection then`, () =>
      scenario(
        async (holders) => {
          await holders.run("up", hasty, { ...failing });
          await holders.run("refresh", hasty);
          await holders.run("up", hasty, { args });
          const outputs = await holders.stack.outputs();
          for (const name of names) {
            expect(uriIn(outputs, name), name).not.to.equal("");
          }
          expect(did(await holders.run("up", hasty))).to.deep.equal(each(names, "same"));
          expect(holders.databases()).to.have.lengthOf(2);
        },
        { provisioningMs: 15_000 },
      ));
  }
});
