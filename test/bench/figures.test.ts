import { expect } from "chai";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { median } from "../../bench/median";
import { optionsFrom } from "../../bench/options";
import { savedFigures } from "../../bench/page/figures";
import { reach } from "../../bench/page/reach";
import { judge } from "../../bench/short";
import { showResult } from "../../bench/show";
import { stateBytes } from "../../bench/state-bytes";
import { removeFolder, temporaryFolder } from "../support/temporary";

describe("the benchmark", () => {
  it("takes the middle of its values", () => {
    expect(median([3, 1, 2])).to.equal(2);
    expect(median([4, 1, 2, 3])).to.equal(2.5);
    expect(() => median([])).to.throw("no values");
  });

  it("takes the sizes and runs that are asked for, and refuses what is no number", () => {
    expect(optionsFrom([])).to.deep.include({ json: false, sizes: [1, 10, 100, 500] });
    expect(optionsFrom(["--n", "2,30", "--runs", "4", "--json"])).to.deep.include({
      json: true,
      sizes: [2, 30],
      runs: 4,
    });
    for (const wrong of ["0", "1,", "1.5", "many"]) {
      expect(() => optionsFrom(["--n", wrong]), wrong).to.throw("whole numbers");
    }
    expect(() => optionsFrom(["--sizes", "1"])).to.throw("--sizes");
  });

  it("counts what is over its limit, and what was not measured", () => {
    const { lines, over } = judge([
      { what: "a", figure: 2, limit: 2 },
      { what: "b", figure: 2.01, limit: 2 },
      { what: "c", figure: Number.NaN, limit: 2 },
    ]);
    expect(over).to.equal(2);
    expect(lines.map((line) => line.slice(0, 6))).to.deep.equal(["ok   a", "OVER b", "OVER c"]);
  });

  it("says of each aim whether it was reached", () => {
    const { result } = savedFigures();
    const figures = { ours: 1.4, ordinary: 2, floor: 1 };
    const rows = reach({
      ...result,
      seconds: { ...result.seconds, previewNoop: { "100": figures, "500": figures } },
      noticeMs: { "1": 999, "10": 1000 },
    });
    const about = (word: string) =>
      rows.filter(({ aim }) => aim.includes(word)).map(({ reached }) => reached);
    // Above 1.25 floors, below the ordinary provider, and with 500 below 1.5 floors.
    expect(about("unchanged")).to.deep.equal([false, true, true]);
    expect(about("noticed")).to.deep.equal([true, false]);
  });

  it("shows every size of the kept figures, with ratios", () => {
    const { result } = savedFigures();
    const text = showResult(result);
    for (const addons of Object.keys(result.seconds.previewNoop)) {
      expect(text).to.match(new RegExp(`^previewNoop, ${addons} add-ons .*\\(x \\d`, "m"));
    }
  });
});

describe("bytes of state", () => {
  let folder: string;

  beforeEach(() => {
    folder = temporaryFolder("bytes");
  });

  afterEach(() => removeFolder(folder));

  function stateFile(resources: readonly object[]): string {
    const path = join(folder, "stacks", "test");
    mkdirSync(path, { recursive: true });
    const file = join(path, "dev.json");
    writeFileSync(file, JSON.stringify({ checkpoint: { latest: { resources } } }));
    return file;
  }

  const addon = {
    type: "pulumi-nodejs:dynamic/northflank:Addon",
    inputs: { __provider: "text", name: "db" },
    outputs: { __provider: "text", name: "db", state: "running" },
  };

  it("are those of the add-ons, with and without the provider, property by property", () => {
    const engine = { type: "pulumi:pulumi:Stack", outputs: { long: "x".repeat(1000) } };
    const { all, withoutProvider, properties } = stateBytes([stateFile([engine, addon, addon])], 2);
    const provider = `"__provider":"text",`.length;
    expect(all).to.equal(JSON.stringify(addon).length + 1);
    expect(withoutProvider).to.equal(all - 2 * provider);
    expect(properties).to.deep.include({
      "inputs.__provider": provider,
      "outputs.state": `"state":"running",`.length,
    });
  });

  it("are not taken of a state that misses some", () => {
    expect(() => stateBytes([stateFile([addon])], 2)).to.throw("1 add-ons in the state");
  });
});
