import { expect } from "chai";
import { unknownValue, withAt } from "../../src/fields/values";
import { DEFAULT_APP } from "../emulator/index";
import type { Harness } from "../support/harness";
import { loader } from "../support/resource";
import {
  billing,
  created,
  expectSettled,
  miget,
  northflank,
  refusal,
  said,
  scenario,
  subjects,
  writes,
  type Inputs,
  type Subject,
} from "./scene";

/** An add-on that nobody manages, and what its id is in the API. */
function seed(world: Harness, { platform }: Subject): string {
  if (platform === "northflank") {
    const { northflank: there } = world.emulator;
    return there.seed({ name: "orders", type: "postgresql", version: "16.4", billing }).id;
  }
  return world.emulator.miget.seed(DEFAULT_APP, {
    name: "orders",
    label: "orders",
    type: "postgres",
    postgres_version: "17",
    ram_size: 256,
    disk_size: 1,
  }).uuid;
}

const replaced = ({ platform, program }: Subject): Inputs =>
  platform === "miget"
    ? withAt(program, "postgresVersion", "18")
    : { ...program, type: "redis", version: "latest" };

const unknownReplacing = ({ platform, program }: Subject): Inputs =>
  platform === "miget"
    ? withAt(program, "appUuid", unknownValue)
    : withAt(program, "projectId", unknownValue);

for (const subject of subjects) {
  const { platform, program } = subject;

  describe(`an add-on of ${platform} that is adopted by its id`, () => {
    it("is not replaced as long as adopt names it: the preview says so", () =>
      scenario({}, async (world) => {
        const id = seed(world, subject);
        const adopting = { ...program, adopt: id, allowReplace: true };
        const resource = await created(world, subject, adopting);
        const before = subject.ids(world);
        const next = { ...replaced(subject), adopt: id, allowReplace: true };
        const message = await refusal(world, resource.up(next));
        expect(message).to.contain("adopt").and.to.contain(id);
        expect(writes(world)).to.deep.equal([]);
        expect(subject.ids(world)).to.deep.equal(before);
        await expectSettled(resource, adopting);
      }));

    it("is replaced once adopt has left the program", () =>
      scenario({}, async (world) => {
        const id = seed(world, subject);
        const resource = await created(world, subject, { ...program, adopt: id });
        const before = subject.ids(world);
        const next = { ...replaced(subject), allowReplace: true };
        expect(await resource.up(next)).to.match(/^replaced for /u);
        expect(subject.ids(world)).to.have.lengthOf(1);
        expect(subject.ids(world)).not.to.deep.equal(before);
        await expectSettled(resource, next);
      }));

    it("is replaced with adopt: true, since the new one is not there yet", () =>
      scenario({}, async (world) => {
        seed(world, subject);
        const resource = await created(world, subject, { ...program, adopt: true });
        const next = { ...replaced(subject), adopt: true, allowReplace: true };
        expect(await resource.up(next)).to.match(/^replaced for /u);
        expect(subject.ids(world)).to.have.lengthOf(1);
        await expectSettled(resource, next);
      }));
  });

  describe(`an input of ${platform} that needs a replacement and is not known yet`, () => {
    const diff = async (world: Harness, inputs: Inputs) => {
      const resource = await created(world, subject);
      const provider = platform === "miget" ? world.miget() : world.northflank();
      const news = { ...inputs, ...loader };
      const checked = await world.run(provider.check(resource.inputs, news));
      expect(checked.failures).to.deep.equal([]);
      return world.run(provider.diff(resource.id, resource.outs, { ...checked.inputs, ...loader }));
    };

    it("shows as an update, since without allowReplace nothing else can come of it", () =>
      scenario({}, async (world) => {
        const shown = await diff(world, unknownReplacing(subject));
        expect(shown.changes).to.equal(true);
        expect(shown.replaces ?? []).to.deep.equal([]);
        expect(shown.deleteBeforeReplace ?? false).to.equal(false);
      }));

    it("shows as a replacement with allowReplace", () =>
      scenario({}, async (world) => {
        const shown = await diff(world, { ...unknownReplacing(subject), allowReplace: true });
        expect(shown.replaces).to.have.lengthOf(1);
        expect(shown.deleteBeforeReplace).to.equal(true);
      }));

    it("is refused when it is known and differs", () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject);
        const message = await refusal(world, resource.up(replaced(subject)));
        expect(message).to.contain("allowReplace");
        expect(writes(world)).to.deep.equal([]);
      }));
  });

  describe(`an ordinary change on ${platform}`, () => {
    it("says nothing about the order of a replacement", () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject);
        const provider = platform === "miget" ? world.miget() : world.northflank();
        for (const more of [{}, { label: "Other" }, { description: "other" }]) {
          const news = { ...resource.inputs, ...more, ...loader };
          const shown = await world.run(provider.diff(resource.id, resource.outs, news));
          expect(shown.deleteBeforeReplace ?? false).to.equal(false);
        }
      }));
  });
}

describe("a change that the platform has made and that cannot go back", () => {
  const rows = [
    [
      miget,
      "diskSize",
      4,
      (world: Harness) => {
        const [addon] = world.emulator.miget.addons();
        world.emulator.miget.change(addon?.uuid ?? "", { disk_size: 4 });
      },
    ],
    [
      northflank,
      "version",
      "17.2",
      (world: Harness) => world.emulator.northflank.change("orders", { version: "17.2" }),
    ],
  ] as const;
  for (const [subject, input, value, drift] of rows) {
    it(`is told by a refresh as a change of ${input}, with no advice to replace the database`, () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject);
        drift(world);
        world.lines.length = 0;
        await resource.refresh();
        expect(resource.outs[input]).to.equal(value);
        expect(said(world)).not.to.contain("allowReplace");
        expect(said(world)).not.to.contain("cannot change in place");
      }));

    it(`is refused by the next up with the value that the program needs: ${input}`, () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject);
        drift(world);
        await resource.refresh();
        const message = await refusal(world, resource.up(subject.program));
        expect(message).to.contain(JSON.stringify(value)).and.to.contain(input);
        expect(await resource.up(withAt(subject.program, input, value))).to.equal("same");
      }));
  }
});

describe("a replacement whose creation is refused", () => {
  for (const subject of subjects) {
    it(`goes on at the next up on ${subject.platform}`, () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject, { ...subject.program, allowReplace: true });
        const next = { ...replaced(subject), allowReplace: true };
        world.emulator.faults.add({ operationId: "createAddon", kind: "status", status: 422 });
        await refusal(world, resource.up(next));
        world.clock.advance(60_000);
        expect(subject.ids(world)).to.deep.equal([]);
        expect(await resource.up(next)).to.equal("created");
        expect(subject.ids(world)).to.have.lengthOf(1);
      }));
  }
});
