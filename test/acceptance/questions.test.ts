import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { askedBy } from "../../scripts/acceptance/questions";
import { judge, type Item } from "../../scripts/acceptance/report";
import { platforms, type Platform } from "../contract/contract";
import { addonTypes } from "../emulator/northflank/catalogue";
import { repository } from "../support/pack";
import { temporaryFolder } from "../support/temporary";
import { forging, seconds } from "./second";
import { about, counts, foreign, homes, take, type Taken } from "./support";

const answersIn = (items: readonly Item[]) =>
  new Map(items.map((item) => [item.about.replace(/^question /u, ""), item.answer]));

describe("acceptance: questions to the emulated platforms", function () {
  this.timeout(120_000);

  let first: Record<Platform, Promise<Taken>>;
  let others: readonly Promise<Taken>[];

  before(() => {
    // At once: mostly they wait.
    // No catalogue promises an order.
    const types = { addonTypes: [...addonTypes].reverse() };
    first = { miget: take("miget"), northflank: take("northflank", types) };
    others = seconds.map(({ platform, behaviours, forge, isReversed }) =>
      take(platform, behaviours, {
        ...(forge && { transport: forging(forge) }),
        ...(isReversed && { isReversed }),
      }),
    );
    for (const run of [...Object.values(first), ...others]) run.catch(() => undefined);
  });

  for (const platform of platforms) {
    it(`${platform}: confirm what contract and package assume, and leave nothing`, async () => {
      const { items, emulator, recording } = await first[platform];
      expect(items.filter(({ verdict }) => verdict === "contradicted")).to.deep.equal([]);
      const asked = items.filter((item) => item.about.startsWith("question"));
      expect(about(asked, "open")).to.deep.equal([]);
      expect(counts(emulator, platform)).to.deep.equal({ others: foreign.length, made: 0 });
      const touched = emulator.requests.filter(
        ({ method, path }) =>
          method !== "GET" && foreign.some((name) => path.split("/").includes(name)),
      );
      expect(touched).to.deep.equal([]);
      // A recording is enough to judge by.
      expect(judge(recording)).to.deep.equal(items);
    });

    it(`${platform}: settle every mark below documented, or say why not`, async () => {
      const { items } = await first[platform];
      const open = items.filter(({ mark, verdict }) => mark !== undefined && verdict === "open");
      const silent = open.filter(({ detail }) => !detail.startsWith("not asked: "));
      expect(silent.map((item) => `${item.about}: ${item.detail}`)).to.deep.equal([]);
      const marks = items.filter(({ mark }) => mark !== undefined);
      expect(marks.length).to.be.above(open.length * 2);
    });

    it(`${platform}: give a patch of the contract that git applies`, async () => {
      const [, patch = ""] = (await first[platform]).texts;
      const file = join(temporaryFolder("patch"), "marks.patch");
      writeFileSync(file, patch);
      execFileSync("git", ["apply", "--check", file], { cwd: repository });
      const added = patch.split("\n").filter((line) => /^\+(?!\+)/u.test(line));
      expect(added).to.have.length.above(10);
      for (const line of added) expect(line).to.contain("measured");
    });

    it(`${platform}: leave no secret in report, patch and recording`, async () => {
      const { emulator, texts } = await first[platform];
      const secrets = [
        ...emulator[platform].tokens,
        homes[platform],
        "not-a-real-p",
        ".example.com",
        "orders-of-others",
        '"paas-acceptance"',
      ];
      for (const secret of secrets) {
        for (const text of texts) expect(text.includes(secret), secret).to.equal(false);
      }
    });

    it(`${platform}: have another answer each, which a run tells`, async () => {
      const usual = answersIn((await first[platform]).items);
      const told = seconds.filter((each) => each.platform === platform);
      const second = Object.fromEntries(told.flatMap(({ answers }) => Object.entries(answers)));
      const ids = Object.keys(askedBy(platform)["x-questions"]);
      expect(Object.keys(second).sort()).to.deep.equal(ids.sort());
      for (const id of ids) expect(usual.get(id), id).not.to.equal(second[id]);
    });
  }

  for (const [index, { platform, answers }] of seconds.entries()) {
    it(`${platform}: tell that ${Object.keys(answers).slice(0, 3).join(", ")} … are otherwise`, async () => {
      const taken = await others[index];
      const { items = [], texts: [report = ""] = [] } = taken ?? {};
      const told = answersIn(items);
      const seen = Object.fromEntries(Object.keys(answers).map((id) => [id, told.get(id)]));
      expect(seen).to.deep.equal(answers);
      const { "x-questions": asked } = askedBy(platform);
      const wrong = Object.entries(answers).filter(
        ([id, answer]) => asked[id]?.fine.includes(answer) === false,
      );
      for (const [id] of wrong) {
        expect(about(items, "contradicted")).to.include(`question ${id}`);
        expect(report).to.contain(`change ${asked[id]?.otherwise ?? ""}`);
      }
    });
  }
});
