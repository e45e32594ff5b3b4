import { expect } from "chai";
import { type DoorName, through } from "../support/door";
import { describeWithCli } from "../support/skip";
import { chapters } from "./kill/chapters";
import { live, type Part } from "./kill/life";

/** A short life for each part that can be cut off; the model walk kills many more runs. */
interface ShortLife {
  readonly door: DoorName;
  readonly seed: number;
  readonly part: Part;
  readonly chapters: number;
}
const lives: readonly ShortLife[] = [
  { door: "dynamic", seed: 1, part: "create", chapters: 1 },
  { door: "dynamic", seed: 2, part: "change", chapters: 2 },
  { door: "dynamic", seed: 3, part: "destroy", chapters: 1 },
  { door: "native", seed: 4, part: "change", chapters: 2 },
];

describeWithCli("ten add-ons whose runs are killed", () => {
  for (const life of lives) {
    describe(`over the ${life.door} door`, () => through(life.door, () => killed(life)));
  }
});

function killed({ seed, part, chapters: count }: ShortLife): void {
  it(`while they ${part}, end as declared: none lost, none twice (seed ${seed})`, async () => {
    const lines: string[] = [];
    const { kills, lost, duplicated, leaked, problems } = await live({
      seed,
      chapters: chapters.slice(0, count),
      cuts: (each) => (each === part ? 2 : 0),
      log: (line) => lines.push(line),
    });
    const story = lines.join("\n");
    expect({ lost, duplicated, leaked, problems }, story).to.deep.equal({
      lost: [],
      duplicated: [],
      leaked: [],
      problems: [],
    });
    expect(kills, story).to.be.greaterThan(0);
  }).timeout(300_000);
}
