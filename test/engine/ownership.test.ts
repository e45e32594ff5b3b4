import { expect } from "chai";
import { isRecord, type JsonRecord } from "../support/json";
import { describeWithCli } from "../support/skip";
import { DEFAULT_APP, DEFAULT_PROJECT } from "../emulator/index";
import { aliasOf, namesOf, pair, scenario, underComponent, type Holders } from "./holders";
import { did, each } from "./stack";
import { Code, type Args, type Declared } from "./program";

const adopt = { adopt: true };
const before = pair("db");
const formerly = namesOf(before);

/** A first run that went well, of a program that may adopt. */
async function began(holders: Holders, program: readonly Declared[] = before): Promise<string[]> {
  await holders.run("up", program);
  const databases = holders.databases();
  expect(databases).to.have.lengthOf(2);
  return databases;
}

/** Another run finds nothing to do, or says what is wrong; and nothing is deleted. */
async function expectCalm(
  holders: Holders,
  program: readonly Declared[],
  databases: readonly string[],
): Promise<void> {
  const result = await holders.run("up", program, { expect: "any" });
  holders.expectAll(databases);
  if (result.code === 0) {
    // A component of the program is the same too.
    expect(did(result), result.output).to.deep.include(each(namesOf(program), "same"));
    expect(new Set(Object.values(did(result)).flat())).to.deep.equal(new Set(["same"]));
  } else {
    expect(result.output).to.match(/aliases|pulumi refresh|allowReplace|of this program/u);
  }
}

/** Ways in which the URN of a resource changes, so that the engine takes it for another one. */
const refactors: readonly {
  readonly title: string;
  readonly after: (holders: Holders, more: Args) => Declared[];
}[] = [
  { title: "another name", after: (_holders, more) => pair("orders", more) },
  { title: "another parent", after: (_holders, more) => pair("db", more, underComponent) },
  {
    title: "another name and a new explicit provider",
    after: (holders, more) => pair("orders", more, () => holders.explicit()),
  },
  {
    title: "a new explicit provider",
    after: (holders, more) => pair("db", more, () => holders.explicit()),
  },
  {
    title: "another parent and a new explicit provider",
    after: (holders, more) =>
      pair("db", more, (name) => ({ ...underComponent(name), ...holders.explicit() })),
  },
];

