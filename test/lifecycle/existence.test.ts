import { expect } from "chai";
import { crashAt, untilDead } from "../support/crash";
import type { Harness } from "../support/harness";
import { parseRecord, recordAt } from "../support/json";
import type { Resource } from "../support/resource";
import {
  always,
  connectionOf,
  count,
  created,
  expectSettled,
  miget,
  northflank,
  refusal,
  resourceOf,
  scenario,
  spoil,
  subjects,
  writes,
  type Subject,
} from "./scene";

const notFound = { kind: "status", status: 404 } as const;
const changed = ({ platform, program }: Subject) => ({
  ...program,
  ...(platform === "miget" ? { publicAccess: true } : { description: "new" }),
});

/** The app or project is there, and this token, team or workspace may not see it. */
function blind(world: Harness): () => void {
  const fault = spoil(world, { ...notFound, times: always });
  return () => fault.remove();
}

for (const subject of subjects) {
  const { platform, program, owner } = subject;

  describe(`an add-on of ${platform} that is gone`, () => {
    const gone = async (world: Harness): Promise<Resource> => {
      const resource = await created(world, subject);
      world.clock.advance(60_000);
      subject.remove(world);
      return resource;
    };

    it("is dropped by refresh, and created by the next up", () =>
      scenario({}, async (world) => {
        const resource = await gone(world);
        await resource.refresh();
        expect(resource.id).to.equal("");
        expect(world.requests()).to.have.length.at.most(2);
        expect(await resource.up(program)).to.equal("created");
      }));

    it("cannot be updated, and the message says what to do", () =>
      scenario({}, async (world) => {
        const resource = await gone(world);
        const message = await refusal(world, resource.up(changed(subject)));
        expect(message).to.contain("pulumi refresh");
        expect(writes(world)).to.deep.equal([]);
      }));

    it("counts as deleted by destroy", () =>
      scenario({}, async (world) => {
        const resource = await gone(world);
        await resource.destroy();
        expect(resource.id).to.equal("");
      }));

    it("is not waited for any longer", () =>
      scenario({ provisioningMs: 60_000 }, async (world) => {
        let looks = 0;
        spoil(world, {
          operationId: "listAddons",
          kind: "forged",
          times: always,
          forge: (answer) => {
            looks += 1;
            if (looks === 4) subject.remove(world);
            return answer;
          },
        });
        const resource = resourceOf(world, subject);
        const begun = world.clock.elapsed();
        const message = await refusal(world, resource.up(program));
        expect(message)
          .to.match(/is gone|was deleted/u)
          .and.to.contain("pulumi refresh");
        expect(world.clock.elapsed() - begun).to.be.lessThan(120_000);
      }));

    it("cannot be adopted", () =>
      scenario({}, async (world) => {
        const adopt = "11111111-1111-4111-8111-111111111111";
        const message = await refusal(world, resourceOf(world, subject).up({ ...program, adopt }));
        expect(message).to.contain("remove").and.to.contain("adopt");
        expect(writes(world)).to.deep.equal([]);
      }));
  });

  describe(`an add-on of ${platform} that answers 404 once while the list has it`, () => {
    for (const operationId of ["getAddon"] as const) {
      it("is created to its end", () =>
        scenario({ provisioningMs: 20_000 }, async (world) => {
          const resource = resourceOf(world, subject);
          spoil(world, { operationId, ...notFound });
          expect(await resource.up(program)).to.equal("created");
          expect(connectionOf(resource)).to.have.property("uri");
          expect(subject.ids(world)).to.have.lengthOf(1);
          await expectSettled(resource, program);
        }));

      it("stays in the state at a refresh", () =>
        scenario({}, async (world) => {
          const resource = await created(world, subject);
          spoil(world, { operationId, ...notFound });
          await resource.refresh();
          expect(resource.id).not.to.equal("");
          expect(await resource.up(program)).to.equal("same");
        }));

      it("is updated", () =>
        scenario({}, async (world) => {
          const resource = await created(world, subject);
          spoil(world, { operationId, ...notFound });
          expect(await resource.up(changed(subject))).to.equal("updated");
        }));

      it("is deleted", () =>
        scenario({}, async (world) => {
          const resource = await created(world, subject);
          spoil(world, { operationId, ...notFound });
          await resource.destroy();
          world.clock.advance(60_000);
          expect(subject.ids(world)).to.deep.equal([]);
        }));

      it("is adopted", () =>
        scenario({}, async (world) => {
          const first = await created(world, subject);
          spoil(world, { operationId, ...notFound });
          const second = resourceOf(world, subject);
          expect(await second.up({ ...program, adopt: true })).to.equal("created");
          expect(second.id).to.equal(first.id);
        }));
    }

    it("and so for 10 s: it is asked again", () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject);
        const since = world.clock.elapsed();
        spoil(world, {
          operationId: "getAddon",
          kind: "forged",
          times: always,
          forge: (answer) =>
            world.clock.elapsed() - since < 10_000
              ? { ...answer, status: 404, text: '{"error":"Not found"}' }
              : answer,
        });
        await resource.refresh();
        expect(resource.id).not.to.equal("");
      }));

    it("and so for ever: its own answer counts in the end", () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject);
        spoil(world, { operationId: "getAddon", ...notFound, times: always });
        const begun = world.clock.elapsed();
        await resource.refresh();
        expect(resource.id).to.equal("");
        expect(world.clock.elapsed() - begun).to.be.within(10_000, 60_000);
      }));
  });

  describe(`an add-on of ${platform} that the list does not have`, () => {
    it("is kept: the list alone never says that it is gone", () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject);
        spoil(world, { operationId: "listAddons", kind: "stale-list", ms: 9e9, times: always });
        await resource.refresh();
        expect(resource.id).not.to.equal("");
        expect(await resource.up(changed(subject))).to.equal("updated");
      }));
  });

  describe(`an add-on of ${platform} where nothing of its ${platform === "miget" ? "app" : "project"} can be seen`, () => {
    const works: readonly (readonly [string, (resource: Resource) => Promise<unknown>])[] = [
      ["refresh", (resource) => resource.refresh()],
      ["up", (resource) => resource.up(changed(subject))],
      ["destroy", (resource) => resource.destroy()],
    ];
    for (const [verb, work] of works) {
      it(`is not taken for deleted by ${verb}, which fails after two requests`, () =>
        scenario({}, async (world) => {
          const resource = await created(world, subject);
          const { id } = resource;
          world.clock.advance(60_000);
          const see = blind(world);
          const message = await refusal(world, work(resource));
          expect(message).to.match(owner.words);
          expect(message).to.contain(`PAAS_ADDONS_GONE=${subject.scope}`);
          expect(world.requests()).to.have.length.at.most(2);
          expect(resource.id).to.equal(id);
          see();
          await expectSettled(resource, program);
        }));

      it(`and is really gone fails in ${verb}, unless PAAS_ADDONS_GONE names it`, () =>
        scenario({}, async (world) => {
          const resource = await created(world, subject);
          subject.removeScope(world);
          await refusal(world, work(resource));
          const { env } = world;
          world.env = { ...env, PAAS_ADDONS_GONE: `another,${subject.scope}` };
          const next = resource.inNewProcess();
          if (verb === "up") {
            expect(await refusal(world, work(next))).to.contain("pulumi refresh");
          } else {
            await work(next);
            expect(next.id).to.equal("");
          }
        }));
    }

    it("is kept though PAAS_ADDONS_GONE names another one", () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject);
        blind(world);
        world.env = { ...world.env, PAAS_ADDONS_GONE: "somewhere-else" };
        const next = resource.inNewProcess();
        await refusal(world, next.destroy());
        expect(next.id).to.equal(resource.id);
      }));

    it("is deleted on the platform though PAAS_ADDONS_GONE names it, where it can be seen", () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject);
        world.env = { ...world.env, PAAS_ADDONS_GONE: subject.scope };
        const next = resource.inNewProcess();
        await next.refresh();
        expect(next.id).to.equal(resource.id);
        await next.destroy();
        world.clock.advance(60_000);
        expect(subject.ids(world)).to.deep.equal([]);
      }));

    it("is not created, in words about what cannot be seen", () =>
      scenario({}, async (world) => {
        blind(world);
        const message = await refusal(world, resourceOf(world, subject).up(program));
        expect(message).to.match(owner.words);
        expect(writes(world)).to.deep.equal([]);
      }));
  });

  describe(`an add-on of ${platform} that is deleted by us`, () => {
    it("is gone when its own address says so for a while, though the list has it for long", () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject);
        const lagMs = 20 * 60_000;
        spoil(world, { operationId: "listAddons", kind: "stale-list", ms: lagMs, times: always });
        world.clock.advance(lagMs);
        const begun = world.clock.elapsed();
        await resource.destroy();
        expect(resource.id).to.equal("");
        expect(world.clock.elapsed() - begun).to.be.lessThan(120_000);
        expect(subject.ids(world)).to.deep.equal([]);
      }));

    it("is gone too where the run before was interrupted", () =>
      scenario({}, async (world) => {
        for (let nth = 1; nth < 30; nth += 1) {
          const resource = await created(world, subject);
          const life = crashAt(world.runtime(), nth);
          await untilDead(life, resource.inNewProcess(life).destroy());
          const next = resource.inNewProcess();
          await next.destroy();
          world.clock.advance(60_000);
          expect(subject.ids(world)).to.deep.equal([]);
          if (!life.isDead()) return;
        }
        throw new Error("the deletion took too many requests");
      }));
  });

  describe(`an add-on of ${platform} whose ${owner.input} changes in the program`, () => {
    const other = platform === "miget" ? "22222222-2222-4222-8222-222222222222" : "other-team";
    const own = platform === "miget" ? "00000000-0000-4000-8000-000000000f00" : "example-team";

    it("is asked for where the program says now", () =>
      scenario({}, async (world) => {
        const before = { ...program, [owner.input]: own };
        const resource = await created(world, subject, before);
        // The state still names the former one, which has been renamed away.
        resource.outs = { ...resource.outs, [owner.input]: other };
        resource.inputs = { ...resource.inputs, [owner.input]: other };
        expect(await resource.up(before)).to.be.oneOf(["same", "updated"]);
        expect(resource.outs[owner.input], "the state names the new one").to.equal(own);
        world.emulator.clearLog();
        await resource.destroy();
        world.clock.advance(60_000);
        expect(subject.ids(world), "what is left on the platform").to.deep.equal([]);
      }));

    it("is not reported as deleted where the state names one that sees nothing", () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject, { ...program, [owner.input]: own });
        resource.outs = { ...resource.outs, [owner.input]: other };
        await refusal(world, resource.destroy());
        expect(resource.id).not.to.equal("");
        expect(subject.ids(world)).to.have.lengthOf(1);
      }));
  });
}

