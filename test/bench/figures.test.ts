import { expect } from "chai";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { operations, savedFigures, textOf } from "../../bench/figures";
import { median } from "../../bench/median";
import { timeTable } from "../../bench/page";
import { judge } from "../../bench/short";
import { stateBytes } from "../../bench/state-bytes";
import { removeFolder, temporaryFolder } from "../support/temporary";

describe("the benchmark", () => {
  it("takes the middle of its values", () => {
    expect(median([3, 1, 2])).to.equal(2);
    expect(median([4, 1, 2, 3])).to.equal(2.5);
    expect(() => median([])).to.throw("no values");
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

  it("keeps figures of every operation, and shows each", () => {
    const figures = savedFigures();
    expect(JSON.parse(textOf(figures))).to.deep.equal(figures);
    const text = timeTable(figures);
    for (const title of Object.values(operations)) expect(text).to.contain(`| ${title} | 100 |`);
  });

  it("has a column for each variant that was measured", () => {
    const [first] = savedFigures().rows;
    if (first === undefined) throw new Error("there are no figures");
    const row = { ...first, seconds: { native: 2, floor: 1 }, requests: { native: 3 } };
    const text = timeTable({ ...savedFigures(), rows: [row] });
    expect(text).to.contain("| Plugin | Floor | Requests |");
    expect(text).to.contain("| 2.00 s | 1.00 s | 3.00 |");
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

  it("are those of the add-ons, and of the provider in them", () => {
    const engine = { type: "pulumi:pulumi:Stack", outputs: { long: "x".repeat(1000) } };
    const native = { ...addon, type: "paas-addons:index:NorthflankAddon" };
    const { all: ofPlugin } = stateBytes([stateFile([engine, native])], 1);
    expect(ofPlugin).to.equal(JSON.stringify([native]).length);
    const { all, provider } = stateBytes([stateFile([engine, addon, addon])], 2);
    expect(all).to.be.closeTo(JSON.stringify(addon).length, 2);
    expect(provider).to.equal(2 * `"__provider":"text",`.length);
  });

  it("are not taken of a state that misses some", () => {
    expect(() => stateBytes([stateFile([addon])], 2)).to.throw("1 add-ons in the state");
  });
});