describeWithCli("a database whose resource is refactored in the program", function () {
  this.timeout(120_000);

  for (const { title, after } of refactors) {
    it(`survives ${title} with adopt: true, and the next up has nothing to do`, () =>
      scenario(async (holders) => {
        const databases = await began(holders, pair("db", adopt));
        const program = after(holders, adopt);
        await holders.run("up", program, { expect: "any" });
        holders.expectAll(databases);
        await expectCalm(holders, program, databases);
      }));
  }

  it("is told about: a line says which resource has it now", () =>
    scenario(async (holders) => {
      const databases = await began(holders, pair("db", adopt));
      const result = await holders.run("up", pair("orders", adopt));
      holders.expectAll(databases);
      const { output } = result;
      expect(output)
        .to.match(/db-m|db-n/u)
        .and.to.contain("orders-m")
        .and.to.contain("orders-n");
      expect(Object.keys(await holders.held()).sort()).to.deep.equal(["orders-m", "orders-n"]);
      await holders.run("destroy", []);
      expect(holders.databases()).to.deep.equal([]);
      expect(holders.deletions).to.have.lengthOf(2);
    }));

  it("survives the command that the message of the first up gives; it names aliases before", () =>
    scenario(async (holders) => {
      const databases = await began(holders);
      const program = pair("orders");
      const first = await holders.run("up", program, { expect: "failure" });
      expect(first.output).to.contain("aliases");
      holders.expectAll(databases);
      const ids = [...first.output.matchAll(/PAAS_ADDONS_ADOPT=(\S+)/gu)].map(([, id]) => id);
      const chosen = ids.length > 0 ? ids : Object.values(await holders.held());
      const env = { PAAS_ADDONS_ADOPT: chosen.join(",") };
      await holders.run("up", program, { expect: "any", env });
      holders.expectAll(databases);
      await holders.run("up", program, { expect: "any", env });
      holders.expectAll(databases);
      await expectCalm(holders, program, databases);
    }));

  it("survives --continue-on-error, and aliases put it right", () =>
    scenario(async (holders) => {
      const databases = await began(holders);
      const args = ["--continue-on-error"];
      const result = await holders.run("up", pair("orders"), { expect: "failure", args });
      expect(result.output).to.contain("aliases");
      holders.expectAll(databases);
      expect(Object.keys(await holders.held()).sort(), "the entries stay").to.include.members(
        formerly,
      );
      const fixed = pair("orders", {}, aliasOf("db", "orders"));
      expect(did(await holders.run("up", fixed))).to.deep.equal(each(namesOf(fixed), "same"));
      holders.expectAll(databases);
    }));

  it("survives up --refresh, which reads the former entry first", () =>
    scenario(async (holders) => {
      const databases = await began(holders, pair("db", adopt));
      const program = pair("orders", adopt);
      await holders.run("up", program, { args: ["--refresh"], expect: "any" });
      holders.expectAll(databases);
      await expectCalm(holders, program, databases);
    }));

  it("survives a kill between adoption and deletion, and an ordinary up", () =>
    scenario(async (holders) => {
      const databases = await began(holders, pair("db", adopt));
      const program = pair("orders", adopt);
      await holders.killOnce("up", program, [...formerly, ...namesOf(program)]);
      holders.expectAll(databases);
      const result = await holders.run("up", program, { expect: "any" });
      holders.expectAll(databases);
      if (result.code !== 0) {
        expect(result.output).to.contain("pulumi refresh");
        await holders.run("refresh", program);
        await holders.run("up", program);
        holders.expectAll(databases);
      }
      expect(Object.keys(await holders.held()).sort()).to.deep.equal(namesOf(program).sort());
      await expectCalm(holders, program, databases);
    }));

  it("is deleted once, at the end, where destroy --refresh finds two resources that hold it", () =>
    scenario(async (holders) => {
      await began(holders, pair("db", adopt));
      const program = pair("orders", adopt);
      await holders.killOnce("up", program, [...formerly, ...namesOf(program)]);
      expect(holders.deletions).to.deep.equal([]);
      await holders.run("destroy", program, { args: ["--refresh"] });
      expect(holders.databases()).to.deep.equal([]);
      expect(holders.deletions).to.have.lengthOf(2);
      expect(await holders.held()).to.deep.equal({});
    }));
});

describeWithCli("a database in a state that 0.1.0 wrote, without marks of its owner", function () {
  this.timeout(120_000);

  it("survives another name with adopt: true", () =>
    scenario(async (holders) => {
      const databases = await began(holders, pair("db", adopt));
      await stripMarks(holders);
      const program = pair("orders", adopt);
      await holders.run("up", program, { expect: "any" });
      holders.expectAll(databases);
      await expectCalm(holders, program, databases);
    }));

  it("survives where two entries hold it: up asks for a refresh, and goes on after it", () =>
    scenario(async (holders) => {
      const databases = await began(holders, pair("db", adopt));
      const program = pair("orders", adopt);
      await holders.killOnce("up", program, [...formerly, ...namesOf(program)]);
      await stripMarks(holders);
      const result = await holders.run("up", program, { expect: "any" });
      holders.expectAll(databases);
      if (result.code !== 0) expect(result.output).to.contain("pulumi refresh");
      await holders.run("refresh", program);
      holders.expectAll(databases);
      await holders.run("up", program);
      holders.expectAll(databases);
      expect(Object.keys(await holders.held()).sort()).to.deep.equal(namesOf(program).sort());
    }));

  it("is no change, and is deleted by an ordinary removal", () =>
    scenario(async (holders) => {
      await began(holders);
      await stripMarks(holders);
      expect(did(await holders.run("up", before))).to.deep.equal(each(formerly, "same"));
      await holders.run("up", []);
      expect(holders.databases()).to.deep.equal([]);
      expect(holders.deletions).to.have.lengthOf(2);
    }));
});