describe("a Miget add-on that is on its way out", () => {
  it("ends the wait for it at once", () =>
    scenario({ provisioningMs: 60_000 }, async (world) => {
      let looks = 0;
      spoil(world, {
        operationId: "listAddons",
        kind: "forged",
        times: always,
        forge: (answer) => {
          looks += 1;
          if (looks === 4) miget.setState(world, "deleting");
          return answer;
        },
      });
      const begun = world.clock.elapsed();
      const message = await refusal(world, resourceOf(world, miget).up(miget.program));
      expect(message).to.contain("being deleted");
      expect(world.clock.elapsed() - begun).to.be.lessThan(120_000);
    }));

  it("is never the one that a new resource gets or is told to take over", () =>
    scenario({}, async (world) => {
      const former = await created(world, miget);
      miget.setState(world, "deleting");
      spoil(world, {
        operationId: "listAddons",
        kind: "forged",
        times: always,
        forge: (answer) => {
          const left = world.clock.elapsed() > 60_000 && miget.ids(world).length === 1;
          if (left && count(world, "createAddon") === 0) miget.remove(world);
          return answer;
        },
      });
      const resource = resourceOf(world, miget);
      expect(await resource.up(miget.program)).to.equal("created");
      expect(resource.id).not.to.equal(former.id);
    }));
});

