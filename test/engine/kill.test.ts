import { expect } from "chai";
import { describeWithCli } from "../support/skip";
import { chapters } from "./kill/chapters";
import { live, type Part } from "./kill/life";

/** A short life for each part that can be cut off; the model walk kills many more runs. */
const lives: readonly { readonly seed: number; readonly part: Part; readonly chapters: number }[] =
  [
    { seed: 1, part: "create", chapters: 1 },
    { seed: 2, part: "change", chapters: 2 },
    { seed: 3, part: "destroy", chapters: 1 },
  ];

describeWithCli("ten add-ons whose runs are killed", () => {
  for (const { seed, part, chapters: count } of lives) {
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
});