/** Takes what this version keeps about owners out of the state. */
async function stripMarks({ stack }: Holders): Promise<void> {
  const state = await stack.project.export();
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip);
    if (!isRecord(value)) return value;
    const kept = Object.entries(value).filter(([key]) => key !== "__owner" && key !== "__urn");
    return Object.fromEntries(kept.map(([key, each]) => [key, strip(each)]));
  };
  const stripped: JsonRecord = { ...state, deployment: strip(state.deployment) };
  await stack.project.import(stripped);
}

describeWithCli(
  "a database that the engine is asked to replace, without allowReplace",
  function () {
    this.timeout(120_000);

    for (const more of [{}, adopt]) {
      const title = "adopt" in more ? "with adopt: true" : "without adopt";
      const program = pair("db", more);

      it(`survives --replace, ${title}`, () =>
        scenario(async (holders) => {
          const databases = await began(holders, program);
          const args = (await holders.urns()).flatMap((urn) => ["--replace", urn]);
          const result = await holders.run("up", program, { expect: "any", args });
          holders.expectAll(databases);
          if (result.code !== 0) expect(result.output).to.contain("allowReplace");
          await expectCalm(holders, program, databases);
        }));

      it(`survives state taint, ${title}`, () =>
        scenario(async (holders) => {
          const databases = await began(holders, program);
          for (const urn of await holders.urns()) {
            await holders.stack.project.pulumi(["state", "taint", "--stack", "dev", "--yes", urn]);
          }
          const result = await holders.run("up", program, { expect: "any" });
          holders.expectAll(databases);
          if (result.code !== 0) expect(result.output).to.contain("allowReplace");
          await holders.run("up", program, { expect: "any" });
          holders.expectAll(databases);
        }));

      it(`survives replaceOnChanges: ["*"] while its creation is unfinished, ${title}`, () =>
        scenario(
          async (holders) => {
            const hasty = { customTimeouts: { create: "2s" } };
            const begun = pair("db", more, () => hasty);
            const args = ["--continue-on-error"];
            await holders.run("up", begun, { expect: "failure", args });
            const databases = holders.databases();
            expect(databases).to.have.lengthOf(2);
            // The engine replaces what has errors of its creation, without asking for a difference.
            const next = pair("db", more, () => ({ replaceOnChanges: ["*"] }));
            await holders.run("up", next, { expect: "any", args });
            holders.expectAll(databases);
            await holders.run("up", program, { expect: "any", args });
            holders.expectAll(databases);
          },
          { provisioningMs: 6000 },
        ));

      it(`survives replaceOnChanges: ["*"] with a change, ${title}`, () =>
        scenario(async (holders) => {
          const databases = await began(holders, program);
          const [miget, northflank] = pair("db", more, () => ({ replaceOnChanges: ["*"] }));
          if (miget === undefined || northflank === undefined) throw new Error("there are two");
          const changed = [
            { ...miget, args: { ...miget.args, ramSize: 512 } },
            { ...northflank, args: { ...northflank.args, description: "new" } },
          ];
          await holders.run("up", changed, { expect: "any" });
          holders.expectAll(databases);
          await holders.run("up", changed, { expect: "any" });
          holders.expectAll(databases);
          // Without the option it is an update as always.
          const plain = changed.map((each) => ({ ...each, options: {} }));
          await holders.run("up", plain);
          holders.expectAll(databases);
        }));
    }
  },
);