describe("a Miget label that the platform writes another way", () => {
  for (const [title, label, stored] of [
    ["without blanks at its ends", " Orders ", "Orders"],
    ["with composed letters", "Cafe\u0301", "Caf\u00e9"],
    ["both", "Cafe\u0301 ", "Caf\u00e9"],
  ] as const) {
    it(`is still known for ours after a run that was interrupted: ${title}`, () =>
      scenario({}, async (world) => {
        const program = { ...miget.program, label };
        for (const operationId of ["listAddons", "getAddon", "createAddon", "updateAddon"]) {
          spoil(world, {
            operationId,
            kind: "forged",
            times: always,
            forge: (answer) => ({
              ...answer,
              text: answer.text.replaceAll(JSON.stringify(label), JSON.stringify(stored)),
            }),
          });
        }
        const life = crashAt(world.runtime(), 2);
        await resourceOf(world, miget)
          .inNewProcess(life)
          .up(program)
          .catch(() => undefined);
        expect(count(world, "createAddon")).to.equal(1);
        const message = await refusal(world, resourceOf(world, miget).up(program));
        expect(message).to.contain("PAAS_ADDONS_ADOPT=");
        expect(miget.ids(world)).to.have.lengthOf(1);
        const heir = resourceOf(world, miget);
        expect(await heir.up({ ...program, adopt: true })).to.equal("created");
        await expectSettled(heir, { ...program, adopt: true });
      }));
  }
});