describeWithCli("one database that two resources of a program declare", function () {
  this.timeout(120_000);

  const both = (more: Args) => [...pair("first", more), ...pair("second", more)];

  /** Databases that nobody manages, called "orders". */
  const seed = ({ stack }: Holders) => {
    const { miget, northflank } = stack.emulator;
    const billing = { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 };
    const there = { name: "orders", label: "orders", type: "postgres", postgres_version: "17" };
    const orders = { name: "orders", type: "postgresql", version: "16.4", billing };
    return {
      miget: miget.seed(DEFAULT_APP, there).uuid,
      northflank: northflank.seed(orders, DEFAULT_PROJECT).id,
    };
  };

  it("is not adopted twice by its name: the second is refused, and taking it out loses nothing", () =>
    scenario(async (holders) => {
      seed(holders);
      const databases = holders.databases();
      const result = await holders.run("up", both(adopt), { expect: "failure" });
      expect(result.output).to.match(/declares the same add-on/u);
      holders.expectAll(databases);
      const kept = pair("first", adopt);
      await holders.run("up", kept);
      await expectCalm(holders, kept, databases);
    }));

  it("is not adopted twice by its id: the second is refused, and taking it out loses nothing", () =>
    scenario(async (holders) => {
      const ids = seed(holders);
      const databases = holders.databases();
      const byId = (name: string) =>
        pair(name).map((each) => ({
          ...each,
          args: {
            ...each.args,
            adopt: each.class === "MigetAddon" ? ids.miget : ids.northflank,
          },
        }));
      const program = [...byId("first"), ...byId("second")];
      const result = await holders.run("up", program, { expect: "failure" });
      expect(result.output).to.match(/declares the same add-on/u);
      holders.expectAll(databases);
      await holders.run("up", byId("first"));
      holders.expectAll(databases);
      await expectCalm(holders, byId("first"), databases);
    }));

  it("is not adopted by a second one that is added later, and taking it out loses nothing", () =>
    scenario(async (holders) => {
      const databases = await began(holders, pair("first"));
      const program = [...pair("first"), ...pair("second", adopt)];
      const result = await holders.run("up", program, { expect: "failure" });
      expect(result.output).to.match(/declares the same add-on/u);
      holders.expectAll(databases);
      await holders.run("up", pair("first"));
      await expectCalm(holders, pair("first"), databases);
    }));

  it("is not lost either where the second one took it over and the first one goes", () =>
    scenario(async (holders) => {
      const databases = await began(holders, pair("first"));
      const program = [...pair("first"), ...pair("second", adopt)];
      await holders.run("up", program, { expect: "any", args: ["--continue-on-error"] });
      holders.expectAll(databases);
      await holders.run("up", pair("second", adopt), { expect: "any" });
      holders.expectAll(databases);
      await expectCalm(holders, pair("second", adopt), databases);
    }));
});