describe("a Northflank add-on that has no uid in the answers", () => {
  /** Answers whose creation time has no milliseconds, or is some time off. */
  const shift = (world: Harness, by: number, cut: boolean) =>
    spoil(world, {
      operationId: "getAddon",
      kind: "forged",
      times: always,
      forge: (answer) => {
        const body = parseRecord(answer.text, "an answer");
        const data = recordAt(body, "data");
        if (typeof data.createdAt !== "string") return answer;
        const at = new Date(Date.parse(data.createdAt) + by).toISOString();
        const createdAt = cut ? at.replace(/\.\d+Z$/u, "Z") : at;
        return { ...answer, text: JSON.stringify({ ...body, data: { ...data, createdAt } }) };
      },
    });
  const options = { northflankUid: false };
  const description = { ...northflank.program, description: "new" };

  it("is still ours where its creation time lacks the milliseconds", () =>
    scenario(options, async (world) => {
      world.clock.advance(789);
      const resource = await created(world, northflank);
      shift(world, 0, true);
      await resource.refresh();
      expect(resource.id).not.to.equal("");
      expect(await resource.up(description)).to.equal("updated");
      await resource.destroy();
      world.clock.advance(60_000);
      expect(northflank.ids(world)).to.deep.equal([]);
    }));

  it("is another one where it was created a minute later", () =>
    scenario(options, async (world) => {
      const resource = await created(world, northflank);
      shift(world, 60_000, false);
      await refusal(world, resource.up(description));
      await resource.refresh();
      expect(resource.id).to.equal("");
      expect(northflank.ids(world)).to.have.lengthOf(1);
    }));
});

describe("a short version that the platform takes for an exact one", () => {
  it("is no drift, and asks for no upgrade", () =>
    scenario({}, async (world) => {
      const program = {
        ...northflank.program,
        type: "mysql",
        version: "8.0",
        tlsEnabled: undefined,
      };
      // The emulator knows exact versions only, so the short one is put into its mouth.
      const short = { ...program, version: "8.0-latest" };
      const resource = await created(world, northflank, short);
      resource.inputs = { ...resource.inputs, version: "8.0" };
      resource.outs = { ...resource.outs, version: "8.0" };
      await resource.refresh();
      expect(resource.inputs.version).to.equal("8.0");
      expect(await resource.up(program)).to.equal("same");
      expect(count(world, "upgradeAddonVersion")).to.equal(0);
    }));
});