describeWithCli("a database that may go, or that only moves", function () {
  this.timeout(120_000);

  const chapters: readonly (readonly [string, () => Declared[]])[] = [
    ["another name", () => pair("orders", {}, aliasOf("db", "orders"))],
    [
      "another parent",
      () =>
        pair("db", {}, (name) => ({
          ...underComponent(name),
          aliases: [{ parent: new Code("pulumi.rootStackResource") }],
        })),
    ],
  ];
  for (const [title, after] of chapters) {
    it(`is the same with aliases under ${title}`, () =>
      scenario(async (holders) => {
        const databases = await began(holders);
        const program = after();
        expect(did(await holders.run("up", program))).to.deep.include(
          each(namesOf(program), "same"),
        );
        holders.expectAll(databases);
      }));
  }

  it("is kept by retainOnDelete", () =>
    scenario(async (holders) => {
      const databases = await began(holders);
      await holders.run(
        "up",
        pair("db", {}, () => ({ retainOnDelete: true })),
      );
      await holders.run("up", []);
      holders.expectAll(databases);
      expect(await holders.held()).to.deep.equal({});
    }));

  it("is deleted when it leaves the program", () =>
    scenario(async (holders) => {
      await began(holders);
      await holders.run("up", []);
      expect(holders.databases()).to.deep.equal([]);
      expect(holders.deletions).to.have.lengthOf(2);
    }));

  it("is deleted when it leaves the program while another one stays", () =>
    scenario(async (holders) => {
      const others = pair("other", { name: "other" });
      await holders.run("up", [...before, ...others]);
      await holders.run("up", others);
      expect(holders.databases()).to.have.lengthOf(2);
      expect(holders.deletions).to.have.lengthOf(2);
      expect(Object.keys(await holders.held()).sort()).to.deep.equal(namesOf(others).sort());
    }));

  it("is replaced where that is allowed, once", () =>
    scenario(async (holders) => {
      const databases = await began(holders, pair("db", { allowReplace: true }));
      await holders.run("up", pair("db", { allowReplace: true, name: "orders-2" }));
      const now = holders.databases();
      expect(now).to.have.lengthOf(2);
      expect(now.filter((id) => databases.includes(id))).to.deep.equal([]);
      expect(holders.deletions).to.have.lengthOf(2);
    }));

  it("is replaced by --replace where that is allowed", () =>
    scenario(async (holders) => {
      const program = pair("db", { allowReplace: true });
      const databases = await began(holders, program);
      const args = (await holders.urns()).flatMap((urn) => ["--replace", urn]);
      await holders.run("up", program, { args });
      const now = holders.databases();
      expect(now).to.have.lengthOf(2);
      expect(now.filter((id) => databases.includes(id))).to.deep.equal([]);
    }));

  it("is created by the next up where an allowed replacement ended after the deletion", () =>
    scenario(async (holders) => {
      await began(holders, pair("db", { allowReplace: true }));
      const { faults } = holders.stack.emulator;
      const operationId = "createAddon";
      faults.add({ operationId, kind: "status", status: 422, times: 2 });
      const program = pair("db", { allowReplace: true, name: "orders-2" });
      await holders.run("up", program, { expect: "failure", args: ["--continue-on-error"] });
      expect(holders.databases()).to.deep.equal([]);
      await holders.run("up", program);
      expect(holders.databases()).to.have.lengthOf(2);
      expect(holders.deletions).to.have.lengthOf(2);
      expect(did(await holders.run("up", program))).to.deep.equal(each(formerly, "same"));
    }));

  it("is not deleted with a resource that only reads it", () =>
    scenario(async (holders) => {
      const databases = await began(holders);
      const ids = await holders.held();
      const reads = before.map((each) => ({
        name: `read-${each.name}`,
        class: each.class,
        id: ids[each.name] ?? "",
      }));
      await holders.run("up", [...before, ...reads]);
      await holders.run("up", before);
      holders.expectAll(databases);
      // A get does not keep the database of the one that manages it, once that goes in its own run.
      await holders.run("up", []);
      expect(holders.databases()).to.deep.equal([]);
    }));

  it("is kept in a run whose program reads it, though nobody manages it any more", () =>
    scenario(async (holders) => {
      const databases = await began(holders);
      const ids = await holders.held();
      const reads = before.map((each) => ({
        name: `read-${each.name}`,
        class: each.class,
        id: ids[each.name] ?? "",
      }));
      await holders.run("up", reads, { expect: "any" });
      holders.expectAll(databases);
    }));

  it("is the same in up --refresh, and goes with destroy", () =>
    scenario(async (holders) => {
      const databases = await began(holders);
      const result = await holders.run("up", before, { args: ["--refresh"] });
      expect(Object.keys(did(result)).sort()).to.deep.equal([...formerly].sort());
      holders.expectAll(databases);
      await holders.run("destroy", before);
      expect(holders.databases()).to.deep.equal([]);
      expect(holders.deletions).to.have.lengthOf(2);
    }));
});
